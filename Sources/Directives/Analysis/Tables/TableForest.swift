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

  /// For each series the columns of counts that stand before its estimates, with their headings; those of the series before it
  /// where it has none of its own.
  private var countColumns: [[Int]] {
    var found: [[Int]] = []
    var start = 1
    for entry in series {
      let own = (start..<max(start, entry.column)).filter(isOfCounts)
      found.append(own.isEmpty ? found.last ?? [] : Array(own.prefix(2)))
      start = (entry.pColumn ?? entry.column) + 1
    }
    return found
  }

  private func isOfCounts(_ column: Int) -> Bool {
    table.rows.contains { row in
      guard row.cells.indices.contains(column), case .quantity(_, let format) = row.cells[column] else {
        return false
      }
      return format.kind == .count
    }
  }

  func figure(id: String, title: String, style: JournalStyle) -> ForestFigure {
    let counts = countColumns
    let headings = counts.first { !$0.isEmpty }?.map { table.columns[$0].heading } ?? []
    // A heading stands for one thing: series that count others are left without.
    let comparable = counts.map { $0.map { table.columns[$0].heading } == headings ? $0 : [] }
    let isSeveral = series.count > 1
    let heading = series.first.map { table.columns[$0.column].heading } ?? ""
    return ForestFigure(
      id: id, title: title, measure: series.first?.isRatio ?? true ? .ratio : .difference,
      labelHeading: table.columns.first?.heading ?? "",
      columns: headings,
      series: series.map { entry in
        ForestFigure.Series(
          name: isSeveral ? table.columns[entry.column].group ?? table.columns[entry.column].heading : "",
          heading: table.columns[entry.column].heading, pHeading: entry.pColumn == nil ? "" : "P value")
      },
      rows: rows(comparable, style), axisLabel: Self.axisLabel(heading))
  }

  /// The rows with their counts: once where the series agree, for each series where they do not.
  private func rows(_ counts: [[Int]], _ style: JournalStyle) -> [ForestFigure.Row] {
    func texts(_ row: TableRow, _ columns: [Int]) -> [String] {
      columns.map { row.cells.indices.contains($0) ? row.cells[$0].text(style) : "" }
    }
    let cells = table.rows.map { row in counts.map { texts(row, $0) } }
    let differ = cells.contains { own in
      Set(own.filter { own in own.contains { !$0.isEmpty } }).count > 1
    }
    return zip(table.rows, cells).map { line, own in
      var row = row(line, style)
      if differ {
        row.seriesCells = own
      } else {
        row.cells = own.first { own in own.contains { !$0.isEmpty } } ?? own.first ?? []
      }
      return row
    }
  }

  private func row(_ row: TableRow, _ style: JournalStyle) -> ForestFigure.Row {
    func cell(_ column: Int?) -> TableCell {
      column.flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil } ?? .empty
    }
    let isReference = series.contains { cell($0.column) == .reference }
    let estimates = series.map { estimate(cell($0.column), p: cell($0.pColumn), style) }
    let hasEstimate = series.contains { if case .estimate = cell($0.column) { true } else { false } }
    return ForestFigure.Row(
      cell(0).text(style),
      kind: isReference ? .reference : !hasEstimate ? .heading : row.role == .total ? .overall : .estimate,
      indent: row.indent, estimates: estimates)
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
