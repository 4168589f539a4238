// The comments that bound a result.

/// The two lines between which a result stands.
public enum ResultMarker: Sendable, Hashable {
  case begin(id: String)
  case end(id: String)

  public static func begin(_ id: String) -> String { "<!-- meier:begin \(id) -->" }
  public static func end(_ id: String) -> String { "<!-- meier:end \(id) -->" }
}
