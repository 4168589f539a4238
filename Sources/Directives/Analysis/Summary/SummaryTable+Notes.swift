// The sentences under a Table 1.

import HypothesisTests
import Presentation

extension SummaryTable {
  var notes: [String] { descriptionNotes + rowNotes + comparisonNotes }

  private var descriptionNotes: [String] {
    var notes: [String] = []
    if frame.groups.patients != nil, frame.groups.weights == nil { notes.append("counts are of rows") }
    if let weights = frame.groups.weights {
      notes.append("N and n are sums of the weights '\(weights.name)', all numbers are weighted by them")
    }
    let forms = Set(frame.variables.flatMap(\.forms))
    if forms.contains(.median) {
      notes.append("Q1–Q3, first to third quartile (quantiles of type \(frame.quantileType.rawValue))")
    }
    if forms.contains(.levels) {
      notes.append(
        frame.percent == .column
          ? frame.groups.weights == nil
            ? "percentages are of the rows of the column that have a value"
            : "percentages are of the weight of the column's rows that have a value"
          : "percentages are of the row's total")
    }
    return notes
  }

  private var rowNotes: [String] {
    var notes: [String] = []
    if let selection, selection.excluded > 0 {
      let all = text(selection.rowCount + selection.excluded)
      let undecided = selection.undecided > 0 ? " (\(text(selection.undecided)) for a missing value)" : ""
      notes.append("\(text(selection.excluded)) of \(all) rows left out by the condition\(undecided)")
    }
    if let weights = frame.groups.weights {
      let left = [(weights.missingCount, "without a weight"), (weights.zeroCount, "of weight 0")]
      notes += left.filter { $0.0 > 0 }.map {
        "\(text($0.0)) \($0.0 == 1 ? "row" : "rows") \($0.1) left out"
      }
    }
    let ungrouped = frame.groups.ungroupedCount
    if ungrouped > 0 {
      notes.append(
        "\(text(ungrouped)) \(ungrouped == 1 ? "row" : "rows") without \(frame.groups.label) left out")
    }
    let empty = frame.groups.emptyNames
    if !empty.isEmpty { notes.append("no rows in: \(empty.joined(separator: ", "))") }
    let coded = frame.variables.filter(\.looksCoded).map(\.column.label)
    if !coded.isEmpty {
      notes.append("no more than two different numbers, perhaps codes: \(coded.joined(separator: ", "))")
    }
    return notes
  }

  private var comparisonNotes: [String] {
    var notes: [String] = []
    if showsDifference, frame.groups.names.count == 2 {
      let counted = frame.variables.contains {
        if case .levels(let levels) = $0.content { !levels.isFlag } else { false }
      }
      notes.append(
        style.spelled("standardised difference")
          + ": \(frame.groups.headings[0]) minus \(frame.groups.headings[1]), in units of the root mean \(frame.groups.weights == nil ? "" : "weighted ")variance"
          + (counted ? ", of levels the Mahalanobis distance (Yang and Dalton), without sign" : ""))
    }
    guard let tests else { return notes }
    // Each test with its variables, in the order of the table.
    var order: [SummaryTest] = []
    var labels: [SummaryTest: [String]] = [:]
    var doubtful: [String] = []
    var tooLarge: [String] = []
    for (variable, results) in zip(frame.variables, tests) {
      guard let first = results.first else { continue }
      if labels[first.test] == nil { order.append(first.test) }
      labels[first.test, default: []].append(variable.column.label)
      if first.isTooLarge { tooLarge.append(variable.column.label) }
      if let least = first.leastExpected, least < 5 { doubtful.append(variable.column.label) }
    }
    let named = order.map { test in
      order.count == 1 ? test.words : "\(test.words) (\((labels[test] ?? []).joined(separator: ", ")))"
    }
    notes.append(
      "\(style.pValue.letter): \(named.joined(separator: ", ")), not adjusted for multiple comparisons")
    if frame.groups.weights != nil, tests.contains(where: { !$0.isEmpty }) {
      notes.append("variances take the weights as known")
    }
    if frame.groups.patients != nil, tests.contains(where: { $0.first?.test.isDesignBased == true }) {
      notes.append("their variances take a patient's rows together")
    }
    if !tooLarge.isEmpty { notes.append("too large for an exact test: \(tooLarge.joined(separator: ", "))") }
    if !doubtful.isEmpty { notes.append("expected counts below 5: \(doubtful.joined(separator: ", "))") }
    return notes
  }
}
