// The boxes of a flow chart, and what was left out between them.

/// From the rows of the file to those of a data set or an analysis.
struct Flow: Sendable {
  /// A box, with the rows left out on the way to it.
  struct Step: Sendable, Equatable {
    let label: String
    let rowCount: Int
    var exclusions: [RowExclusion] = []
    /// Where some patients have several of the rows.
    var patientCount: Int?

    var excluded: Int { exclusions.reduce(0) { $0 + $1.count } }
  }

  /// The words of the author, by id.
  struct Words: Sendable {
    /// The key for the rows of the file.
    static let file = "file"
    static let wholeFile = "All rows of the file"

    var labels: [String: String] = [:]
    var reasons: [String: String] = [:]

    /// - Parameter usual: in place of an id of one or two letters, which says nothing to readers.
    func label(_ id: String, usual: String) -> String {
      if id.count < 3, labels[id] == nil { return usual }
      return labels[id] ?? id.split(separator: "_").joined(separator: " ").capitalizedFirst
    }
  }

  private(set) var steps: [Step] = []

  var final: Int { steps.last?.rowCount ?? 0 }

  /// - Parameter analysis: its own condition and its missing values are the last step.
  init(_ dataSet: DataSet, _ analysis: (any AnalysedRows)?, _ words: Words) {
    if let first = dataSet.steps.first, first.condition != nil {
      let label = words.labels[Words.file] ?? Words.wholeFile
      steps.append(
        Step(
          label: label, rowCount: first.rowCount + first.excluded, patientCount: first.givenPatientCount))
    }
    for step in dataSet.steps {
      // A data set that only derives columns has the rows of the one before: a box only if it was given a name.
      if step.condition == nil, !steps.isEmpty, words.labels[step.id] == nil { continue }
      steps.append(
        Step(
          label: words.label(
            step.id, usual: steps.isEmpty ? Words.wholeFile : "Rows selected (\(step.id))"),
          rowCount: step.rowCount,
          exclusions: Self.exclusions(step, words.reasons[step.id], dataSet),
          patientCount: step.patientCount))
    }
    guard let analysis else { return }
    let own = analysis.dataSet.steps.dropFirst(dataSet.steps.count)
    var exclusions =
      own.flatMap { Self.exclusions($0, words.reasons[analysis.id], dataSet) } + analysis.exclusions
    if analysis.exclusions.isEmpty { exclusions.append(RowExclusion(reason: "values missing", count: 0)) }
    steps.append(
      Step(
        label: words.label(analysis.id, usual: "Analysed"), rowCount: analysis.cases.rows.count,
        exclusions: Self.joined(exclusions),
        patientCount: dataSet.repeatedPatientColumn.flatMap { analysis.dataSet.table[$0] }.map {
          PatientCodes($0, rows: analysis.cases.rows).count()
        }))
  }

  /// Those that did not meet the condition, and those for which nobody can say; the latter only if there are any.
  private static func exclusions(
    _ step: DataSet.Step, _ reason: String?, _ dataSet: DataSet
  ) -> [RowExclusion] {
    guard let condition = step.condition else { return [] }
    let words = condition.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let readable = dataSet.readable(condition)
    let printed = reason == nil && readable != words ? "did not meet: \(readable)" : nil
    var exclusions = [
      RowExclusion(
        reason: reason ?? "did not meet: \(words)", count: step.excluded - step.undecided, printed: printed)
    ]
    if step.undecided > 0 {
      exclusions.append(RowExclusion(reason: "undecided for a missing value", count: step.undecided))
    }
    return exclusions
  }

  /// Reasons in the same words count together.
  private static func joined(_ exclusions: [RowExclusion]) -> [RowExclusion] {
    var counts: [String: Int] = [:]
    var order: [RowExclusion] = []
    for exclusion in exclusions {
      if counts[exclusion.reason] == nil { order.append(exclusion) }
      counts[exclusion.reason, default: 0] += exclusion.count
    }
    return order.map {
      RowExclusion(reason: $0.reason, count: counts[$0.reason] ?? 0, printed: $0.printed)
    }
  }

  /// The first place where the numbers do not follow from one another, in words.
  var contradiction: String? {
    for (before, after) in zip(steps, steps.dropFirst())
    where before.rowCount != after.rowCount + after.excluded
      || after.exclusions.contains(where: { $0.count < 0 })
    {
      return
        "\(before.rowCount) rows in '\(before.label)' less \(after.excluded) left out are not the \(after.rowCount) of '\(after.label)'"
    }
    return nil
  }
}
