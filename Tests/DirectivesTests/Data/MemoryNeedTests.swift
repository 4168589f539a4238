// What a data set is said to need depends on what is done with it.

import DataTables
import Testing

@testable import Directives

@Suite struct MemoryNeedTests {
  @Test func countingNeedsLittleMoreThanTheColumns() {
    let extent = DataExtent(rowCount: 10_000_000, columnBytes: 50_000_000)
    #expect(MemoryNeed(extent, directives: ["data", "kaplan-meier", "log-rank"]).bytes == 890_000_000)
    #expect(MemoryNeed(extent, directives: ["data", "kaplan-meier", "cox"]).bytes == 3_750_000_000)
    // While the file is read the columns are there twice.
    let wide = DataExtent(rowCount: 10, columnBytes: 400_000_000)
    #expect(MemoryNeed(wide, directives: ["data"]).bytes == 1_000_000_000)
  }
}
