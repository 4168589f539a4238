// Whether a data set and the analyses of it will fit into memory, told before anything is read.

import DataTables
import Diagnostics

/// Bytes that a data set takes while it is analysed.
struct MemoryNeed: Sendable, Equatable {
  /// Times, orders, weights and one model's columns, per row; measured on registries of millions.
  static let analysisBytesPerRow = 200
  /// What the process takes whatever the data.
  static let basicBytes = 200_000_000

  let bytes: Int

  init(_ extent: DataExtent) {
    // While a file is read its columns lie in memory in parts, and then as a whole.
    let columns = 2 * extent.columnBytes
    bytes = Self.basicBytes + max(columns, extent.columnBytes + extent.rowCount * Self.analysisBytesPerRow)
  }

  /// - Throws: `not-enough-memory`, with both numbers.
  func check(against available: Int, _ path: String, at range: SourceRange) throws(Diagnostic) {
    guard bytes > available else { return }
    throw Diagnostic(
      .notEnoughMemory,
      "'\(path)' needs about \(Self.gigabytes(bytes)) GB of memory, and \(Self.gigabytes(available)) GB are free",
      at: range,
      remedy: "use fewer columns or rows, close other programs, or say with --memory how much may be used")
  }

  /// One decimal, rounded up for what is needed and to the nearest for what is there.
  private static func gigabytes(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000_000) / 100_000_000
    return "\(tenths / 10).\(tenths % 10)"
  }
}
