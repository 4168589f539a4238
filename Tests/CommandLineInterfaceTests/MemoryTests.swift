// Data that would not fit are refused before they are read, with the number.

import DataTables
import TestSupport
import Testing

@testable import CommandLineInterface

@Suite struct MemoryTests {
  @Test func amountsAreWrittenWithAUnit() {
    #expect(MemorySize(argument: "8G")?.bytes == 8_000_000_000)
    #expect(MemorySize(argument: "1.5g")?.bytes == 1_500_000_000)
    #expect(MemorySize(argument: "500M")?.bytes == 500_000_000)
    for wrong in ["", "G", "8", "8X", "-1G", "1e30T"] { #expect(MemorySize(argument: wrong) == nil) }
    if let available = MemorySize.available { #expect(available > 1_000_000) }
  }

  @Test func aFileTooLargeIsRefusedBeforeItIsRead() throws {
    let project = try CommandProject.make()
    // Three hundred megabytes that take no room on the disk: a table's beginning, then nothing.
    let rows = "id,months,died,grp\n" + (0..<100_000).map { "\($0),\($0 % 90 + 1),\($0 % 2),a\n" }.joined()
    try project.write("data.csv", text: rows)
    try project.enlarge("data.csv", to: 300_000_000)
    let result = try Executable.run(["run", "--memory", "500M", "good.md"], in: project.path)
    #expect(result.status == 1)
    #expect(result.errors.contains("good.md:2:9: error: 'data.csv' needs about "))
    #expect(result.errors.contains(" GB of memory, and 0.5 GB are free [not-enough-memory]"))
    #expect(!project.exists("output"))
  }
}
