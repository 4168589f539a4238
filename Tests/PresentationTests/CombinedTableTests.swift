// Tables side by side and under one another.
import Testing

@testable import Presentation

@Suite struct CombinedTableTests {
  static func model(_ rows: [(String, Int, Double?)], notes: [String]) -> Table {
    Table(
      columns: [TableColumn("Variable", alignment: .left), TableColumn("HR (95% CI)"), TableColumn("P")],
      rows: rows.map { label, indent, ratio in
        guard let ratio else { return .header(label, indent: indent) }
        return TableRow(
          [
            .text(label), .estimate(Estimate(ratio, lower: ratio / 2, upper: ratio * 2), .ratio),
            .pValue(.value(0.04)),
          ], indent: indent)
      }, notes: notes)
  }

  static let crude = model(
    [("Age", 0, 1.5), ("Sex", 0, nil), ("female", 1, 0.8), ("Site", 0, nil), ("female", 1, 3)],
    notes: ["Efron ties", "649 rows"])
  static let adjusted = model(
    [("Age", 0, 1.25), ("Stage", 0, 2), ("Site", 0, nil), ("female", 1, 2.5), ("Grade", 0, 0.5)],
    notes: ["427 rows", "Efron ties"])

  @Test func mergedRowsMeetByTheirFullNames() {
    let table = Table.merged(
      [NamedTable("Crude", Self.crude), NamedTable("Adjusted", Self.adjusted)], caption: "Both")
    #expect(
      table.markdownGrid(.plain) == """
        | Variable | Crude HR (95% CI) | Crude P | Adjusted HR (95% CI) | Adjusted P |
        |:--|--:|--:|--:|--:|
        | Age | 1.50 (0.75–3.00) | 0.040 | 1.25 (0.63–2.50) | 0.040 |
        | Stage | | | 2.00 (1.00–4.00) | 0.040 |
        | Sex | | | | |
        | &emsp;female | 0.80 (0.40–1.60) | 0.040 | | |
        | Site | | | | |
        | &emsp;female | 3.00 (1.50–6.00) | 0.040 | 2.50 (1.25–5.00) | 0.040 |
        | Grade | | | 0.50 (0.25–1.00) | 0.040 |

        """)
    #expect(table.notes == ["Crude: 649 rows", "Adjusted: 427 rows", "Efron ties"])
  }

  @Test func stackedTablesShareTheirColumns() {
    let short = Table(
      columns: [TableColumn("Group", alignment: .left), TableColumn("P"), TableColumn("N")],
      rows: [TableRow([.text("all"), .pValue(.value(0.5)), .count(7)])])
    let table = Table.stacked(
      [NamedTable("Death", Self.adjusted), NamedTable("Relapse", short)], caption: "")
    #expect(table.columns.map(\.heading) == ["", "HR (95% CI)", "P", "N"])
    #expect(table.rows.map(\.indent) == [0, 1, 1, 1, 2, 1, 0, 1])
    #expect(
      table.csv().hasSuffix("Death: Grade,0.50 (0.25–1.00),0.040,\r\nRelapse,,,\r\nRelapse: all,,0.500,7\r\n")
    )
  }

  @Test func chosenRowsBringTheirLevels() {
    let (rows, unknown) = Self.crude.selecting(rows: ["Site", "Age", "Size"])
    #expect(rows.fullLabels == ["Site", "Site: female", "Age"])
    #expect(unknown == ["Size"])
    let (columns, none) = Self.crude.selecting(columns: ["P", "HR (95% CI)"])
    #expect(columns.columns.map(\.heading) == ["Variable", "P", "HR (95% CI)"])
    #expect(none == [])
  }

  @Test func hiddenTablesStayTables() {
    var table = Self.crude
    table.isHidden = true
    #expect(table != Self.crude)
    #expect(table.csv() == Self.crude.csv())
  }
}
