// Rows sorted beside their keys, so that no key is looked up.

/// Rows beside their keys, which are sorted together.
public struct KeyedRows {
  let keys: UnsafeMutableBufferPointer<UInt64>
  let rows: UnsafeMutableBufferPointer<Int32>

  /// One row for each key.
  public init(keys: UnsafeMutableBufferPointer<UInt64>, rows: UnsafeMutableBufferPointer<Int32>) {
    (self.keys, self.rows) = (keys, rows)
  }

  /// Brings the places of a range into ascending order of their keys; equal keys stay as they stand.
  ///
  /// - Parameters:
  ///   - range: places of rows.
  ///   - known: leading bits in which all keys of the range agree.
  public func sort(_ range: Range<Int>, agreeingIn known: Int = 0) {
    guard range.count > 24 else {
      insertionSort(range)
      return
    }
    // One pass by the leading bits leaves parts that are short on average.
    var bits = 1
    while 1 << bits < range.count / 4, bits < 14 { bits += 1 }
    let shift = UInt64(64 - bits)
    var starts = [Int32](repeating: 0, count: 1 << bits + 1)
    withUnsafeTemporaryAllocation(of: (key: UInt64, row: Int32).self, capacity: range.count) { copy in
      starts.withUnsafeMutableBufferPointer { starts in
        for place in range {
          copy[place - range.lowerBound] = (keys[place], rows[place])
          starts[Int((keys[place] << UInt64(known)) >> shift) + 1] += 1
        }
        for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
        for element in copy {
          let digit = Int((element.key << UInt64(known)) >> shift)
          let place = range.lowerBound + Int(starts[digit])
          starts[digit] += 1
          keys[place] = element.key
          rows[place] = element.row
        }
        // Each start has moved on to where the next part begins.
        var start = range.lowerBound
        for digit in 0..<(1 << bits) {
          let end = range.lowerBound + Int(starts[digit])
          if end - start > 1 { sortPart(start..<end) }
          start = end
        }
      }
    }
  }

  /// Equal keys would never be told apart by further bits.
  private func sortPart(_ part: Range<Int>) {
    guard part.count > 24 else {
      insertionSort(part)
      return
    }
    if part.allSatisfy({ keys[$0] == keys[part.lowerBound] }) { return }
    let sorted = part.map { (key: keys[$0], row: rows[$0], place: $0) }
      .sorted { $0.key != $1.key ? $0.key < $1.key : $0.place < $1.place }
    for (offset, element) in sorted.enumerated() {
      keys[part.lowerBound + offset] = element.key
      rows[part.lowerBound + offset] = element.row
    }
  }

  private func insertionSort(_ range: Range<Int>) {
    for index in range.dropFirst() {
      let (key, row) = (keys[index], rows[index])
      var place = index
      while place > range.lowerBound, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        rows[place] = rows[place - 1]
        place -= 1
      }
      keys[place] = key
      rows[place] = row
    }
  }
}

extension ContentOrder {
  /// All rows by ascending key, equal keys as they stand: one counting sort by leading bits in parallel, then short ones.
  static func sorted(_ keys: [UInt64], threads: Int) -> [Int32] {
    let count = keys.count
    // Parts of about a thousand rows.
    var bits = 1
    while 1 << bits < count / 1024, bits < 12 { bits += 1 }
    let (shift, partCount, known) = (UInt64(64 - bits), 1 << bits, bits)
    return keys.withUnsafeBufferPointer { keys in
      let parts = LeadingBits(keys: keys, shift: shift)
      let places = PartPlaces(rowCount: count, partCount: partCount, parts: parts, threads: threads)
      return [Int32](unsafeUninitializedCapacity: count) { rows, initialized in
        initialized = count
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { sortedKeys in
          nonisolated(unsafe) let (rows, sortedKeys) = (rows, sortedKeys)
          places.write(parts, to: rows, keys: (keys, sortedKeys), threads: threads)
          Parallel.forEach(chunks: partCount, threads: threads) { part in
            let range = Int(places.starts[part])..<Int(places.starts[part + 1])
            KeyedRows(keys: sortedKeys, rows: rows).sort(range, agreeingIn: known)
          }
        }
      }
    }
  }
}

/// Rows by the leading bits of their keys.
private struct LeadingBits: RowParts, @unchecked Sendable {
  // Safe to share: nobody writes while it is used.
  let keys: UnsafeBufferPointer<UInt64>
  let shift: UInt64

  @inline(__always)
  func part(ofRow row: Int) -> Int { Int(keys[row] >> shift) }
}
