// The shape of the code: arrows between targets never go back, and what must not stand in the sources does not.

import Foundation
import Testing

@Suite struct ArchitectureTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What each target may import of the project, from the ground up.
  static let allowed: [String: Set<String>] = [
    "Diagnostics": [],
    "NumericalMethods": ["CSpecialFunctions", "CKernels"],
    "DataTables": ["Diagnostics", "Czlib"],
    "Expressions": ["DataTables", "Diagnostics", "NumericalMethods"],
    "ModelFormula": ["Expressions", "DataTables", "Diagnostics", "NumericalMethods"],
    "Survival": ["NumericalMethods"],
    "Regression": ["NumericalMethods"],
    "HypothesisTests": ["NumericalMethods"],
    "Presentation": [],
    "Figures": [],
    "AnalysisDocument": ["Ccmark", "Diagnostics"],
    "Directives": [
      "AnalysisDocument", "ModelFormula", "Expressions", "DataTables", "Diagnostics", "Survival",
      "Regression",
      "HypothesisTests", "NumericalMethods", "Presentation", "Figures",
    ],
    "Runner": [
      "Directives", "AnalysisDocument", "Expressions", "DataTables", "Diagnostics", "Presentation", "Figures",
    ],
    "CommandLineInterface": ["Runner", "Directives", "DataTables", "Diagnostics"],
    "meier": ["CommandLineInterface"],
    "ReferenceRunner": ["Presentation"],
  ]

  struct Source {
    let target: String
    let path: String
    let lines: [Substring]

    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position <= 2, !line.contains("//") else {
          return nil
        }
        return words.last.map { String($0.split(separator: ".").first ?? $0) }
      }
    }
  }

  static let sources: [Source] = {
    let folder = root.appending(path: "Sources")
    let files = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))
    var sources: [Source] = []
    while let path = files?.nextObject() as? String {
      guard path.hasSuffix(".swift"), let target = path.split(separator: "/").first,
        let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
      else { continue }
      sources.append(
        Source(
          target: String(target), path: path,
          lines: text.split(separator: "\n", omittingEmptySubsequences: false)))
    }
    return sources
  }()

  @Test func arrowsNeverGoBack() {
    #expect(Self.sources.count > 200)
    let own = Set(Self.allowed.keys).union(["CSpecialFunctions", "CKernels", "Ccmark", "Czlib"])
    for source in Self.sources {
      guard let allowed = Self.allowed[source.target] else {
        Issue.record("no rule for the target of \(source.path)")
        continue
      }
      for name in source.imports where own.contains(name) {
        #expect(allowed.contains(name), "\(source.path) imports \(name)")
      }
    }
  }

  @Test func theMarkdownParserIsImportedOnce() {
    #expect(Self.sources.filter { $0.imports.contains("Ccmark") }.count == 1)
  }

  @Test func foundationStaysOutOfTheEngine() {
    for source in Self.sources where source.target != "ReferenceRunner" {
      #expect(!source.imports.contains("Foundation"), "\(source.path)")
    }
  }

  @Test func filesHoldOneIdea() {
    for source in Self.sources {
      // The last element is what follows the final line end.
      #expect(source.lines.count - 1 <= 300, "\(source.path) has \(source.lines.count - 1) lines")
    }
  }

  @Test func nothingEndsTheProcess() {
    for source in Self.sources {
      for word in ["fatalError(", "preconditionFailure(", "try!", "as!"] {
        #expect(!source.lines.contains { $0.contains(word) }, "\(source.path) holds \(word)")
      }
    }
  }
}
