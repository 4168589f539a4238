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
    guard let table, let otherTable = other.table, count == other.count, table.count == otherTable.count,
      table.allSatisfy(\.isFinite), otherTable.allSatisfy(\.isFinite)
    else { return false }
    switch (self, other) {
    case (.coded(let codes, _), .coded(let others, _)): return Self.isSame(codes, others)
    case (.narrow(let codes, _), .narrow(let others, _)): return Self.isSame(codes, others)
    default: return false
    }
  }

  /// Whether two arrays share their storage.
  public static func isSame<Code>(_ one: [Code], _ other: [Code]) -> Bool {
    one.count == other.count
      && one.withUnsafeBufferPointer { one in
        other.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
      }
  }

  private var firstFault: Int? {
    switch self {
    case .whole: nil
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
    case .narrow(let codes, let table):
      codes.withUnsafeBufferPointer { codes in
        let isUsable = (0..<256).map { $0 < table.count && table[$0].isFinite }
        guard isUsable.contains(false) else { return nil }
        guard let least = isUsable.firstIndex(of: false), !isUsable[least...].contains(true) else {
          return codes.firstIndex { !isUsable[Int($0)] }
        }
        return Self.firstFault(count: codes.count) { Int(codes[$0]) >= least }
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
