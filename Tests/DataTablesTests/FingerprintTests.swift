// Fingerprints see the rows and nothing else.

import Testing

@testable import DataTables

struct FingerprintTests {
  private func fingerprint(_ columns: Column..., rows: Int? = nil) throws -> String {
    Fingerprint(try DataTable(name: "t", columns: columns, rowCount: rows)).full
  }

  @Test("It never changes between versions")
  func pinned() throws {
    let full = try fingerprint(
      Column(name: "age", numbers: [61.5, .nan, 40]), Column(name: "sex", texts: ["f", "m", nil]),
      Column(name: "died", flags: [true, false, nil]), Column(name: "seen", days: [12053, -1, .min]))
    #expect(full.count == 64)
    #expect(full == "908557d937fd436f18d2d220885ee5219ca89671873dc47b7b02877bb5d6ea9e")
  }

  @Test("Row order, column order, storage, level order and unused levels do not matter")
  func indifferent() throws {
    let x = Column(name: "x", numbers: [1, 2, 2, 300, .nan])
    let g = Column(name: "g", texts: ["a", "b", "b", nil, "c"])
    let first = try fingerprint(x, g)
    let wide = Column(name: "x", type: .number, storage: .double([1, 2, 2, 300, .nan]))
    let other = Column(name: "g", codes: [3, 1, 1, -1, 0], levels: ["c", "b", "unused", "a"])
    #expect(try fingerprint(other, wide) == first)
    let table = try DataTable(name: "t", columns: [x, g]).filtered(keeping: [4, 1, 0, 3, 2])
    #expect(Fingerprint(table).full == first)
    #expect(try fingerprint(Column(name: "x", numbers: [1, 2, 2, 300, .nan]), g.renamed("h")) != first)
    let zeros = [-0.0, 0.0].map { Column(name: "x", type: .number, storage: .double([$0, 0.5])) }
    #expect(try fingerprint(zeros[0]) == fingerprint(zeros[1]))
  }

  @Test("Every value, its row and its column matter")
  func sensitive() throws {
    var seen: Set<String> = []
    func add(_ columns: [Column]) throws {
      let full = Fingerprint(try DataTable(name: "t", columns: columns)).full
      #expect(seen.insert(full).inserted)
    }
    func numbers(_ name: String, _ values: [Double]) -> Column { Column(name: name, numbers: values) }
    try add([numbers("x", [1, 2]), numbers("y", [3, 4])])
    try add([numbers("x", [1, 2]), numbers("y", [4, 3])])
    try add([numbers("x", [3, 4]), numbers("y", [1, 2])])
    try add([numbers("x", [1, 2]), numbers("y", [3, .nan])])
    try add([numbers("x", [1, .nan]), numbers("y", [3, 2])])
    try add([numbers("x", [1, 1]), numbers("y", [1, 1])])
    try add([numbers("x", [1]), numbers("y", [1])])
    try add([numbers("x", [1, 1, 1]), numbers("y", [1, 1, 1])])
    try add([numbers("x", [1])])
    try add([Column(name: "x", flags: [true])])
    try add([Column(name: "x", texts: ["1"])])
    try add([Column(name: "x", days: [1])])
    try add([numbers("x", [])])
    try add([Column(name: "x", texts: [nil])])
    try add([numbers("x", [.nan])])
    try add([Column(name: "x", texts: ["a", "b"]), Column(name: "y", texts: ["b", "a"])])
    try add([Column(name: "x", texts: ["b", "a"]), Column(name: "y", texts: ["b", "a"])])
  }

  @Test("Only the columns named count")
  func columns() throws {
    let x = Column(name: "x", numbers: [1, 2])
    let y = Column(name: "y", numbers: [5, 6])
    let both = try DataTable(name: "t", columns: [y, x])
    let one = Fingerprint(both, columns: ["x", "nope"])
    #expect(one == Fingerprint(try DataTable(name: "t", columns: [x])))
    #expect(one.columns == ["x"])
    #expect(one.rowCount == 2)
    #expect(one.short == String(one.full.prefix(12)))
    #expect(Fingerprint(both).columns == ["x", "y"])
    #expect(Fingerprint(both, columns: []) != Fingerprint(both))
  }

  @Test("Threads do not matter")
  func threads() throws {
    let count = 100_000
    let table = try DataTable(
      name: "t",
      columns: [
        Column(name: "x", numbers: (0..<count).map { Double($0 * 7919 % 1009) / 4 }),
        Column(
          name: "g", codes: (0..<count).map { Int32($0 % 300) }, levels: (0..<300).map { "level \($0)" }),
      ])
    #expect(Fingerprint(table, threads: 1) == Fingerprint(table, threads: 4))
  }

  @Test("Several in one pass are what each is by itself")
  func several() throws {
    let count = 70_000
    let table = try DataTable(
      name: "t",
      columns: [
        Column(name: "wide", numbers: (0..<count).map { $0 % 11 == 0 ? .nan : Double($0) / 8 }),
        Column(name: "id", numbers: (0..<count).map { $0 % 13 == 0 ? .nan : Double($0 * 17) }),
        Column(name: "day", numbers: (0..<count).map { $0 % 7 == 0 ? .nan : Double($0 % 3000 - 1500) }),
        Column(name: "small", numbers: (0..<count).map { $0 % 5 == 0 ? .nan : Double($0 % 100) }),
        Column(
          name: "few", codes: (0..<count).map { Int32($0 % 4) - 1 }, levels: ["x", "y", "z"], type: .text),
        Column(name: "many", codes: (0..<count).map { Int32($0 % 300) }, levels: (0..<300).map { "\($0)" }),
      ])
    let sets: [Set<String>?] = [["wide", "few"], nil, ["id"], [], ["day", "small", "many", "nope"]]
    let together = Fingerprint.all(table, columns: sets, threads: 2)
    #expect(together == sets.map { Fingerprint(table, columns: $0) })
    // Hashed by the definition, value by value.
    var total = RowHash(low: 0, high: 0)
    let hashers = table.columns.map { ColumnHasher($0) }
    for row in 0..<count {
      var sum = RowHash(low: 0, high: 0)
      for (column, hasher) in zip(table.columns, hashers) {
        sum = sum &+ hasher.hash(column.number(row), level: column.level(row))
      }
      total = total &+ sum.permuted
    }
    #expect(
      together[1] == Fingerprint(total, columns: table.columns.sorted { $0.name < $1.name }, rowCount: count))
  }

  @Test("No two of many small tables meet")
  func collisions() throws {
    var seen: Set<RowHash> = []
    for low in 0..<200 as Range<UInt64> {
      for high in 0..<200 as Range<UInt64> { seen.insert(RowHash(low: low, high: high).permuted) }
    }
    #expect(seen.count == 40_000)
  }
}
