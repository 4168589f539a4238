// Stable ascending orders in linear time.

/// The order of a column: the row numbers sorted by value, equal values in row order, not-a-number last.
public enum RadixOrder {
  /// Row numbers by ascending value. −0 and 0 are equal. Counting by value where all are whole numbers in a small
  /// range (days), otherwise radix passes of 11 bits, skipping those that change nothing.
  public static func ascending(_ values: [Double]) -> [Int32] {
    values.withUnsafeBufferPointer { ascending($0) }
  }

  /// The same for values anywhere in memory.
  public static func ascending(_ values: UnsafeBufferPointer<Double>) -> [Int32] {
    if let range = wholeNumberRange(values) {
      return counting(count: values.count, buckets: range.count) { Int(values[$0]) - range.lowerBound }
    }
    if let order = byPlace(values) { return order }
    var keys = [UInt64](unsafeUninitializedCapacity: values.count) { buffer, count in
      for row in 0..<values.count { buffer[row] = orderedBits(values[row]) }
      count = values.count
    }
    return radix(&keys)
  }

  /// Row numbers by ascending key.
  public static func ascending(_ keys: [Int32]) -> [Int32] {
    guard let least = keys.min(), let greatest = keys.max() else { return [] }
    let span = Int(greatest) - Int(least) + 1
    if span <= Swift.max(1 << 16, 2 * keys.count) {
      return keys.withUnsafeBufferPointer { buffer in
        counting(count: buffer.count, buckets: span) { Int(buffer[$0]) - Int(least) }
      }
    }
    var bits = keys.map { UInt64(UInt32(bitPattern: $0) ^ 0x8000_0000) }
    return radix(&bits)
  }

  /// Row numbers by ascending key.
  public static func ascending(_ keys: [Int]) -> [Int32] {
    var bits = keys.map { UInt64(bitPattern: Int64($0)) ^ (1 << 63) }
    return radix(&bits)
  }

  /// The bits of a double as an unsigned number that compares as the double does; not-a-number is the greatest.
  public static func orderedBits(_ value: Double) -> UInt64 {
    if value.isNaN { return .max }
    let bits = (value + 0).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | (1 << 63)
  }

  /// Least to greatest when every value is a whole number and the span is worth a counting sort.
  static func wholeNumberRange(_ values: UnsafeBufferPointer<Double>) -> ClosedRange<Int>? {
    guard values.count > 0 else { return nil }
    var least = Double.infinity
    var greatest = -Double.infinity
    for value in values {
      guard value.magnitude < 4e9, value == value.rounded(.towardZero) else { return nil }
      least = Swift.min(least, value)
      greatest = Swift.max(greatest, value)
    }
    guard greatest - least < Double(Swift.max(1 << 12, values.count)) else { return nil }
    return Int(least)...Int(greatest)
  }

  private static func counting(count: Int, buckets: Int, _ bucket: (Int) -> Int) -> [Int32] {
    var starts = [Int32](repeating: 0, count: buckets + 1)
    for row in 0..<count { starts[bucket(row) + 1] += 1 }
    for index in 1...buckets { starts[index] += starts[index - 1] }
    return [Int32](unsafeUninitializedCapacity: count) { order, initialized in
      for row in 0..<count {
        let index = bucket(row)
        order[Int(starts[index])] = Int32(row)
        starts[index] += 1
      }
      initialized = count
    }
  }

  private static func radix(_ keys: inout [UInt64]) -> [Int32] {
    let count = keys.count
    var order = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      for row in 0..<count { buffer[row] = Int32(row) }
      initialized = count
    }
    guard count > 1 else { return order }
    let bits = 11
    let size = 1 << bits
    let passes = (64 + bits - 1) / bits
    var histograms = [Int32](repeating: 0, count: passes * size)
    for key in keys {
      for pass in 0..<passes {
        histograms[pass * size + Int((key >> UInt64(pass * bits)) & UInt64(size - 1))] += 1
      }
    }
    var otherKeys = [UInt64](repeating: 0, count: count)
    var otherOrder = [Int32](repeating: 0, count: count)
    for pass in 0..<passes {
      let offset = pass * size
      let shift = UInt64(pass * bits)
      if histograms[offset + Int((keys[0] >> shift) & UInt64(size - 1))] == Int32(count) { continue }
      var running: Int32 = 0
      for digit in 0..<size {
        let here = histograms[offset + digit]
        histograms[offset + digit] = running
        running += here
      }
      scatter(
        keys: keys, order: order, shift: shift, mask: UInt64(size - 1), starts: &histograms, offset: offset,
        intoKeys: &otherKeys, intoOrder: &otherOrder)
      swap(&keys, &otherKeys)
      swap(&order, &otherOrder)
    }
    return order
  }

  private static func scatter(
    keys: [UInt64], order: [Int32], shift: UInt64, mask: UInt64, starts: inout [Int32], offset: Int,
    intoKeys: inout [UInt64], intoOrder: inout [Int32]
  ) {
    starts.withUnsafeMutableBufferPointer { starts in
      intoKeys.withUnsafeMutableBufferPointer { newKeys in
        intoOrder.withUnsafeMutableBufferPointer { newOrder in
          for row in 0..<keys.count {
            let key = keys[row]
            let slot = offset + Int((key >> shift) & mask)
            let position = Int(starts[slot])
            starts[slot] += 1
            newKeys[position] = key
            newOrder[position] = order[row]
          }
        }
      }
    }
  }
}
