// Whether a data set and the analyses of it will fit into memory, told before anything is read.

import DataTables
import Diagnostics

/// Bytes that a data set takes while it is analysed.
struct MemoryNeed: Sendable, Equatable {
  /// Times, orders, weights and the columns of two models that stand side by side, per row; of what was measured on ten
  /// million rows propensity scores and their weighted outcomes take most, 150.
  static let analysisBytesPerRow = 250
  /// What models take whose rows are arranged once and that keep nothing else by row: 35 to 90 at ten million rows, 100
  /// with a robust variance of a generalised linear model, and as much for quantiles and ranks in a summary.
  static let leanBytesPerRow = 120
  /// What directives take that count rows, where these have to be looked at one by one.
  static let countingBytesPerRow = 64
  /// What the process takes whatever the data.
  static let basicBytes = 200_000_000

  /// Directives that need little more of the rows than their numbers.
  private static let counting: Set<String> = [
    "claims", "cumulative-incidence", "data", "data-dictionary", "flow", "follow-up", "kaplan-meier",
    "log-rank",
    "merge", "milestone", "restricted-mean", "stack",
  ]

  /// Models and descriptions of `leanBytesPerRow`.
  private static let lean: Set<String> = [
    "concordance", "cox", "fine-gray", "linear", "logistic", "parametric-survival", "poisson",
    "proportional-hazards", "rates", "summary",
  ]

  let bytes: Int

  /// - Parameter directives: the names of the document's directives.
  init(_ extent: DataExtent, directives: [String]) {
    let more = directives.filter { !Self.counting.contains($0) }
    let bytesPerRow =
      more.isEmpty
      ? Self.countingBytesPerRow
      : more.allSatisfy(Self.lean.contains) ? Self.leanBytesPerRow : Self.analysisBytesPerRow
    // While a file is read its columns lie in memory in parts, and then as a whole.
    let columns = 2 * extent.columnBytes
    bytes = Self.basicBytes + max(columns, extent.columnBytes + extent.rowCount * bytesPerRow)
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
