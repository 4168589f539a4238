// Tables: columns by name, rows by mask.

import Testing

@testable import DataTables

struct DataTableTests {
  let numbers = Column(name: "x", numbers: [1, 2, .nan, 4])
  let texts = Column(name: "g", texts: ["a", "b", "b", nil])

  @Test("Columns must be as long as the table and differ in name")
  func invalid() {
    #expect(throws: DataTableError.duplicateColumn("x")) {
      try DataTable(name: "t", columns: [numbers, numbers])
    }
    #expect(throws: DataTableError.unequalLengths(column: "y", expected: 4, found: 1)) {
      try DataTable(name: "t", columns: [numbers, Column(name: "y", numbers: [1])])
    }
  }

  @Test("A table without columns can have rows")
  func noColumns() throws {
    let table = try DataTable(name: "t", columns: [], rowCount: 3)
    #expect(table.rowCount == 3)
    #expect(table.filtered(mask: [true, false, true]).rowCount == 2)
  }

  @Test("Filtering keeps order, levels and the rows asked for")
  func filtering() throws {
    let table = try DataTable(name: "t", columns: [numbers, texts])
    let some = table.filtered(mask: [false, true, false, true])
    #expect(some.rowCount == 2)
    #expect(some["x"]?.texts == ["2", "4"])
    #expect(some["g"]?.levels == ["a", "b"])
    #expect(some["g"]?.texts == ["b", nil])
    #expect(table.filtered(keeping: [3, 0, 0, 9, -1])["x"]?.texts == ["4", "1", "1"])
    #expect(table.filtered(mask: []).rowCount == 0)
    #expect(table.filtered(mask: [true, true, true, true, true]).rowCount == 4)
  }

  @Test("Adding puts a column at the end or in its namesake's place")
  func adding() throws {
    let table = try DataTable(name: "t", columns: [numbers, texts])
    #expect(
      try table.adding(Column(name: "y", flags: [true, true, true, nil])).columnNames == ["x", "g", "y"])
    let replaced = try table.adding(Column(name: "x", numbers: [9, 9, 9, 9]))
    #expect(replaced.columnNames == ["x", "g"])
    #expect(replaced["x"]?.texts == ["9", "9", "9", "9"])
    #expect(throws: DataTableError.self) { try table.adding(Column(name: "y", numbers: [1])) }
  }

  @Test("Selecting keeps the table's order")
  func selecting() throws {
    let table = try DataTable(name: "t", columns: [numbers, texts]).named("u")
    #expect(table.name == "u")
    #expect(table.selecting(["g", "x", "nope"]).columnNames == ["x", "g"])
    #expect(table.selecting(["g"])["x"] == nil)
    #expect(table.selecting(["g"])["g"]?.count == 4)
  }
}
