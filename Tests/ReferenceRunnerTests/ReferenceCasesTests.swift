// All reference cases, each through a document and the executable.

import Foundation
import TestSupport
import Testing

@Suite struct ReferenceCasesTests {
  private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Reference").path(percentEncoded: false)

  /// The folders with the number of cases that hold in part only: in one, R leaves out a level without rows that Meier keeps.
  @Test(arguments: [
    ("", 0), ("/EdgeCrossed", 0), ("/EdgeMixed", 0), ("/EdgeRare", 0), ("/EdgeRegression", 0),
    ("/EdgeSurvival", 1),
  ])
  func hold(_ cases: String, inPart: Int) throws {
    let result = try Executable.run([Self.folder + cases], in: Self.folder, product: "ReferenceRunner")
    let last = result.output.split(separator: "\n").last.map(String.init) ?? result.errors
    #expect(last.hasSuffix("pass, \(inPart) partial, 0 fail, 0 absent"), "\(last)")
  }
}
