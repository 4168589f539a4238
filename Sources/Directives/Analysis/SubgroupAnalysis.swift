// A hazard ratio within the levels of several columns.

import DataTables
import Diagnostics
import Expressions
import Figures
import ModelFormula
import Presentation
import Survival

struct SubgroupAnalysis: Sendable {
  /// One model's hazard ratio of the treatment; `nil` where it could not be fitted.
  struct Line: Sendable {
    let name: String
    let rowCount: Int
    let eventCount: Int
    /// "12/45" in each arm; empty where the treatment has no two arms.
    let arms: [(events: Int, rows: Int)]
    let coefficient: CoxCoefficient?
  }

  struct Subgroup: Sendable {
    let column: String
    let label: String
    let isFlag: Bool
    let lines: [Line]
    let interaction: TestStatistic?
    /// Rows that belong to no level because the column has no value there.
    let missingCount: Int

    /// What the level of a line is called below the subgroup's label.
    func word(_ line: Line) -> String { GroupHeadings.word(line.name, isFlag: isFlag) }
  }

  let treatment: String
  let armNames: [String]
  let overall: Line
  let subgroups: [Subgroup]
  let frame: CoxFrame
  let level: Double
  let isRobust: Bool

  init(
    formula: Formula, source: CoxFrame.Source, columns: [ColumnName],
    settings: (CoxFrame) throws -> CoxOptions
  ) throws {
    let frame = try CoxFrame(formula: formula, source: source)
    let options = try settings(frame)
    guard let term = frame.design.terms.first(where: { !$0.isStrata && $0.degree == 1 }) else {
      throw Diagnostic(
        .formulaSyntax, "the formula names no treatment", at: formula.source.range(),
        remedy: "write os ~ treatment")
    }
    guard !term.columns.isEmpty else {
      throw Diagnostic(
        .constantColumn, "'\(term.text)' does not vary among the rows used: there is nothing to compare",
        at: term.range, remedy: "look at the conditions under 'where:', or put another variable first")
    }
    guard term.columns.count == 1, term.penalty == nil else {
      throw Diagnostic(
        .formulaSyntax,
        "'\(term.text)' has \(term.columns.count) coefficients: a subgroup analysis shows one",
        at: term.range, remedy: "put a variable with two levels first")
    }
    let rows = ModelRows(frame.design, dataSet: frame.dataSet).rows.filter { row in
      row.term.map { frame.design.terms[$0].text == term.text } ?? false
    }
    let fit = try CoxDirective.fit(frame, options)
    self.frame = frame
    treatment = rows.first { $0.indent == 0 }?.label ?? term.text
    let armNames = Self.armNames(rows)
    self.armNames = armNames
    level = options.confidenceLevel
    isRobust = fit.isRobust
    overall = Self.line("All", frame, fit, term: term.text)
    subgroups = try columns.map { column in
      let own = try source.dataSet.column(column.name, at: column.range)
      let categories = Categories(own).withoutUnused
      guard categories.names.count <= 30 else {
        throw Diagnostic(
          .expressionType,
          "'\(column.name)' has \(categories.names.count) distinct values, too many for subgroups",
          at: column.range, remedy: "derive groups of it, such as cut(\(column.name), [50, 65])")
      }
      let lines = try categories.names.indices.map { code in
        let mask = categories.codes.map { $0 == Int32(clamping: code) }
        let line = try Self.line(
          categories.names[code], formula, source.restricted(to: mask), term: term.text, settings)
        // A level with one arm has no model of its own, and rows all the same.
        return line.arms.isEmpty && armNames.count == 2
          ? line.counting(frame, term: term.text, mask) : line
      }
      return Subgroup(
        column: column.name, label: own.label, isFlag: own.type == .flag, lines: lines,
        interaction: try Self.interaction(own, term: term.text, formula, source, options),
        missingCount: frame.cases.rows.count {
          categories.codes.indices.contains(Int($0)) && categories.codes[Int($0)] < 0
        })
    }
  }

