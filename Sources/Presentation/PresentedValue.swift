// A value as results hand it to prose.

public struct PresentedValue: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case quantity(Quantity)
    case estimate(Estimate)
    case text(String)
  }

  public let content: Content
  public let kind: ValueKind
  /// What a percent is taken of; decides its decimals in some styles.
  public let denominator: Double?

  public init(_ quantity: Quantity, _ kind: ValueKind, denominator: Double? = nil) {
    content = .quantity(quantity)
    self.kind = kind
    self.denominator = denominator
  }

  public init(_ estimate: Estimate, _ kind: ValueKind) {
    content = .estimate(estimate)
    self.kind = kind
    denominator = nil
  }

  public init(text: String) {
    content = .text(text)
    kind = .text
    denominator = nil
  }

  /// Whether `ci` has something to print.
  public var hasInterval: Bool { if case .estimate = content { true } else { false } }
}
