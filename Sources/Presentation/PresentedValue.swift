// A value as results hand it to prose.

/// A value with what its printing depends on.
public struct PresentedValue: Sendable, Hashable {
  /// What there is to print.
  public enum Content: Sendable, Hashable {
    /// A number, or why there is none.
    case quantity(Quantity)
    /// An estimate with its interval.
    case estimate(Estimate)
    /// Words.
    case text(String)
  }

  /// What there is to print.
  public let content: Content
  /// What it is a value of, which decides its format.
  public let kind: ValueKind
  /// What a percent is taken of; decides its decimals in some styles.
  public let denominator: Double?

  /// A quantity of a kind; of percentages also what they are of.
  public init(_ quantity: Quantity, _ kind: ValueKind, denominator: Double? = nil) {
    content = .quantity(quantity)
    self.kind = kind
    self.denominator = denominator
  }

  /// An estimate of a kind.
  public init(_ estimate: Estimate, _ kind: ValueKind) {
    content = .estimate(estimate)
    self.kind = kind
    denominator = nil
  }

  /// Words.
  public init(text: String) {
    content = .text(text)
    kind = .text
    denominator = nil
  }

  /// Whether `ci` has something to print.
  public var hasInterval: Bool { if case .estimate = content { true } else { false } }
}
