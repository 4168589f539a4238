// Groups by code and name.

import Testing

@testable import Survival

@Suite struct GroupCodesTests {
  @Test func refusesCodesWithoutAName() {
    #expect(throws: SurvivalInputError(.groups, .codeOutOfRange, rows: [1, 2])) {
      try GroupCodes(codes: [0, -1, 2], names: ["a", "b"])
    }
    #expect(throws: SurvivalInputError(.strata, .codeOutOfRange, rows: [0])) {
      try GroupCodes(codes: [0], names: [], role: .strata)
    }
  }

  @Test func countsEmptyGroupsToo() throws {
    #expect(try GroupCodes(codes: [2, 0, 2], names: ["a", "b", "c"]).sizes == [1, 0, 2])
  }

  @Test func crossesKeepingWhatOccurs() throws {
    let sex = try GroupCodes(codes: [0, 1, 1, 0], names: ["f", "m"])
    let stage = try GroupCodes(codes: [2, 0, 2, 2], names: ["I", "II", "III"])
    let crossed = try sex.crossed(with: stage)
    #expect(crossed.names == ["f, III", "m, I", "m, III"])
    #expect(crossed.codes == [0, 1, 2, 0])
    #expect(throws: SurvivalInputError.self) { try sex.crossed(with: .single(rowCount: 3)) }
  }
}
