// Standardised survival by the levels of one variable of a Cox model.

import DataTables
import Diagnostics
import Expressions
import Figures
import ModelFormula
import Presentation
import Survival

struct AdjustedCurves: Sendable {
  let analysis: CoxAnalysis
  let label: String
  private let variable: String
  let times: [Double]
  let transform: ConfidenceTransform
  let levels: [Level]

  /// The model's rows: all in the stratum of a level, or each in its own.
  enum Population: Sendable {
    case oneStratum(StandardPopulation)
    case ownStrata(StratifiedPopulation)
  }

  struct Level: Sendable {
    let name: String
    /// At the event times, for the figure; at the times asked for.
    let steps: [PredictedProbability]
    let points: [PredictedProbability?]
    /// From the first level; empty for it.
    let differences: [Survival.Contrast?]
    let lastTime: Double?
  }

  init(
    _ analysis: CoxAnalysis, by name: String, at range: SourceRange, times: [Double],
    transform: ConfidenceTransform
  ) throws {
    self.analysis = analysis
    variable = name
    self.times = times
    self.transform = transform
    let (frame, fit) = (analysis.frame, analysis.fit)
    let populations: [(name: String, population: Population)]
    if let strata = frame.strata, let found = Self.strata(strata, named: name) {
      label = frame.dataSet.table[name]?.label ?? name
      populations = found.map {
        (
          $0.name,
          .oneStratum(
            StandardPopulation(design: frame.covariates, stratum: $0.code, offset: frame.offset))
        )
      }
    } else {
      let variables = frame.model.terms.variables.flatMap { $0.columnUses.map(\.name) }
      guard variables.contains(name), let column = frame.dataSet.table[name] else {
        throw Diagnostic(
          .unknownColumn, "the model has no variable '\(name)'", at: range,
          remedy: NearMiss.remedy(for: name, among: variables)
            ?? "variables: \(variables.joined(separator: ", "))")
      }
      label = column.label
      populations = try Self.populations(of: column, frame, at: range)
    }
    let observed = Array(
      Set(
        frame.outcome.time.indices.lazy.filter { frame.outcome.event[$0] != 0 }.map { frame.outcome.time[$0] }
      )
    ).sorted()
    let grid = Self.thinned(observed, rows: frame.outcome.rowCount)
    levels = try frame.roles.translating {
      try populations.enumerated().map { index, entry in
        let population = entry.population
        return Level(
          name: entry.name,
          steps: try population.survival(fit, times: grid, transform).compactMap(\.self),
          points: try population.survival(fit, times: times, transform),
          differences: index == 0
            ? [] : try population.difference(fit, from: populations[0].population, times: times),
          lastTime: Self.lastTime(frame, population))
      }
    }
  }

  /// At most 300 event times, fewer where there are very many rows.
  private static func thinned(_ times: [Double], rows: Int) -> [Double] {
    let most = max(30, min(300, 60_000_000 / max(rows, 1)))
    guard times.count > most else { return times }
    return (0..<most).map { times[$0 * (times.count - 1) / (most - 1)] }
  }

  /// The end of follow-up of the stratum, or of the one that ends first.
  private static func lastTime(_ frame: CoxFrame, _ population: Population) -> Double? {
    guard let strata = frame.strata else { return frame.outcome.time.max() }
    var last = [Double](repeating: -.infinity, count: strata.groupCount)
    for (row, code) in strata.codes.enumerated() where last.indices.contains(Int(code)) {
      last[Int(code)] = max(last[Int(code)], frame.outcome.time[row])
    }
    switch population {
    case .oneStratum(let population):
      return last.indices.contains(population.stratum) ? last[population.stratum] : nil
    case .ownStrata: return last.filter(\.isFinite).min()
    }
  }

  /// The strata as levels, where they are made of this column alone.
  private static func strata(_ strata: RowGroups, named name: String) -> [(name: String, code: Int)]? {
    let groups = strata.groups
    guard groups.allSatisfy({ $0.values.count == 1 && $0.values[0].column == name }) else { return nil }
    return groups.enumerated().map { ($1.values[0].level, $0) }
  }

  /// The fit's rows once for each level of the column.
  private static func populations(
    of column: Column, _ frame: CoxFrame, at range: SourceRange
  ) throws -> [(name: String, population: Population)] {
    let table = frame.dataSet.table.filtered(keeping: frame.cases.rows)
    let own = table[column.name] ?? column
    let categories = Categories(own)
    let present = categories.counts
    let used = categories.names.indices.filter { present[$0] > 0 }
    guard used.count <= 12 else {
      throw Diagnostic(
        .expressionType, "'\(column.name)' has \(used.count) distinct values, too many for curves", at: range,
        remedy: "put groups of it into the model, such as cut(\(column.name), [50, 65])")
    }
    let count = table.rowCount
    let numbers = own.type.isNumeric ? Set(own.numbers().filter { !$0.isNaN }).sorted() : []
    return try used.map { index in
      let constant: Column
      if own.type.hasLevels {
        constant = Column(
          name: own.name, codes: [Int32](repeating: Int32(clamping: index), count: count), levels: own.levels,
          type: own.type, metadata: own.metadata)
      } else if own.type == .flag {
        constant = Column(
          name: own.name, flags: [Bool?](repeating: index == 1, count: count), metadata: own.metadata)
      } else if numbers.indices.contains(index) {
        constant = Column(
          name: own.name, numbers: [Double](repeating: numbers[index], count: count), metadata: own.metadata)
      } else {
        throw Diagnostic(.expressionType, "'\(column.name)' does not make groups", at: range)
      }
      let design = try CoxFrame.covariates(try frame.design.schema.design(for: try table.adding(constant)))
      guard let strata = frame.strata else {
        return (
          categories.names[index], .oneStratum(StandardPopulation(design: design, offset: frame.offset))
        )
      }
      return (
        categories.names[index],
        .ownStrata(
          StratifiedPopulation(design: design, strata: strata.codes.map { Int($0) }, offset: frame.offset))
      )
    }
  }

