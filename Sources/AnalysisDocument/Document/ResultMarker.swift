// The comments that bound a result.

/// The two lines between which a result stands.
public enum ResultMarker {
  /// The line before the results of a directive.
  public static func begin(_ id: String) -> String { "<!-- meier:begin \(id) -->" }
  /// The line after them.
  public static func end(_ id: String) -> String { "<!-- meier:end \(id) -->" }
}
