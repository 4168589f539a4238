// Looking for values of a design that no computation can use.

extension ColumnValues {
  /// Per column, the first row whose value is not finite or whose code has no value; columns that share their codes are
  /// looked at once.
  public static func firstFaults(_ columns: [ColumnValues], threads: Int) -> [Int?] {
    let first = columns.indices.map { index in
      columns[..<index].firstIndex { columns[index].sharesCodes(with: $0) } ?? index
    }
    let found = Parallel.map(chunks: columns.count, threads: threads) { index in
      first[index] == index ? columns[index].firstFault : nil
    }
    return columns.indices.map { found[first[$0]] }
  }

  private func sharesCodes(with other: ColumnValues) -> Bool {
    guard case .coded(let codes, let table) = self, case .coded(let others, let otherTable) = other,
      codes.count == others.count, table.count == otherTable.count
    else { return false }
    return table.allSatisfy(\.isFinite) && otherTable.allSatisfy(\.isFinite)
      && codes.withUnsafeBufferPointer { codes in
        others.withUnsafeBufferPointer { codes.baseAddress == $0.baseAddress }
      }
  }

  private var firstFault: Int? {
    switch self {
    case .dense(let values):
      values.withUnsafeBufferPointer { values in
        Self.firstFault(count: values.count) { values[$0].exponentBitPattern == 0x7ff }
      }
    case .coded(let codes, let table):
      codes.withUnsafeBufferPointer { codes in
        let limit = UInt32(clamping: table.count)
        if table.allSatisfy(\.isFinite) {
          return Self.firstFault(count: codes.count) { UInt32(bitPattern: codes[$0]) >= limit }
        }
        return codes.firstIndex { UInt32(bitPattern: $0) >= limit || !table[Int($0)].isFinite }
      }
    }
  }

  @inline(__always)
  private static func firstFault(count: Int, _ isFaulty: (Int) -> Bool) -> Int? {
    for rows in FixedChunks(count: count) {
      var faults: Int32 = 0
      for row in rows { faults &+= isFaulty(row) ? 1 : 0 }
      if faults > 0 { return rows.first(where: isFaulty) }
    }
    return nil
  }
}
