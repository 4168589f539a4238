// Differences of medians between groups, by the bootstrap.

import Diagnostics
import Presentation
import Survival

/// What `median-difference` adds to survival curves.
struct MedianDifferences: Sendable {
  static let option = OptionKey(
    "median-difference", .flag, default: false, shown: "false",
    "differences of medians from the first group, with percentile limits of the bootstrap that `seed` begins")
  static let seed = OptionKey(
    optional: "seed", .integer(in: 0...Int.max),
    "where the random numbers of the bootstrap begin; any whole number, kept for ever")
  static let repeats = OptionKey(
    "repeats", .integer(in: 100...100_000), default: 2000, shown: "2000", "bootstrap replicates")

  let differences: [MedianDifference]
  let seed: Int
  let unit: String?
  let format: ValueFormat
  let level: Double
  private let groups: Groups

  /// `nil` where they are not asked for, or there is nothing to compare.
  init?(_ survival: SurvivalCurves, _ options: ResolvedOptions, _ context: DirectiveContext) throws {
    guard try options[Self.option] else { return nil }
    let range = options.range(Self.option)
    guard let seed = try options[Self.seed] else {
      throw Diagnostic(
        .missingOption, "'median-difference' needs a seed for its random numbers", at: range,
        remedy: "add 'seed: 1', or any other whole number, and keep it")
    }
    guard survival.frame.clusters == nil else {
      throw Diagnostic(
        .invalidOption, "'median-difference' draws single rows, not clusters", at: range,
        remedy: "leave 'cluster' out, or compare restricted means")
    }
    guard let groups = survival.frame.groups, groups.names.count > 1 else {
      throw Diagnostic(
        .oneGroup, "there are no two groups whose medians differ", at: range,
        remedy: "name a group in the formula")
    }
    let rule = survival.quantileRule
    level = survival.confidenceLevel
    differences = try MedianDifference.bootstrap(
      survival.frame.outcome, groups: groups.codes, rule: rule, repeats: try options[Self.repeats],
      seed: UInt64(seed), confidenceLevel: level, threads: context.threads)
    self.seed = seed
    unit = survival.frame.times.unit
    self.groups = groups
    format = survival.timeFormat
  }

  private func estimate(_ difference: MedianDifference) -> Estimate {
    Estimate(
      Quantity(difference.difference, otherwise: .notReached),
      lower: Quantity(difference.confidenceInterval.lower, otherwise: .notReached),
      upper: Quantity(difference.confidenceInterval.upper, otherwise: .notReached), level: level)
  }

  func addValues(to values: inout ResultValues) {
    for difference in differences {
      let pair = "\(difference.name) - \(difference.referenceName)"
      values.add(".median.difference" + ModelRows.path([pair]), estimate(difference), format)
    }
  }

  func table(_ style: JournalStyle) -> Table {
    let inUnit = unit.map { ", \($0)" } ?? ""
    let replicates = differences.first?.replicates ?? 0
    var notes = [
      "percentile intervals of \(style.text(Quantity(replicates), .count)) bootstrap replicates within groups",
      "seed \(seed)",
    ]
    for difference in differences where difference.notReached > 0 {
      let count = style.text(Quantity(difference.notReached), .count)
      notes.append(
        "\(groups.heading(ofName: difference.name)): a median is not reached in \(count) replicates")
    }
    return Table(
      name: "median-differences", caption: "Differences of medians",
      columns: [
        TableColumn("Comparison", alignment: .left),
        TableColumn(GroupComparison.heading("Difference of medians\(inUnit)", level: level, style)),
      ],
      rows: differences.map {
        TableRow([
          .text("\(groups.heading(ofName: $0.name)) − \(groups.heading(ofName: $0.referenceName))"),
          .estimate(estimate($0), format),
        ])
      }, notes: notes)
  }
}
