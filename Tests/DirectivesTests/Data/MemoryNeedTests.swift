// What a data set is said to need depends on what is done with it.

import DataTables
import Foundation
import Testing

@testable import Directives

@Suite struct MemoryNeedTests {
  @Test func countingNeedsLittleMoreThanTheColumns() {
    let extent = DataExtent(rowCount: 10_000_000, columnBytes: 50_000_000)
    #expect(MemoryNeed(extent, directives: ["data", "kaplan-meier", "log-rank"]).bytes == 890_000_000)
    #expect(MemoryNeed(extent, directives: ["data", "linear", "cox"]).bytes == 1_450_000_000)
    #expect(MemoryNeed(extent, directives: ["data", "cox", "propensity"]).bytes == 2_750_000_000)
    // While the file is read the columns are there twice.
    let wide = DataExtent(rowCount: 10, columnBytes: 400_000_000)
    #expect(MemoryNeed(wide, directives: ["data"]).bytes == 1_000_000_000)
  }

  /// The document that `make bench` runs took less than is said beforehand, at every size that was measured, and what
  /// is said is not two and a half times as much where rows are many.
  @Test func registriesTakeNoMoreThanWasSaid() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let page = try String(contentsOf: root.appending(path: "Documentation/performance.md"), encoding: .utf8)
    let document = try String(contentsOf: root.appending(path: "Benchmarks/registry.md"), encoding: .utf8)
    let directives = document.matches(of: /```{([a-z-]+)/).map { String($0.1) }
    var found = 0
    for measured in page.matches(of: /### (\d+) rows\s+[^;]*; at most ([\d.]+) MB of memory/) {
      let (rows, megabytes) = (try #require(Int(measured.1)), try #require(Double(measured.2)))
      // Twelve columns of the simulator, and two that are derived.
      let need = MemoryNeed(DataExtent(rowCount: rows, columnBytes: 27 * rows), directives: directives)
      #expect(Double(need.bytes) >= megabytes * 1e6)
      if rows >= 10_000_000 { #expect(Double(need.bytes) < 2.5 * megabytes * 1e6) }
      found += 1
    }
    #expect(found == 4)
  }
}
