// A forest plot read from a table: its columns of estimates, with the P values and counts beside them.

import Figures
import Presentation

struct TableForest: Sendable {
  let table: Table
  let series: [Series]

  /// A column of estimates.
  struct Series: Sendable {
    let column: Int
    let pColumn: Int?
    let isRatio: Bool
  }

  init(_ table: Table) {
    self.table = table
    series = table.columns.indices.compactMap { column in
      guard let isRatio = Self.isRatio(column, of: table) else { return nil }
      let next = column + 1
      let hasP = table.columns.indices.contains(next) && Self.isOfPValues(next, of: table)
      return Series(column: column, pColumn: hasP ? next : nil, isRatio: isRatio)
    }
  }

  var hasOneMeasure: Bool { Set(series.map(\.isRatio)).count == 1 }

  /// Whether a column's estimates are ratios; `nil` for a column without estimates.
  private static func isRatio(_ column: Int, of table: Table) -> Bool? {
    for row in table.rows where row.cells.indices.contains(column) {
      guard case .estimate(let estimate, let format) = row.cells[column], estimate.hasInterval else {
        continue
      }
      switch format.kind {
      case .ratio: return true
      case .coefficient, .number: return false
      default: continue
      }
    }
    return nil
  }

  private static func isOfPValues(_ column: Int, of table: Table) -> Bool {
    table.rows.contains { row in
      guard row.cells.indices.contains(column), case .pValue = row.cells[column] else { return false }
      return true
    }
  }

  /// Columns of counts before the first estimate: the same for all series, or they are left out.
  private var countColumns: [Int] {
    let first = series.map(\.column).min() ?? 0
    let counts = table.columns.indices.filter { column in
      column > 0 && column < first
        && table.rows.contains { row in
          guard row.cells.indices.contains(column), case .quantity(_, let format) = row.cells[column] else {
            return false
          }
          return format.kind == .count
        }
    }
    return Array(counts.prefix(2))
  }

  func figure(id: String, title: String, style: JournalStyle) -> ForestFigure {
    let counts = countColumns
    let isSeveral = series.count > 1
    let heading = series.first.map { table.columns[$0.column].heading } ?? ""
    return ForestFigure(
      id: id, title: title, measure: series.first?.isRatio ?? true ? .ratio : .difference,
      labelHeading: table.columns.first?.heading ?? "",
      columns: counts.map { table.columns[$0].heading },
      series: series.map { entry in
        ForestFigure.Series(
          name: isSeveral ? table.columns[entry.column].group ?? table.columns[entry.column].heading : "",
          heading: table.columns[entry.column].heading, pHeading: entry.pColumn == nil ? "" : "P value")
      },
      rows: table.rows.map { row($0, counts, style) }, axisLabel: Self.axisLabel(heading))
  }

  private func row(_ row: TableRow, _ counts: [Int], _ style: JournalStyle) -> ForestFigure.Row {
    func cell(_ column: Int?) -> TableCell {
      column.flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil } ?? .empty
    }
    let isReference = series.contains { cell($0.column) == .reference }
    let estimates = series.map { estimate(cell($0.column), p: cell($0.pColumn), style) }
    let hasEstimate = series.contains { if case .estimate = cell($0.column) { true } else { false } }
    return ForestFigure.Row(
      cell(0).text(style),
      kind: isReference ? .reference : !hasEstimate ? .heading : row.role == .total ? .overall : .estimate,
      indent: row.indent, cells: counts.map { cell($0).text(style) }, estimates: estimates)
  }

  private func estimate(_ cell: TableCell, p: TableCell, _ style: JournalStyle) -> ForestFigure.Estimate? {
    let pText = p.text(style)
    switch cell {
    case .estimate(let estimate, _):
      return ForestFigure.Estimate(
        value: estimate.value.number, lower: estimate.lower.number, upper: estimate.upper.number,
        text: cell.text(style), pValue: pText)
    case .reference:
      return ForestFigure.Estimate(value: series.first?.isRatio ?? true ? 1 : 0, text: cell.text(style))
    case .empty: return pText.isEmpty ? nil : ForestFigure.Estimate(text: "", pValue: pText)
    default: return ForestFigure.Estimate(text: cell.text(style), pValue: pText)
    }
  }

  /// `HR (95% CI)` written out.
  private static func axisLabel(_ heading: String) -> String {
    for entry in Abbreviation.dictionary where heading.hasPrefix(entry.short + " ") {
      return entry.long.capitalizedFirst + heading.dropFirst(entry.short.count)
    }
    return heading
  }
}
