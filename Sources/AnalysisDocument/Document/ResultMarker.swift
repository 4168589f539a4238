// The comments that bound a result.

/// The two lines between which a result stands.
public enum ResultMarker {
  public static func begin(_ id: String) -> String { "<!-- meier:begin \(id) -->" }
  public static func end(_ id: String) -> String { "<!-- meier:end \(id) -->" }
}
