// Nodes, fillings and bounds of the enumeration behind Fisher's exact test.

/// Row totals, descending, packed into 128 bits.
struct PackedNode: Hashable, Comparable {
  private let high: UInt64
  private let low: UInt64
  private let width: Int
  private let count: Int

  /// nil when the numbers do not fit.
  init?(_ totals: [Int], greatest: Int) {
    let width = Int.bitWidth - Swift.max(greatest, 1).leadingZeroBitCount
    guard width * totals.count <= 128, width <= 32 else { return nil }
    self.init(totals, width: width)
  }

  private init(_ totals: [Int], width: Int) {
    var high: UInt64 = 0
    var low: UInt64 = 0
    for total in totals {
      high = high << UInt64(width) | low >> UInt64(64 - width)
      low = low << UInt64(width) | UInt64(total)
    }
    self.high = high
    self.low = low
    self.width = width
    count = totals.count
  }

  /// Other totals, none greater, in the same shape.
  func repacked(_ totals: [Int]) -> PackedNode { PackedNode(totals, width: width) }

  var unpacked: [Int] {
    var result = [Int](repeating: 0, count: count)
    var (high, low) = (high, low)
    for index in stride(from: count - 1, through: 0, by: -1) {
      result[index] = Int(low & (1 << UInt64(width) - 1))
      low = low >> UInt64(width) | high << UInt64(64 - width)
      high >>= UInt64(width)
    }
    return result
  }

  static func < (left: PackedNode, right: PackedNode) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

/// All ways to spread a column over rows with room for it, one after the other.
struct ColumnFilling {
  private let rows: [Int]
  private let column: Int
  private var isStarted = false
  private(set) var counts: [Int]
  /// What the rows have left.
  private(set) var left: [Int]

  init(rows: [Int], column: Int) {
    self.rows = rows
    self.column = column
    counts = rows.map { _ in 0 }
    left = rows
  }

  /// Moves to the next way; false after the last.
  mutating func advance() -> Bool {
    guard isStarted else {
      isStarted = true
      return spread(column, from: 0)
    }
    // Find the last row that can take one more from the rows behind it.
    var behind = counts.last ?? 0
    for index in stride(from: rows.count - 2, through: 0, by: -1) {
      if behind > 0, counts[index] < rows[index] {
        counts[index] += 1
        left[index] -= 1
        return spread(behind - 1, from: index + 1)
      }
      behind += counts[index]
    }
    return false
  }

  /// Puts `amount` as far back as it goes into the rows from `first` on: the first way in the order of `advance`.
  private mutating func spread(_ amount: Int, from first: Int) -> Bool {
    var amount = amount
    for index in stride(from: rows.count - 1, through: first, by: -1) {
      counts[index] = Swift.min(rows[index], amount)
      left[index] = rows[index] - counts[index]
      amount -= counts[index]
    }
    return amount == 0
  }
}

/// Bounds of the weight of the columns still to be filled, and the log of the sum of all their fillings.
struct FisherBounds {
  let most: Double
  let least: Double
  let all: Double

  init(rows: [Int], columns: [Int], _ factorials: [Double]) {
    let total = columns.reduce(0, +)
    all =
      factorials[total] - rows.reduce(0) { $0 + factorials[$1] } - columns.reduce(0) { $0 + factorials[$1] }
    // The flattest filling of each line alone is at least as probable as any table; the most lopsided one that the
    // other margin allows at most as probable.
    most = Swift.min(
      columns.reduce(0) { $0 - Self.flattest($1, rows.count, factorials) },
      rows.reduce(0) { $0 - Self.flattest($1, columns.count, factorials) })
    least = Swift.max(
      columns.reduce(0) { $0 - Self.steepest($1, rows, factorials) },
      rows.reduce(0) { $0 - Self.steepest($1, columns, factorials) })
  }

  /// Least Σ log x! over `parts` cells of sum `total`.
  private static func flattest(_ total: Int, _ parts: Int, _ factorials: [Double]) -> Double {
    guard parts > 0 else { return 0 }
    let share = total / parts
    let more = total % parts
    return Double(parts - more) * factorials[share] + (more > 0 ? Double(more) * factorials[share + 1] : 0)
  }

  /// Greatest Σ log x! over cells of sum `total`, none above its limit; limits descending.
  private static func steepest(_ total: Int, _ limits: [Int], _ factorials: [Double]) -> Double {
    var left = total
    var sum = 0.0
    for limit in limits where left > 0 {
      let count = Swift.min(limit, left)
      sum += factorials[count]
      left -= count
    }
    return sum
  }
}