  /// The names of two arms, reference first.
  private static func armNames(_ rows: [ModelRow]) -> [String] {
    let named = rows.filter { $0.kind != .heading }
    return named.count == 2 && named[0].kind == .reference ? named.map(\.label) : []
  }

  /// The model on one level's rows.
  private static func line(
    _ name: String, _ formula: Formula, _ source: CoxFrame.Source?, term: String,
    _ settings: (CoxFrame) throws -> CoxOptions
  ) throws -> Line {
    guard let source, let frame = try? CoxFrame(formula: formula, source: source) else {
      return Line(name: name, rowCount: 0, eventCount: 0, arms: [], coefficient: nil)
    }
    guard !frame.design.columns.isEmpty, let fit = try? CoxDirective.fit(frame, try settings(frame)) else {
      return Line(
        name: name, rowCount: frame.cases.rows.count, eventCount: frame.outcome.event.count { $0 != 0 },
        arms: arms(frame, term: term), coefficient: nil)
    }
    return line(name, frame, fit, term: term)
  }

  private static func line(_ name: String, _ frame: CoxFrame, _ fit: CoxFit, term: String) -> Line {
    let column = frame.design.terms.first { $0.text == term && !$0.isStrata }?.columns.first
    let table = fit.coefficientTable
    return Line(
      name: name, rowCount: frame.cases.rows.count, eventCount: fit.eventCount, arms: arms(frame, term: term),
      coefficient: column.flatMap { table.indices.contains($0) ? table[$0] : nil })
  }

  private static func arms(_ frame: CoxFrame, term: String) -> [(events: Int, rows: Int)] {
    let rows = ModelRows(frame.design, dataSet: frame.dataSet).rows.filter { row in
      row.kind != .heading && (row.term.map { frame.design.terms[$0].text == term } ?? false)
    }
    guard rows.count == 2, rows[0].kind == .reference else { return [] }
    return rows.map { row in
      let found = frame.counts(of: row)
      return (found.events, found.count)
    }
  }

  /// The test that the treatment's effect is the same in all levels.
  private static func interaction(
    _ column: Column, term: String, _ formula: Formula, _ source: CoxFrame.Source, _ options: CoxOptions
  ) throws -> TestStatistic? {
    let quoted = "`\(column.name.replacing("\\", with: "\\\\").replacing("`", with: "\\`"))`"
    let name = column.type.isNumeric ? "factor(\(quoted))" : quoted
    let product = "\(term):\(name)"
    guard let smaller = try? CoxFrame(formula: try formula.adding([name]), source: source),
      let larger = try? CoxFrame(formula: try formula.adding([name, product]), source: source),
      let first = try? CoxDirective.fit(smaller, options), let second = try? CoxDirective.fit(larger, options)
    else { return nil }
    if second.isRobust {
      let added = larger.design.terms.last { $0.degree == 2 }
      return added.flatMap { second.waldTest(columns: Array($0.columns)) }
    }
    return second.likelihoodRatioTest(against: first)
  }

  // MARK: Results

  private func estimate(_ line: Line) -> Estimate { line.coefficient?.ratio(level: level) ?? .notEstimable }

  private func pValue(_ line: Line) -> Quantity {
    line.coefficient.map { $0.quantity($0.pValue) } ?? .notEstimable
  }

  func addValues(to values: inout ResultValues) {
    values.add(".missing", count: frame.cases.excludedCount)
    frame.landmark?.addValues(to: &values)
    add(overall, at: "", to: &values)
    for group in subgroups {
      for line in group.lines { add(line, at: ModelRows.path([group.column, line.name]), to: &values) }
      values.add(ModelRows.path([group.column]) + ".interaction", group.interaction)
    }
  }

  private func add(_ line: Line, at path: String, to values: inout ResultValues) {
    values.add(path + ".n", count: line.rowCount)
    values.add(path + ".events", count: line.eventCount)
    values.add(path + ".hr", estimate(line), .ratio)
    values.add(path + ".p", pValue(line), .pValue)
  }

