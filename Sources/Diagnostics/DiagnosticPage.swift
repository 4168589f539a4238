// The manual page of a diagnostic code.

/// The manual page of a diagnostic code.
public struct DiagnosticPage: Sendable {
  /// What the code says has happened.
  public let meaning: String
  /// What to do about it.
  public let remedy: String

  init(_ meaning: String, _ remedy: String) {
    self.meaning = meaning
    self.remedy = remedy
  }
}
