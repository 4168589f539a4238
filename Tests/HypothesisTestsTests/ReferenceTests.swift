// Every reference case of tests, description, tables and adjusted p-values.

import TestSupport
import Testing

struct ReferenceTests {
  static let cases = ["test", "describe", "table1", "padjust"].flatMap { ReferenceCase.all($0) }

  @Test(arguments: cases.map(\.id)) func meetsR(id: String) throws {
    guard let reference = Self.cases.first(where: { $0.id == id }), reference.expect["outcome"] == nil else {
      return
    }
    let run = ReferenceRun(reference)
    let failures = reference.failures(try run.values())
    #expect(failures == [])
  }
}
