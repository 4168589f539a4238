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

  private static let estimating: Set<String> = [
    "kaplan-meier", "follow-up", "milestone", "restricted-mean", "rates", "cumulative-incidence",
    "adjusted-curves", "summary", "cox", "fine-gray", "parametric-survival", "conditional-logistic",
    "logistic",
    "linear", "poisson", "negative-binomial", "gamma", "generalized-linear", "subgroups", "functional-form",
    "test",
  ]
  private static let withPercentages: Set<String> = [
    "kaplan-meier", "follow-up", "milestone", "cumulative-incidence", "adjusted-curves", "summary", "cox",
    "logistic", "test",
  ]

  /// Those that a directive of this name takes.
  static func specifications(of name: String) -> [OptionSpecification] {
    (estimating.contains(name) ? [digits.specification] : [])
      + (withPercentages.contains(name) ? [percentDigits.specification] : [])
  }
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
