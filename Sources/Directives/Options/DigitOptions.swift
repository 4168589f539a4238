// `digits:` and `percent-digits:` of tables and figures.

import Presentation

/// Decimals for a whole directive, where the style's and the dictionary's are not wanted.
enum DigitOptions {
  static let digits = OptionKey(
    optional: "digits", .integer(in: 0...10),
    "decimals of estimates and their limits in its tables and figures, where the dictionary says nothing")
  static let percentDigits = OptionKey(
    optional: "percent-digits", .integer(in: 0...10),
    "decimals of percentages in its tables; without it the style's, see `meier explain plain`")

  static func specifications(_ choices: DecimalChoices) -> [OptionSpecification] {
    (choices.contains(.estimates) ? [digits.specification] : [])
      + (choices.contains(.percentages) ? [percentDigits.specification] : [])
  }
}

/// What an author may choose the decimals of.
public struct DecimalChoices: OptionSet, Sendable {
  /// One bit for each choice.
  public let rawValue: Int

  /// A set of choices by its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// `digits:`, of estimates and their limits.
  public static let estimates = DecimalChoices(rawValue: 1)
  /// `percent-digits:`, of percentages.
  public static let percentages = DecimalChoices(rawValue: 2)
}

extension ResolvedOptions {
  /// The decimals that the author asked for.
  public var digitWish: DigitWish {
    DigitWish(
      estimates: (try? self[DigitOptions.digits]) ?? nil,
      percents: (try? self[DigitOptions.percentDigits]) ?? nil)
  }
}

extension DirectiveContext {
  /// The same surroundings with the decimals that the author asked of the directive.
  public func with(_ wish: DigitWish) -> DirectiveContext {
    guard !wish.isEmpty else { return self }
    var style = style
    style.digits = wish
    return DirectiveContext(
      id: id, style: style, compatibility: compatibility, threads: threads, outputs: outputs, files: files,
      demandedColumns: demandedColumns, availableMemory: availableMemory, observer: observer,
      requests: requests)
  }
}

extension DirectiveOutput {
  /// The same results with these decimals in its tables.
  public func with(_ wish: DigitWish) -> DirectiveOutput {
    guard !wish.isEmpty else { return self }
    let blocks = blocks.map { block -> OutputBlock in
      guard case .table(let table, let name) = block else { return block }
      return .table(table.with(wish), name: name)
    }
    return DirectiveOutput(blocks: blocks, values: values, warnings: warnings, artifact: artifact)
  }
}