  // MARK: Results

  private var level: Double { analysis.fit.model.options.confidenceLevel }

  private func estimate(_ point: PredictedProbability?) -> Estimate {
    guard let point else { return .notEstimable }
    return Estimate(point.survival, point.confidenceInterval, level: level)
  }

  func addValues(to values: inout ResultValues) {
    values.add(".n", count: analysis.frame.cases.rows.count)
    values.add(".events", count: analysis.fit.eventCount)
    for row in levels {
      for (index, time) in times.enumerated() {
        let path = "[\(ResultPath.quoted(row.name))].at(\(ShortestNumber.text(time)))"
        values.add(path + ".survival", estimate(row.points[index]), .proportion)
        values.add(
          path + ".survival.se", Quantity(row.points[index]?.standardError, otherwise: .notEstimable),
          .proportion)
        guard row.differences.indices.contains(index) else { continue }
        values.add(path + ".difference", row.differences[index], .proportion, level: level)
      }
    }
  }

  func table(caption: String, style: JournalStyle) -> Table {
    let interval = IntervalWording.name(level: level, style: style.number)
    var columns = [TableColumn(label, alignment: .left)]
    for time in times {
      let words = TimeText.words(time, unit: analysis.frame.times.unit, style: style)
      columns += [
        TableColumn("\(words), % (\(interval))"), TableColumn("Difference at \(words) (\(interval))"),
      ]
    }
    let body = levels.enumerated().map { number, row in
      TableRow(
        [.text(row.name)]
          + times.indices.flatMap { index -> [TableCell] in
            [
              .estimate(estimate(row.points[index]), .percentage),
              number == 0
                ? .text("reference")
                : .estimate(Estimate(row.differences[index], level: level), .percentage),
            ]
          })
    }
    return Table(caption: caption, columns: columns, rows: body, notes: notes(style))
  }

  private func notes(_ style: JournalStyle) -> [String] {
    let strata = analysis.frame.strata
    let keepsStrata = strata.map { Self.strata($0, named: variable) == nil } ?? false
    return [
      style.spelled("survival standardised to")
        + " the \(style.text(Quantity(analysis.frame.cases.rows.count), .count)) rows of the model \(analysis.id)"
        + (keepsStrata ? ", each in its own stratum" : ""),
      "differences in percentage points",
      "\(IntervalWording.name(level: level, style: style.number)) by the delta method, \(transform.words) for survival",
    ]
  }

  func figure(id: String, title: String, request: FigureRequest, style: JournalStyle) -> Figure {
    let times = analysis.frame.times
    var groups = levels.map { row in
      SurvivalFigure.Group(
        name: row.name,
        steps: row.steps.map {
          SurvivalFigure.Step(
            time: $0.time, estimate: $0.survival, lower: $0.confidenceInterval.lower,
            upper: $0.confidenceInterval.upper)
        }, followUpEnd: row.lastTime ?? 0)
    }
    var axis = request.timeAxis(
      unit: times.unit, words: times.label, longest: analysis.frame.outcome.time.max() ?? 0)
    let figureStyle = request.style(style)
    if request.limits.x == nil, let entry = analysis.frame.outcome.entry?.min() {
      axis = axis.beginning(
        with: entry, longest: groups.map(\.followUpEnd).max() ?? 0, width: figureStyle.width)
      for index in groups.indices { groups[index].followUpStart = entry }
    }
    return SurvivalFigure(
      id: id, title: title, groups: groups,
      timeAxis: axis,
      valueLabel: request.labels.y ?? "Adjusted survival, %", confidencePercent: level * 100,
      bands: request.bandForm, showsCensorMarks: false, annotations: request.annotations([]),
      style: figureStyle
    ).figure()
  }
}

extension AdjustedCurves.Population {
  /// One probability per time; `nil` beyond follow-up.
  fileprivate func survival(
    _ fit: CoxFit, times: [Double], _ transform: ConfidenceTransform
  ) throws(SurvivalInputError) -> [PredictedProbability?] {
    switch self {
    case .oneStratum(let population):
      // Times beyond follow-up are left out there.
      var found = try fit.standardizedSurvival(population, times: times, transform: transform)[...]
      return times.map { time in found.first?.time == time ? found.popFirst() : nil }
    case .ownStrata(let population):
      return try fit.standardizedSurvival(population, times: times, transform: transform)
    }
  }

  fileprivate func difference(
    _ fit: CoxFit, from first: AdjustedCurves.Population, times: [Double]
  ) throws(SurvivalInputError) -> [Survival.Contrast?] {
    switch (self, first) {
    case (.oneStratum(let own), .oneStratum(let other)):
      try fit.standardizedDifference(own, minus: other, times: times)
    case (.ownStrata(let own), .ownStrata(let other)):
      try fit.standardizedDifference(own, minus: other, times: times)
    default: times.map { _ in nil }
    }
  }
}
