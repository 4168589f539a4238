// How often each byte occurs.

/// Counts of the 256 values of a byte, in one pass.
public enum ByteCounts {
  /// - Returns: 256 counts. Cost: O(n).
  public static func of(_ bytes: [UInt8]) -> [Int] {
    // Several tables, because a count that was just written cannot be read at once.
    let lanes = 8
    var counts = [Int](repeating: 0, count: 256 * lanes)
    bytes.withUnsafeBufferPointer { bytes in
      counts.withUnsafeMutableBufferPointer { counts in
        let whole = bytes.count - bytes.count % lanes
        var row = 0
        while row < whole {
          for lane in 0..<lanes { counts[lane << 8 | Int(bytes[row &+ lane])] &+= 1 }
          row &+= lanes
        }
        for row in whole..<bytes.count { counts[Int(bytes[row])] &+= 1 }
      }
    }
    return (0..<256).map { byte in (0..<lanes).reduce(0) { $0 + counts[$1 << 8 | byte] } }
  }
}
