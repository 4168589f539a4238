// Matching by a propensity score: the sets, their balance, and the matched rows as a data set.

import DataTables
import Diagnostics
import Expressions
import ModelFormula
import NumericalMethods
import Presentation
import Regression
import Survival

/// Matched sets as other directives find them.
struct MatchedAnalysis: AnalysedRows, DataSetProviding {
  /// The score, and the balance under the weights of the matching.
  let score: PropensityAnalysis
  let matching: NearestNeighbourMatching
  /// In the unit of the distances; `nil` for none.
  let caliper: Double?
  /// |distance| between each set's treated row and its controls.
  let distances: [Double]
  let options: MatchingOptions
  let scale: MatchingDirective.Scale
  let providedDataSet: DataSet

  var id: String { score.id }
  var dataSet: DataSet { score.dataSet }
  var cases: CompleteCases { score.cases }

  init(
    id: String, frame: PropensityFrame, score propensity: PropensityScore, exact: [Column],
    options: MatchingOptions,
    scale: MatchingDirective.Scale, level: Double
  ) throws {
    let scores = propensity.probabilities
    let distance = scale == .logit ? propensity.linearPredictors : scores
    var options = options
    // In units of the standard deviation of all rows' distances.
    options.caliper = options.caliper.map { $0 * Self.standardDeviation(distance) }
    let matching = try NearestNeighbourMatching.match(
      scores: distance, isTreated: frame.isTreated, groups: Self.groups(exact, frame.cases.rows),
      precedence: options.order == .data ? nil : Self.precedence(distance, frame), options: options)
    score = PropensityAnalysis(
      id: id, frame: frame, score: propensity,
      coefficients: try propensity.fit.coefficientRows(confidenceLevel: level),
      weights: PropensityWeights(scores: scores, weights: matching.weights, isTreated: frame.isTreated),
      estimand: .treated, stage: "matching")
    self.matching = matching
    self.options = options
    self.scale = scale
    caliper = options.caliper
    distances = matching.sets.flatMap { set in
      set.controls.map { abs(distance[set.treated] - distance[$0]) }
    }
    providedDataSet = try Self.dataSet(id, frame, scores, matching)
  }

  private static func standardDeviation(_ values: [Double]) -> Double {
    let count = Double(values.count)
    let mean = CompensatedSum.of(values) / count
    return (CompensatedSum.of(values.map { ($0 - mean) * ($0 - mean) }) / max(count - 1, 1)).squareRoot()
  }

  /// Rows that agree in the columns.
  private static func groups(_ columns: [Column], _ rows: [Int32]) -> [Int32]? {
    guard !columns.isEmpty else { return nil }
    var known: [[String]: Int32] = [:]
    return rows.map { row in
      let key = columns.map { $0.text(Int(row)) ?? "" }
      if let code = known[key] { return code }
      let code = Int32(clamping: known.count)
      known[key] = code
      return code
    }
  }

  /// Rows with the same score are put in the order of what the analysis knows of them, so that the order of the file
  /// does not matter: rows that agree in all of it are interchangeable.
  private static func precedence(_ distance: [Double], _ frame: PropensityFrame) -> [Int] {
    let rows = frame.cases.rows
    let matrix = RegressionFrame.matrix(frame.design)
    var columns = (0..<matrix.columnCount).map { column in distance.indices.map { matrix[$0, column] } }
    columns += frame.balance.filter { !$0.type.hasLevels }.map { $0.numbers().gathered(rows) }
    columns += frame.balance.filter { $0.type.hasLevels }.map {
      $0.factorCodes().gathered(rows).map(Double.init)
    }
    if let times = frame.times {
      columns.append(times.columns.time.gathered(rows))
      columns.append(times.columns.event.gathered(rows).map(Double.init))
      if let entry = times.columns.entry { columns.append(entry.gathered(rows)) }
    }
    if case .numbers(let values)? = frame.response?.gathered(rows) { columns.append(values) }
    let order = distance.indices.sorted { left, right in
      if distance[left] != distance[right] { return distance[left] < distance[right] }
      for column in columns where column[left] != column[right] { return column[left] < column[right] }
      return left < right
    }
    var precedence = [Int](repeating: 0, count: distance.count)
    for (position, row) in order.enumerated() { precedence[row] = position }
    return precedence
  }