  /// "men vs women", as within a sentence.
  private var comparison: String {
    armNames.count == 2
      ? "\(armNames[1].withinSentence) vs \(armNames[0].withinSentence)" : treatment.withinSentence
  }

  func table(caption: String, style: JournalStyle) -> Table {
    let interval = IntervalWording.name(level: level, style: style.number)
    var columns = [TableColumn("Subgroup", alignment: .left)]
    columns +=
      armNames.isEmpty
      ? ["N", "Events"].map { TableColumn($0) } : armNames.map { TableColumn("\($0), events/N") }
    columns += [TableColumn("HR (\(interval))"), TableColumn("P for interaction")]
    func row(_ line: Line, named name: String, indent: Int) -> TableRow {
      TableRow(
        [.text(name)] + countTexts(line, style).map(TableCell.text)
          + [.estimate(estimate(line), .ratio), .empty], role: indent == 0 ? .total : .data, indent: indent)
    }
    var body = [row(overall, named: overall.name, indent: 0)]
    for group in subgroups {
      body.append(
        TableRow(
          [
            .text(group.label), .empty, .empty, .empty,
            .pValue(Quantity(group.interaction?.pValue, otherwise: .notEstimable)),
          ],
          role: .header))
      body += group.lines.map { row($0, named: group.word($0), indent: 1) }
    }
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var notes = [
      "hazard ratio of \(comparison)",
      "Cox models within subgroups\(isRobust ? ", robust variance" : "")",
      isRobust ? "interaction by Wald's test on all rows" : "interaction by the likelihood ratio on all rows",
    ]
    let missing = subgroups.filter { $0.missingCount > 0 }
    if !missing.isEmpty {
      let counts = missing.map { "\($0.label) \(count($0.missingCount))" }.joined(separator: ", ")
      notes.append("in no subgroup for a missing value: \(counts)")
    }
    if let landmark = frame.landmark { notes.append(landmark.note(unit: frame.times.unit, style)) }
    if !frame.times.eventNote.isEmpty { notes.append(frame.times.eventNote) }
    if let excluded = frame.cases.note(count: count) { notes.append(excluded) }
    return Table(caption: caption, columns: columns, rows: body, notes: notes)
  }

  private func countTexts(_ line: Line, _ style: JournalStyle) -> [String] {
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    if armNames.isEmpty { return [count(line.rowCount), count(line.eventCount)] }
    guard line.arms.count == 2 else { return ["", ""] }
    return line.arms.map { "\(count($0.events))/\(count($0.rows))" }
  }

  func figure(id: String, title: String, style: JournalStyle) -> ForestFigure {
    let interval = IntervalWording.name(level: level, style: style.number)
    func row(_ line: Line, named name: String, _ kind: ForestFigure.Row.Kind, indent: Int) -> ForestFigure.Row
    {
      let ratio = estimate(line)
      return ForestFigure.Row(
        name, kind: kind, indent: indent, cells: countTexts(line, style),
        estimates: [
          ForestFigure.Estimate(
            value: ratio.value.number, lower: ratio.lower.number, upper: ratio.upper.number,
            text: style.cell(ratio, .ratio), weight: Double(line.eventCount))
        ])
    }
    var rows = [row(overall, named: overall.name, .overall, indent: 0)]
    for group in subgroups {
      let p = group.interaction.map { style.pValue.text($0.pValue, style: style.number) } ?? ""
      rows.append(ForestFigure.Row(group.label, kind: .heading, cells: ["", ""], interactionP: p))
      rows += group.lines.map { row($0, named: group.word($0), .estimate, indent: 1) }
    }
    return ForestFigure(
      id: id, title: title,
      labelHeading: "Subgroup",
      columns: armNames.isEmpty ? ["N", "Events"] : armNames.map { "\($0), events/N" },
      series: [ForestFigure.Series(heading: "HR (\(interval))", pHeading: "")], rows: rows,
      axisLabel: "Hazard ratio of \(comparison) (\(interval))", style: FigureStyle(style))
  }
}
