// How many stand at or before a place, in a number of steps that no number of rows changes.

/// Counts by place with their partial sums, sixteen places to a group and sixteen groups to a group of the next level.
///
/// One count in a group adds to all later places of it at once, so that reading a partial sum takes one number of each
/// level: three for four thousand event times. A class that owns its memory, since it is changed in the innermost loop.
final class RankCounts {
  private let groups: UnsafeMutablePointer<SIMD16<Int32>>
  private let counts: UnsafeMutablePointer<Int32>
  /// First group of each level, lowest first.
  private let starts: UnsafeMutablePointer<Int>
  private let levelCount: Int
  /// What a count adds to the sixteen places of its group: from its own on, and from the one after it on.
  private let steps: UnsafeMutablePointer<SIMD16<Int32>>

  init(_ initial: [Int32]) {
    var sizes: [Int] = []
    var size = max(initial.count, 1)
    repeat {
      size = (size + 15) / 16
      sizes.append(size)
    } while size > 1
    levelCount = sizes.count
    let groupCount = sizes.reduce(0, +)
    groups = .allocate(capacity: groupCount)
    groups.initialize(repeating: .zero, count: groupCount)
    counts = UnsafeMutableRawPointer(groups).bindMemory(to: Int32.self, capacity: groupCount * 16)
    starts = .allocate(capacity: levelCount)
    steps = .allocate(capacity: 32)
    steps.initialize(repeating: .zero, count: 32)
    for place in 0..<16 {
      for later in place..<16 {
        steps[place][later] = 1
        if later > place { steps[16 + place][later] = 1 }
      }
    }
    var values = initial
    var start = 0
    for level in 0..<levelCount {
      (starts + level).initialize(to: start)
      var totals = [Int32](repeating: 0, count: sizes[level])
      for (place, value) in values.enumerated() {
        let group = place >> 4
        counts[start * 16 + place] = level == 0 ? totals[group] + value : totals[group]
        totals[group] += value
      }
      // Places after the last of an unfilled group are never read.
      values = totals
      start += sizes[level]
    }
  }

  deinit {
    groups.deallocate()
    starts.deallocate()
    steps.deallocate()
  }

  /// One more at a place, which must be in range.
  @inline(__always)
  func add(at place: Int) {
    var place = place
    groups[place >> 4] &+= steps[place & 15]
    for level in 1..<max(levelCount, 1) {
      place >>= 4
      groups[starts[level] + (place >> 4)] &+= steps[16 + (place & 15)]
    }
  }

  /// Those at places 0 … `place`; none for a negative one.
  @inline(__always)
  func sum(through place: Int) -> Int32 {
    guard place >= 0 else { return 0 }
    var place = place
    var sum = counts[place]
    for level in 1..<max(levelCount, 1) {
      place >>= 4
      sum &+= counts[starts[level] * 16 + place]
    }
    return sum
  }
}
