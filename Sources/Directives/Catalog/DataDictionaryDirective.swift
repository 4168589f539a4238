// `{data-dictionary}`: what the columns of a data set are.

import AnalysisDocument
import DataTables
import Diagnostics
import Presentation

enum DataDictionaryDirective: Directive {
  static let data = OptionKey(
    required: "data", OptionKind<Reference>.wholeDataSet, "the data set whose columns are listed")

  static let specification = DirectiveSpecification(
    name: "data-dictionary",
    summary: "The columns of a data set: labels, types, missing values, ranges and levels.",
    details: """
      One line per column, in the order of the data: its name, label and unit from the dictionary, its type as it was \
      inferred or declared, the number of rows without a value, and what it holds: the range and median of numbers and \
      dates, the levels of words. Columns with more than \(ColumnDescription.shownLevels) levels are counted only, since \
      identifiers and free text tell who a patient is. All columns of the data set are read and belong to its fingerprint.
      """,
    options: [
      data.specification, CommonOptions.condition.specification, CommonOptions.caption.specification,
      CommonOptions.showsTable.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows; `.columns` how many there are, `.name(1)` the name of the first"),
      ResultSpecification("ID[\"age\"].type", "`integer`, `number`, `flag`, `text`, `factor` or `date`"),
      ResultSpecification(
        "ID[\"age\"].missing", "rows without a value; `.distinct` how many different values there are"),
      ResultSpecification(
        "ID[\"age\"].min", "of numbers and dates; also `.median`, `.max`; of levels `.level(1)`"),
    ],
    example: """
      data: nelm
      caption: The registry's columns
      """)

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let reference = try options[data]
    let dataSet = try context.dataSet(reference.id, at: reference.range)
      .filtered(by: try options[CommonOptions.condition], threads: context.threads)
    let description = DataDescription(dataSet.table, threads: context.threads)
    var values = ResultValues()
    values.add(".n", count: description.rowCount)
    values.add(".columns", count: description.columns.count)
    for (index, column) in description.columns.enumerated() {
      values.addText(".name(\(index + 1))", column.name)
      add(column, at: ModelRows.path([column.name]), to: &values)
    }
    guard try options[CommonOptions.showsTable] else {
      return DirectiveOutput(blocks: [], values: values.values)
    }
    let style = context.style
    let hasLabels = description.columns.contains { $0.label != nil || $0.unit != nil }
    let table = Table(
      caption: try options[CommonOptions.caption],
      columns: [TableColumn("Column", alignment: .left)]
        + (hasLabels ? [TableColumn("Label", alignment: .left)] : [])
        + [
          TableColumn("Type", alignment: .left), TableColumn("Missing"),
          TableColumn("Values", alignment: .left),
        ],
      rows: description.columns.map { column in
        let label = [column.label, column.unit].compactMap(\.self).joined(separator: ", ")
        return TableRow(
          [.text(column.name)] + (hasLabels ? [.text(label)] : [])
            + [.text(column.type.words), .count(column.missingCount), .text(words(column, style))])
      },
      notes: [
        "\(style.text(Quantity(description.rowCount), .count)) rows, "
          + "\(style.text(Quantity(description.columns.count), .count)) columns"
      ])
    return DirectiveOutput(blocks: [.table(table, name: nil)], values: values.values)
  }

  private static func add(_ column: ColumnDescription, at path: String, to values: inout ResultValues) {
    values.addText(path + ".type", column.type.rawValue)
    values.add(path + ".missing", count: column.missingCount)
    values.add(path + ".distinct", count: column.distinctCount)
    switch column.content {
    case .numbers(let minimum, let median, let maximum):
      values.add(path + ".min", minimum, .number)
      values.add(path + ".median", median, .number)
      values.add(path + ".max", maximum, .number)
    case .dates(let first, let median, let last):
      values.add(path + ".min", Double(first.days), ValueFormat(.date))
      values.add(path + ".median", Double(median.days), ValueFormat(.date))
      values.add(path + ".max", Double(last.days), ValueFormat(.date))
    case .levels(let levels):
      for (index, level) in levels.enumerated() { values.addText(path + ".level(\(index + 1))", level.level) }
    case .flags, .empty, .manyLevels: break
    }
  }

  private static func words(_ column: ColumnDescription, _ style: JournalStyle) -> String {
    func text(_ value: Double) -> String { style.text(Quantity(value), .number) }
    switch column.content {
    case .empty: return "no values"
    case .numbers(let minimum, let median, let maximum):
      return "\(text(minimum)) to \(text(maximum)), median \(text(median))"
    case .dates(let first, let median, let last):
      return "\(first.text) to \(last.text), median \(median.text)"
    case .flags(let ones, let zeros):
      return "true \(style.text(Quantity(ones), .count)), false \(style.text(Quantity(zeros), .count))"
    case .levels(let levels): return levels.map(\.level).joined(separator: "; ")
    case .manyLevels: return "\(style.text(Quantity(column.distinctCount), .count)) different values"
    }
  }
}

extension ColumnType {
  fileprivate var words: String {
    switch self {
    case .integer: "whole number"
    case .number: "number"
    case .flag: "true or false"
    case .text: "text"
    case .factor: "levels"
    case .date: "date"
    }
  }
}
