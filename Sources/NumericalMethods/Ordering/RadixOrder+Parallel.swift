// The order of many doubles on several threads: by leading bits first, then each part by itself.

extension RadixOrder {
  /// As `ascending`, which it equals for every number of threads.
  public static func ascending(_ values: [Double], threads: Int) -> [Int32] {
    values.withUnsafeBufferPointer { buffer in
      inParts(buffer, threads: threads) ?? ascending(buffer)
    }
  }

  /// By place on a scale from the least to the greatest, as `byPlace`; `nil` where that does not serve.
  private static func inParts(_ values: UnsafeBufferPointer<Double>, threads: Int) -> [Int32]? {
    let count = values.count
    guard count > 1 << 16, count < 1 << 31 else { return nil }
    nonisolated(unsafe) let values = values
    let chunks = FixedChunks(count: count, size: 1 << 15)
    let extremes = Parallel.map(chunks: chunks.count, threads: threads) { chunk in
      var (least, greatest) = (Double.infinity, -Double.infinity)
      for row in chunks[chunk] {
        let value = values[row]
        least = value < least ? value : least
        greatest = value > greatest ? value : greatest
      }
      return (least, greatest)
    }
    let least = extremes.reduce(.infinity) { Swift.min($0, $1.0) }
    let greatest = extremes.reduce(-.infinity) { Swift.max($0, $1.1) }
    let steps = Double(1 << 33 - 2)
    let scale = steps / (greatest - least)
    guard scale.isFinite, scale > 0 else { return nil }
    @Sendable func word(_ row: Int) -> UInt64 {
      let value = values[row]
      let step = value.isNaN ? (1 << 33) - 1 : UInt64(Swift.min((value - least) * scale, steps))
      return step << 31 | UInt64(truncatingIfNeeded: row)
    }
    let partCount = 1 << 11
    var places = Parallel.map(chunks: chunks.count, threads: threads) { chunk in
      var counts = [Int32](repeating: 0, count: partCount)
      counts.withUnsafeMutableBufferPointer { counts in
        for row in chunks[chunk] { counts[Int(word(row) >> 53)] += 1 }
      }
      return counts
    }
    var starts = [Int](repeating: 0, count: partCount + 1)
    var running: Int32 = 0
    for part in 0..<partCount {
      starts[part] = Int(running)
      for chunk in places.indices {
        let here = places[chunk][part]
        places[chunk][part] = running
        running += here
      }
    }
    starts[partCount] = count
    let begins = places
    let borders = starts
    let words = [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      Parallel.forEach(chunks: chunks.count, threads: threads) { chunk in
        var next = begins[chunk]
        next.withUnsafeMutableBufferPointer { next in
          for row in chunks[chunk] {
            let word = word(row)
            let part = Int(word >> 53)
            buffer[Int(next[part])] = word
            next[part] += 1
          }
        }
      }
      initialized = count
    }
    return settledParts(words, values, borders, threads: threads)
  }

  /// Sorts each part by the rest of the bits; `nil` if too many different values share a place.
  private static func settledParts(
    _ words: [UInt64], _ values: UnsafeBufferPointer<Double>, _ starts: [Int], threads: Int
  ) -> [Int32]? {
    nonisolated(unsafe) let values = values
    let groups = FixedChunks(count: starts.count - 1, size: 16)
    var crowded = 0
    let order = [Int32](unsafeUninitializedCapacity: words.count) { buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      crowded = words.withUnsafeBufferPointer { words in
        nonisolated(unsafe) let words = words
        return Parallel.map(chunks: groups.count, threads: threads) { group in
          groups[group].reduce(0) { crowded, part in
            let range = starts[part]..<starts[part + 1]
            var own = Array(words[range])
            sortWords(&own)
            let target = UnsafeMutableBufferPointer(rebasing: buffer[range])
            for index in own.indices { target[index] = Int32(truncatingIfNeeded: own[index] & (1 << 31 - 1)) }
            return crowded + settle(own, values, target, limit: words.count / 16)
          }
        }.reduce(0, +)
      }
      initialized = words.count
    }
    return crowded > words.count / 16 ? nil : order
  }

  /// Words that agree in their eleven leading bits: short lists by comparison, long ones in three passes.
  private static func sortWords(_ words: inout [UInt64]) {
    guard words.count > 64 else {
      words.sort()
      return
    }
    var other = [UInt64](repeating: 0, count: words.count)
    for (shift, bits) in [(31, 8), (39, 7), (46, 7)] as [(UInt64, Int)] {
      let mask = UInt64(1 << bits - 1)
      var starts = [Int32](repeating: 0, count: 1 << bits + 1)
      starts.withUnsafeMutableBufferPointer { starts in
        words.withUnsafeBufferPointer { words in
          other.withUnsafeMutableBufferPointer { other in
            for word in words { starts[Int(word >> shift & mask) + 1] += 1 }
            for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
            for word in words {
              let digit = Int(word >> shift & mask)
              other[Int(starts[digit])] = word
              starts[digit] += 1
            }
          }
        }
      }
      swap(&words, &other)
    }
  }

  /// Orders rows that share a place by value, and counts those in long runs of different values: beyond the limit, where
  /// sorting whole values is less work, it leaves off.
  static func settle(
    _ words: [UInt64], _ values: UnsafeBufferPointer<Double>, _ order: UnsafeMutableBufferPointer<Int32>,
    limit: Int
  ) -> Int {
    var crowded = 0
    var start = 0
    while start < words.count {
      let step = words[start] >> 31
      var end = start + 1
      while end < words.count, words[end] >> 31 == step { end += 1 }
      if end - start > 1 {
        let bits = orderedBits(values[Int(order[start])])
        var isOne = true
        for place in start + 1..<end where orderedBits(values[Int(order[place])]) != bits { isOne = false }
        if !isOne {
          if end - start > 16 { crowded += end - start }
          if crowded > limit { return crowded }
          let run: [(bits: UInt64, row: Int32)] = order[start..<end].map { row in
            (bits: orderedBits(values[Int(row)]), row: row)
          }
          let sorted = run.sorted { $0.bits != $1.bits ? $0.bits < $1.bits : $0.row < $1.row }
          for (offset, element) in sorted.enumerated() { order[start + offset] = element.row }
        }
      }
      start = end
    }
    return crowded
  }
}
