// The simulated registry: the same bytes everywhere, and what it says it is.

import Testing

@testable import RegistrySimulator

@Suite struct SimulatedPatientTests {
  static func text(_ rows: Range<Int>, seed: UInt64) -> String {
    String(decoding: SimulatedPatient.lines(rows, seed: seed, stream: 0), as: UTF8.self)
  }

  @Test func theFirstRowsAreTheseOnEveryMachine() {
    #expect(
      Self.text(0..<3, seed: 1) == """
        1,40,female,32.8,current,2,west midlands,0,0,97,2139,0
        2,66,male,25.9,former,4,north east,0,1,107,3358,0
        3,70,female,23.6,former,1,east midlands,0,1,83,3534,0

        """)
    #expect(Self.text(0..<3, seed: 2) != Self.text(0..<3, seed: 1))
    #expect(Self.text(0..<9, seed: 1).hasPrefix(Self.text(0..<3, seed: 1)))
  }

  @Test func rowsHaveTheHeadersColumnsAndTheirRanges() throws {
    let names = SimulatedPatient.header.dropLast().split(separator: ",")
    var deaths = 0
    for line in Self.text(0..<4000, seed: 7).split(separator: "\n") {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells.count == names.count)
      #expect((18...99).contains(try #require(Int(cells[1]))))
      #expect((1...3653).contains(try #require(Int(cells[10]))))
      if cells[11] == "1" { deaths += 1 }
    }
    // One in seven, as in the simulation that the design was tried on.
    #expect((450...680).contains(deaths), "\(deaths)")
  }
}
