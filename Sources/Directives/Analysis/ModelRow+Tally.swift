// How many rows and events stand behind a line of a regression table.

import ModelFormula
import NumericalMethods

extension ModelRow {
  /// Rows among the first `rowCount` that belong to the line, and those of them that `isEvent` marks; counted once.
  @inline(__always)
  func tally(rowCount: Int, isEvent: (Int) -> Bool) -> Tally {
    knownTally.value {
      switch members {
      case nil: Self.count(rowCount, isEvent) { _ in true }
      case .level(.bytes(let codes), let level):
        levelTallies.value { Self.counts(codes, rowCount, isEvent) }[Int(UInt8(truncatingIfNeeded: level))]
      case .level(.words(let codes), let level):
        codes.withUnsafeBufferPointer { codes in
          Self.count(min(rowCount, codes.count), isEvent) { codes[$0] == level }
        }
      case .flag(let values):
        values.withUnsafeBufferPointer { values in
          Self.count(min(rowCount, values.count), isEvent) { values[$0] == 1 }
        }
      }
    }
  }

  /// The tallies of all codes in one pass.
  @inline(__always)
  private static func counts(_ codes: [UInt8], _ rowCount: Int, _ isEvent: (Int) -> Bool) -> [Tally] {
    // Without and with the event, code by code.
    var counts = [Int](repeating: 0, count: 512)
    counts.withUnsafeMutableBufferPointer { counts in
      codes.withUnsafeBufferPointer { codes in
        for row in 0..<min(rowCount, codes.count) {
          counts[Int(codes[row]) * 2 + (isEvent(row) ? 1 : 0)] += 1
        }
      }
    }
    return (0..<256).map { Tally(count: counts[2 * $0] + counts[2 * $0 + 1], events: counts[2 * $0 + 1]) }
  }

  @inline(__always)
  private static func count(
    _ rowCount: Int, _ isEvent: (Int) -> Bool, _ belongs: (Int) -> Bool
  ) -> Tally {
    var tally = Tally()
    // Narrow sums over short stretches are what the compiler makes vectors of.
    for rows in FixedChunks(count: rowCount, size: 1 << 15) {
      var count: Int32 = 0
      var events: Int32 = 0
      for row in rows {
        let member: Int32 = belongs(row) ? 1 : 0
        count &+= member
        events &+= isEvent(row) ? member : 0
      }
      tally.count += Int(count)
      tally.events += Int(events)
    }
    return tally
  }
}
