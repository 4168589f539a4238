// How many rows and events stand behind a line of a regression table.

import ModelFormula
import NumericalMethods

extension ModelRow {
  /// Rows of the analysis that belong to the line, and those of them whose mark is not 0; counted once.
  func tally(events: [UInt8], threads: Int) -> Tally {
    knownTally.value {
      switch members {
      case .level(.bytes(let codes), let level):
        levelTallies.value { Self.counts(codes, events, threads) }[Int(UInt8(truncatingIfNeeded: level))]
      case .few(let codes, let table):
        zip(table, Self.counts(codes, events, threads)).first { value, _ in value == 1 }?.1 ?? Tally()
      default: Self.count(members, events, threads)
      }
    }
  }

  /// The tallies of all codes in one pass.
  private static func counts(_ codes: [UInt8], _ events: [UInt8], _ threads: Int) -> [Tally] {
    let rowCount = min(codes.count, events.count)
    let chunks = FixedChunks(count: rowCount, size: 1 << 16)
    let parts = codes.withUnsafeBufferPointer { codes in
      events.withUnsafeBufferPointer { events in
        nonisolated(unsafe) let (codes, events) = (codes, events)
        return Parallel.map(chunks: chunks.count, threads: threads) { chunk in
          // Without and with the event, code by code; neighbours have tables of their own, so that none waits for another.
          var counts = [UInt32](repeating: 0, count: 4 * 512)
          counts.withUnsafeMutableBufferPointer { counts in
            for row in chunks[chunk] {
              counts[(row & 3) << 9 | Int(codes[row]) << 1 | (events[row] == 0 ? 0 : 1)] &+= 1
            }
          }
          return counts
        }
      }
    }
    func count(_ index: Int) -> Int {
      parts.reduce(0) { sum, part in
        sum + stride(from: index, to: part.count, by: 512).reduce(0) { $0 + Int(part[$1]) }
      }
    }
    return (0..<256).map { code in
      let events = count(2 * code + 1)
      return Tally(count: count(2 * code) + events, events: events)
    }
  }

  private static func count(_ members: Members?, _ events: [UInt8], _ threads: Int) -> Tally {
    let chunks = FixedChunks(count: events.count, size: 1 << 16)
    let parts = Parallel.map(chunks: chunks.count, threads: threads) { chunk in
      let rows = chunks[chunk]
      switch members {
      case nil: return count(events, rows) { _ in true }
      case .few(let codes, _):
        return count(events, rows.clamped(to: 0..<codes.count)) { members?.contains($0) ?? true }
      case .level(.bytes(let codes), let level):
        let known = rows.clamped(to: 0..<codes.count)
        return count(events, known) { Int32(codes[$0]) == level }
      case .level(.words(let codes), let level):
        return codes.withUnsafeBufferPointer { codes in
          count(events, rows.clamped(to: 0..<codes.count)) { codes[$0] == level }
        }
      case .both:
        return count(events, rows) { members?.contains($0) ?? true }
      case .flag(let values):
        return values.withUnsafeBufferPointer { values in
          count(events, rows.clamped(to: 0..<values.count)) { values[$0] == 1 }
        }
      }
    }
    return parts.reduce(Tally()) { Tally(count: $0.count + $1.count, events: $0.events + $1.events) }
  }

  /// Narrow sums over short stretches are what the compiler makes vectors of.
  @inline(__always)
  private static func count(_ events: [UInt8], _ rows: Range<Int>, _ belongs: (Int) -> Bool) -> Tally {
    events.withUnsafeBufferPointer { events in
      var count: Int32 = 0
      var marked: Int32 = 0
      for row in rows {
        let member: Int32 = belongs(row) ? 1 : 0
        count &+= member
        marked &+= events[row] == 0 ? 0 : member
      }
      return Tally(count: Int(count), events: Int(marked))
    }
  }
}
