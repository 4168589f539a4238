// The shape of the code: arrows between targets never go back, and what must not stand in the sources does not.

import Foundation
import Testing

@Suite struct ArchitectureTests {
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What each target may import of the project, from the ground up.
  static let allowed: [String: Set<String>] = [
    "Diagnostics": [],
    "NumericalMethods": ["CSpecialFunctions", "CKernels"],
    "DataTables": ["Diagnostics", "Czlib", "CKernels"],
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
      "NumericalMethods",
    ],
    "CommandLineInterface": [
      "Runner", "Directives", "DataTables", "Diagnostics", "Presentation", "CKernels",
    ],
    "meier": ["CommandLineInterface"],
    "ReferenceRunner": ["Presentation"],
    "DocumentFuzzer": ["AnalysisDocument", "Diagnostics", "NumericalMethods"],
    "RegistrySimulator": ["NumericalMethods"],
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

  // MARK: The rules, each giving what breaks it

  static func forbiddenImports(_ sources: [Source]) -> [String] {
    let own = Set(allowed.keys).union(["CSpecialFunctions", "CKernels", "Ccmark", "Czlib"])
    return sources.flatMap { source -> [String] in
      guard let allowed = allowed[source.target] else { return ["no rule for the target of \(source.path)"] }
      return source.imports.filter { own.contains($0) && !allowed.contains($0) }
        .map { "\(source.path) imports \($0)" }
    }
  }

  static func parserImports(_ sources: [Source]) -> [String] {
    sources.filter { $0.imports.contains("Ccmark") }.map(\.path)
  }

  /// Start-up time, and formats of our own: the reference runner alone reads JSON with it.
  static func foundationImports(_ sources: [Source]) -> [String] {
    sources.filter { source in
      source.target != "ReferenceRunner" && source.imports.contains { $0.hasPrefix("Foundation") }
    }.map(\.path)
  }

  static func longFiles(_ sources: [Source]) -> [String] {
    // The last element is what follows the final line end.
    sources.filter { $0.lines.count - 1 > 300 }.map { "\($0.path) has \($0.lines.count - 1) lines" }
  }

  static func endings(_ sources: [Source]) -> [String] {
    sources.flatMap { source in
      ["fatalError(", "preconditionFailure(", "assertionFailure(", "try!", "as!"]
        .filter { word in source.lines.contains { $0.contains(word) } }
        .map { "\(source.path) holds \($0)" }
    }
  }

  // MARK: The sources keep them

  @Test func thereAreSources() { #expect(Self.sources.count > 200) }
  @Test func arrowsNeverGoBack() { #expect(Self.forbiddenImports(Self.sources) == []) }
  @Test func theMarkdownParserIsImportedOnce() { #expect(Self.parserImports(Self.sources).count == 1) }
  @Test func foundationStaysOutOfTheEngine() { #expect(Self.foundationImports(Self.sources) == []) }
  @Test func filesHoldOneIdea() { #expect(Self.longFiles(Self.sources) == []) }
  @Test func nothingEndsTheProcess() { #expect(Self.endings(Self.sources) == []) }

  // MARK: The rules see what breaks them

  private static func source(_ target: String, _ text: String) -> Source {
    Source(
      target: target, path: target + "/X.swift",
      lines: text.split(separator: "\n", omittingEmptySubsequences: false))
  }

  @Test func anArrowBackIsSeen() {
    let cases = [
      ("Survival", "import Regression"), ("Survival", "internal import Presentation"),
      ("Diagnostics", "@testable import DataTables"), ("Figures", "import struct Presentation.Table"),
      ("Directives", "import Ccmark"), ("Elsewhere", "import Glibc"), ("Runner", "  import Survival"),
    ]
    for (target, text) in cases {
      #expect(Self.forbiddenImports([Self.source(target, text)]).count == 1, "\(text)")
    }
    #expect(Self.forbiddenImports([Self.source("Survival", "import NumericalMethods\nimport Glibc")]) == [])
    #expect(Self.parserImports([Self.source("Runner", "import Ccmark")]).count == 1)
  }

  @Test func foundationIsSeen() {
    for text in ["import Foundation", "import FoundationEssentials", "import class Foundation.Process"] {
      #expect(Self.foundationImports([Self.source("Runner", text)]).count == 1, "\(text)")
    }
    #expect(Self.foundationImports([Self.source("ReferenceRunner", "import Foundation")]) == [])
  }

  @Test func longFilesAndEndingsAreSeen() {
    let long = String(repeating: "x\n", count: 301)
    #expect(
      Self.longFiles([Self.source("Runner", long), Self.source("Runner", String(long.dropLast(2)))]).count
        == 1)
    #expect(
      Self.endings([Self.source("Runner", "let a = try! f()\nlet b = c as! D\nfatalError(\"x\")")]).count == 3
    )
  }
}