  /// The matched rows with their weight, their set and their score.
  private static func dataSet(
    _ id: String, _ frame: PropensityFrame, _ scores: [Double], _ matching: NearestNeighbourMatching
  ) throws -> DataSet {
    let kept = scores.indices.filter { matching.weights[$0] > 0 }
    let rows = kept.compactMap { frame.cases.rows.indices.contains($0) ? frame.cases.rows[$0] : nil }
    let source = frame.dataSet
    let table = try source.table.filtered(keeping: rows).named(id)
      .adding(Column(name: "matched_set", numbers: kept.map { Double(matching.setIndex[$0] + 1) }))
      .adding(Column(name: "match_weight", numbers: kept.map { matching.weights[$0] }))
      .adding(Column(name: "propensity_score", numbers: kept.map { scores[$0] }))
    let step = DataSet.Step(
      id: id, rowCount: rows.count, excluded: source.table.rowCount - rows.count, undecided: 0,
      condition: "matched")
    return DataSet(
      id: id, table: table, outcomes: source.outcomes, steps: source.steps + [step],
      derivedNames: source.derivedNames + ["matched_set", "match_weight", "propensity_score"],
      patient: source.patient.flatMap { PatientIdentity($0.column, in: table) },
      compatibility: source.compatibility)
  }

  /// Which matched set each row belongs to, for the robust variance; `nil` where controls serve several sets.
  func clusters() throws -> GroupCodes? {
    guard !options.allowsReplacement else { return nil }
    let codes = matching.setIndex.filter { $0 >= 0 }.map { Int32(clamping: $0) }
    return try GroupCodes(
      codes: codes, names: matching.sets.indices.map { String($0 + 1) }, role: .clusters)
  }

  var matchedControls: Int { Set(matching.sets.flatMap(\.controls)).count }

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: cases.rows.count)
    values.add(".missing", count: cases.excludedCount)
    values.add(".treated", count: score.weights.isTreated.count { $0 })
    values.add(".controls", count: score.weights.isTreated.count { !$0 })
    values.add(".matched_treated", count: matching.sets.count)
    values.add(".matched_controls", count: matchedControls)
    values.add(".unmatched", count: matching.unmatched.count)
    values.add(".caliper", Quantity(caliper, otherwise: .missing), .number)
    values.add(".distance.mean", CompensatedSum.of(distances) / Double(max(distances.count, 1)), .number)
    values.add(".distance.max", distances.max() ?? .nan, .number)
    score.addCoefficients(to: &values)
    score.addBalance(to: &values)
  }

  func notes(_ style: JournalStyle, exact: [Column]) -> [String] {
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    let treated = score.weights.isTreated.count { $0 }
    let among =
      exact.isEmpty ? "" : ", within " + exact.map(\.label.withinSentence).joined(separator: " and ")
    let ratio = options.ratio == 1 ? "one control" : "up to \(options.ratio) controls"
    var notes = [
      "nearest-neighbour matching of \(score.arms.scoreWords(score.frame.treatmentWords)) on the "
        + (scale == .logit ? "logit of the propensity score" : "propensity score"),
      "score by logistic regression on " + score.frame.design.termWords(score.frame.dataSet),
      "\(ratio) each, \(options.allowsReplacement ? "with" : "without") replacement\(among), \(options.order.words)",
      caliper.map {
        "caliper \(style.text(Quantity($0), ValueFormat(.number, digits: 3)))"
      } ?? "no caliper",
      "\(count(matching.sets.count)) of \(count(treated)) treated matched to \(count(matchedControls)) of "
        + "\(count(score.weights.isTreated.count - treated)) controls",
      "differences in units of the unmatched mean standard deviation, \(score.arms.words)",
    ]
    notes += score.imbalanceNotes(style) + score.stabilityNotes(style)
    if let excluded = cases.note(count: count) { notes.append(excluded) }
    return notes
  }

  func warnings(at range: SourceRange) -> [Diagnostic] {
    guard !matching.unmatched.isEmpty else { return [] }
    let count = matching.unmatched.count
    return [
      Diagnostic(
        .warning, .unmatched,
        "\(count) treated \(count == 1 ? "row finds" : "rows find") no control"
          + (caliper == nil ? "" : " within the caliper")
          + ": effects are those in the treated that were matched",
        at: range, remedy: "widen 'caliper', allow 'replacement', or say whom the result is about")
    ]
  }
}

extension MatchingOrder {
  var words: String {
    switch self {
    case .largest: "the largest scores first"
    case .smallest: "the smallest scores first"
    case .data: "in the order of the rows"
    }
  }
}
