// The patients that an author describes, as rows of a fitted design.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions
import ModelFormula
import Presentation

/// New rows with the columns, the offset and the stratum that a fitted model needs.
struct PredictionRows {
  let design: DesignMatrix
  let offset: [Double]?
  /// Row of the strata of the fit; `nil` where it has none.
  let strata: [Int]?
  /// "Age 60, Sex male"
  let words: [String]

  static let option = OptionKey(
    "predict", OptionKind<OptionMapping>.newRow.list, default: [], shown: "none",
    "patients to predict for: a list of {variable: value}")
  static let times = OptionKey(
    "times", OptionKind<Double>.number(in: 0...Double.greatestFiniteMagnitude).list, default: [],
    shown: "none", "times of the predictions")

  /// - Parameter offset: the expression of an `offset:` option, beside those of the formula.
  init(
    _ rows: [OptionMapping], dataSet: DataSet, model: ModelFrame, design fitted: DesignMatrix,
    strata known: RowGroups?, offset expression: Expression? = nil
  ) throws {
    var names: [String] = []
    for (index, variable) in model.terms.variables.enumerated() where !model.terms.clusters.contains(index) {
      for use in variable.columnUses where !names.contains(use.name) { names.append(use.name) }
    }
    for name in expression?.columnNames ?? [] where !names.contains(name) { names.append(name) }
    let newRows = NewRows(rows: rows, dataSet: dataSet, names: names)
    let table = try newRows.table()
    let frame = try fitted.schema.frame(for: table)
    design = try fitted.schema.design(of: frame)
    let all = (0..<rows.count).map { Int32(truncatingIfNeeded: $0) }
    let own = frame.offset(rows: all)
    let given = try expression?.numbers(in: table)
    offset = own.map { own in given.map { zip(own, $0).map(+) } ?? own } ?? given
    words = rows.indices.map(newRows.words)
    strata = try known.map { known in
      let labels = known.groups.map(\.label)
      let found = frame.strata(rows: all)
      return try rows.indices.map { row in
        let label = found.flatMap {
          $0.codes.indices.contains(row) ? $0.group(Int($0.codes[row])).label : nil
        }
        guard let label, let index = labels.firstIndex(of: label) else {
          throw Diagnostic(
            .unknownLevel, "the model has no stratum '\(label ?? "")'", at: rows[row].range,
            remedy: "strata: \(labels.prefix(10).joined(separator: "; "))")
        }
        return index
      }
    }
  }

  /// One value per column of the design, intercept included where it has one.
  func values(_ row: Int) -> [Double] {
    design.columns.map { column in
      switch column.values {
      case .dense(let values): return values.indices.contains(row) ? values[row] : .nan
      case .whole(let values): return row >= 0 && row < values.count ? values[row] : .nan
      case .few(let codes, let table):
        return codes.indices.contains(row) && table.indices.contains(Int(codes[row]))
          ? table[Int(codes[row])] : .nan
      case .indicator(let codes, let level):
        return ModelRow.Members.level(codes, level).contains(row) ? 1 : 0
      }
    }
  }

  /// One line per patient.
  static func table(
    _ body: [TableRow], caption: String, headings: [String], notes: [String]
  ) -> OutputBlock {
    .table(
      Table(
        name: "predictions", caption: caption,
        columns: [TableColumn("Patient", alignment: .left)] + headings.map { TableColumn($0) }, rows: body,
        notes: notes), name: "predictions")
  }
}
