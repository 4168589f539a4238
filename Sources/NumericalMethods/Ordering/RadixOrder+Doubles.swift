// Doubles in three passes: by their place between least and greatest, ties in that settled afterwards.

extension RadixOrder {
  /// Row numbers by ascending value, as `ascending`, or `nil` where the values lie too unevenly for it.
  ///
  /// A value's place on a scale of 2³³ steps from the least to the greatest never runs against its order, so that only
  /// values on one step remain to be sorted. Place and row number share a word, which is what the passes move.
  static func byPlace(_ values: UnsafeBufferPointer<Double>) -> [Int32]? {
    let count = values.count
    guard count > 4096, count < 1 << 31 else { return nil }
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for value in values {
      least = value < least ? value : least
      greatest = value > greatest ? value : greatest
    }
    // Not-a-number comes after the greatest.
    let steps = Double(1 << 33 - 2)
    let scale = steps / (greatest - least)
    guard scale.isFinite, scale > 0 else { return nil }
    var words = [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      for row in 0..<count {
        let value = values[row]
        let step = value.isNaN ? (1 << 33) - 1 : UInt64(Swift.min((value - least) * scale, steps))
        buffer[row] = step << 31 | UInt64(truncatingIfNeeded: row)
      }
      initialized = count
    }
    sortBySteps(&words)
    return settled(words, values)
  }

  /// Three stable passes over the steps, eleven bits each.
  private static func sortBySteps(_ words: inout [UInt64]) {
    let size = 1 << 11
    var starts = [Int](repeating: 0, count: 3 * size)
    for word in words {
      for pass in 0..<3 { starts[pass * size + Int(word >> UInt64(31 + 11 * pass)) & (size - 1)] += 1 }
    }
    for pass in 0..<3 {
      var running = 0
      for digit in pass * size..<(pass + 1) * size {
        let here = starts[digit]
        starts[digit] = running
        running += here
      }
    }
    var other = [UInt64](repeating: 0, count: words.count)
    for pass in 0..<3 {
      let shift = UInt64(31 + 11 * pass)
      starts.withUnsafeMutableBufferPointer { starts in
        words.withUnsafeBufferPointer { words in
          other.withUnsafeMutableBufferPointer { other in
            for word in words {
              let digit = pass * size + Int(word >> shift) & (size - 1)
              other[starts[digit]] = word
              starts[digit] += 1
            }
          }
        }
      }
      swap(&words, &other)
    }
  }

  /// Rows of one step sorted by value; `nil` if that is more work than all passes over whole values.
  private static func settled(_ words: [UInt64], _ values: UnsafeBufferPointer<Double>) -> [Int32]? {
    var order = words.map { Int32(truncatingIfNeeded: $0 & (1 << 31 - 1)) }
    let limit = words.count / 16
    let crowded = order.withUnsafeMutableBufferPointer { settle(words, values, $0, limit: limit) }
    return crowded > limit ? nil : order
  }
}
