// Numbers of tables and figures.

import AnalysisDocument
import Directives
import Presentation
import Runner
import Testing

@Suite struct NumberingTests {
  private static let table = Table(caption: "", columns: [], rows: [])

  @Test func tablesAreCountedInTheOrderGiven() {
    var numbering = Numbering()
    numbering.add(
      id: "b", blocks: [.table(Self.table, name: nil), .paragraph("x"), .table(Self.table, name: "pairs")])
    numbering.add(id: "nothing", blocks: [])
    numbering.add(id: "a", blocks: [.table(Self.table, name: nil)])
    #expect(numbering.number(.table, id: "b") == "1")
    #expect(numbering.number(.table, id: "b", name: "pairs") == "2")
    #expect(numbering.number(.table, target: "b-pairs") == "2")
    #expect(numbering.number(.table, id: "a") == "3")
    #expect(numbering.number(.figure, id: "a") == nil)
    #expect(numbering.number(.table, id: "nothing") == nil)
    #expect(numbering.targets(.table) == ["a", "b", "b-pairs"])
    #expect(numbering.targets(.figure) == [])
  }
}
