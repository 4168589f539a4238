// What a Cox model predicts for patients that the author describes.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions
import ModelFormula
import Presentation
import Survival

/// Predicted survival of new rows.
struct CoxPredictions {
  let analysis: CoxAnalysis
  let rows: [OptionMapping]
  let times: [Double]
  let transform: ConfidenceTransform

  func add(to values: inout ResultValues, style: JournalStyle) throws -> [OutputBlock] {
    let frame = analysis.frame
    let table = try newTable()
    let design = try frame.design.schema.design(for: table)
    let covariates = try frame.roles.translating { try CoxFrame.covariates(design) }
    let predictors = try frame.roles.translating { try analysis.fit.linearPredictor(of: covariates) }
    let curves = try frame.roles.translating {
      try analysis.fit.predictedSurvival(covariates, strata: try strata(of: table), transform: transform)
    }
    var body: [TableRow] = []
    for (index, curve) in curves.enumerated() {
      let path = ".prediction(\(index + 1))"
      values.add(path + ".linear_predictor", predictors[index].value, .coefficient)
      values.add(path + ".linear_predictor.se", predictors[index].standardError, .coefficient)
      values.add(path + ".difference", predictors[index].value - predictors[0].value, .coefficient)
      var cells: [TableCell] = [.text(words(rows[index]))]
      for time in times {
        let estimate = estimate(curve.at(time))
        let name = path + ".at(\(ShortestNumber.text(time))).survival"
        values.add(name, estimate, .proportion)
        values.add(
          name + ".se", Quantity(curve.at(time)?.standardError, otherwise: .notEstimable), .proportion)
        cells.append(.estimate(estimate, .percentage))
      }
      body.append(TableRow(cells))
    }
    guard !times.isEmpty else { return [] }
    let interval = IntervalWording.name(level: analysis.confidenceLevel, style: style.number)
    let unit = frame.times.unit.map { " \($0)" } ?? ""
    let columns =
      [TableColumn("Patient", alignment: .left)]
      + times.map {
        TableColumn("\(NumberFormat.trimmed($0, digits: 6, style: style.number))\(unit), % (\(interval))")
      }
    let predicted = Table(
      name: "predictions", caption: "Predicted survival", columns: columns, rows: body,
      notes: ["from the model \(analysis.id)", "\(interval) \(transform.words)"])
    return [.table(predicted, name: "predictions")]
  }

  private func estimate(_ point: PredictedProbability?) -> Estimate {
    guard let point else { return .notEstimable }
    return Estimate(
      Quantity(point.survival), lower: Quantity(point.confidenceInterval.lower, otherwise: .notEstimable),
      upper: Quantity(point.confidenceInterval.upper, otherwise: .notEstimable),
      level: analysis.confidenceLevel)
  }

  private func words(_ row: OptionMapping) -> String {
    row.entries.map { entry in
      let column = analysis.frame.dataSet.table[entry.key.string]
      return "\(column?.label ?? entry.key.string) \(entry.value.scalar?.string ?? "")"
    }.joined(separator: ", ")
  }

  /// The new rows as a table with the columns that the model uses.
  private func newTable() throws -> DataTable {
    let dataSet = analysis.frame.dataSet
    var names: [String] = []
    for variable in analysis.frame.model.terms.variables {
      for use in variable.columnUses where !names.contains(use.name) { names.append(use.name) }
    }
    var problems: [Diagnostic] = []
    for row in rows {
      for entry in row.entries where !names.contains(entry.key.string) {
        problems.append(
          Diagnostic(
            .unknownColumn, "the model has no variable '\(entry.key.string)'", at: entry.key.range(),
            remedy: NearMiss.remedy(for: entry.key.string, among: names)
              ?? "variables: \(names.joined(separator: ", "))"))
      }
      for name in names where row[name] == nil {
        problems.append(
          Diagnostic(
            .missingOption, "the patient has no value of '\(name)'", at: row.range, remedy: "add '\(name): …'"
          ))
      }
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    let columns = try names.map { name -> Column in
      guard let source = dataSet.table[name] else {
        throw Diagnostic(
          .unknownColumn, "no column '\(name)' in '\(dataSet.id)'", at: analysis.frame.formula.source.range())
      }
      return try Self.column(source, rows.map { $0[name] })
    }
    return try DataTable(name: dataSet.id, columns: columns, rowCount: rows.count)
  }

  private static func column(_ source: Column, _ cells: [OptionTree?]) throws(Diagnostic) -> Column {
    if source.type.hasLevels {
      var codes: [Int32] = []
      for cell in cells {
        let text = cell?.scalar?.string ?? ""
        guard let code = source.code(ofLevel: text) else {
          guard let range = cell?.range else {
            throw Diagnostic(.unknownLevel, "'\(source.name)' has no level '\(text)'")
          }
          throw Diagnostic(
            .unknownLevel, "'\(source.name)' has no level '\(text)'", at: range,
            remedy: NearMiss.remedy(for: text, among: source.levels)
              ?? "levels: \(source.levels.joined(separator: ", "))")
        }
        codes.append(code)
      }
      return Column(
        name: source.name, codes: codes, levels: source.levels, type: source.type, metadata: source.metadata)
    }
    if source.type == .flag {
      return Column(
        name: source.name, flags: cells.map { ["true", "yes", "1"].contains($0?.scalar?.string ?? "") },
        metadata: source.metadata)
    }
    var numbers: [Double] = []
    for cell in cells {
      guard let number = cell?.scalar.flatMap({ Double($0.string) }) else {
        guard let range = cell?.range else {
          throw Diagnostic(.notANumber, "'\(source.name)' needs a number")
        }
        throw Diagnostic(.notANumber, "'\(source.name)' needs a number", at: range)
      }
      numbers.append(number)
    }
    return Column(name: source.name, numbers: numbers, metadata: source.metadata)
  }

  /// The stratum of each new row among the fit's.
  private func strata(of table: DataTable) throws -> [Int]? {
    guard let strata = analysis.frame.strata else { return nil }
    let frame = try ModelFrame(analysis.frame.model.terms, in: table)
    guard let own = frame.strata(rows: (0..<rows.count).map { Int32($0) }) else { return nil }
    return own.codes.map { code in
      let label = own.groups.indices.contains(Int(code)) ? own.groups[Int(code)].label : ""
      return strata.groups.firstIndex { $0.label == label } ?? -1
    }
  }
}
