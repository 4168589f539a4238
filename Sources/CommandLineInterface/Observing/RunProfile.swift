// Where a run's time and memory went: `meier run --profile`.

import Directives
import Synchronization

/// Measures every stage; prints them as a table when the run is over.
final class RunProfile: RunObserver {
  private struct Entry: Sendable {
    let stage: RunStage
    let start: ResourceUse
    var end: ResourceUse?
  }

  private let entries = Mutex<[Entry]>([])
  private let start = ResourceUse.now
  private let threads: Int

  let needsOrder = true

  init(threads: Int) { self.threads = threads }

  func began(_ stage: RunStage) {
    let now = ResourceUse.now
    entries.withLock { $0.append(Entry(stage: stage, start: now)) }
  }

  func ended(_ stage: RunStage) {
    let now = ResourceUse.now
    entries.withLock { entries in
      let open = entries.lastIndex { $0.end == nil && $0.stage == stage }
      if let open { entries[open].end = now }
    }
  }

  /// One line per stage: seconds on the clock, seconds of processor time, memory in use after it, and the most so far.
  var report: String {
    let now = ResourceUse.now
    var lines = ["stage\twall s\tcpu s\tmemory MB\tpeak MB"]
    for entry in entries.withLock({ $0 }) {
      let end = entry.end ?? now
      let words = [entry.stage.name, entry.stage.subject].filter { !$0.isEmpty }.joined(separator: " ")
      lines.append(
        String(repeating: "  ", count: entry.stage.depth) + words + "\t" + Self.figures(entry.start, end))
    }
    // The process began before the first stage did.
    lines.append(
      "all, \(threads) \(threads == 1 ? "thread" : "threads")\t" + Self.figures(start, now))
    return Self.aligned(lines)
  }

  private static func figures(_ start: ResourceUse, _ end: ResourceUse) -> String {
    [
      fixed(end.wallTime - start.wallTime, 3), fixed(end.processorTime - start.processorTime, 3),
      fixed(Double(end.residentBytes) / 1e6, 1), fixed(Double(end.peakBytes) / 1e6, 1),
    ].joined(separator: "\t")
  }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    let scale = decimals == 1 ? 10 : 1000
    let count = Int((max(value, 0) * Double(scale)).rounded())
    let rest = String(count % scale)
    return "\(count / scale)." + String(repeating: "0", count: decimals - rest.count) + rest
  }

  /// Columns under one another, numbers to the right.
  private static func aligned(_ lines: [String]) -> String {
    let rows = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n") + "\n"
  }
}
