// The manual page of a diagnostic code.

/// The manual page of a diagnostic code.
public struct DiagnosticPage: Sendable {
  public let meaning: String
  public let remedy: String

  init(_ meaning: String, _ remedy: String) {
    self.meaning = meaning
    self.remedy = remedy
  }
}
