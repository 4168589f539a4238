// One reference case, as `Tests/Reference/README.md` describes it.

import Foundation

struct ReferenceCase: Sendable {
  let id: String
  /// File in `data/`; `nil` when the case carries its own numbers.
  let data: String?
  let analysis: String
  let spec: JSONTree
  let expect: [String: JSONTree]
  let tolerance: JSONTree

  init(_ tree: JSONTree) throws {
    guard let id = tree["id"]?.string, let analysis = tree["analysis"]?.string, let spec = tree["spec"] else {
      throw ReferenceFault("a case without id, analysis or spec")
    }
    self.id = id
    self.analysis = analysis
    self.spec = spec
    data = tree["data"]?.string
    expect = tree["expect"]?.object ?? [:]
    tolerance = tree["tolerance"] ?? .null
  }

  /// All cases of `DIR/cases/*.json`, files by name, cases in the files' order.
  static func load(from directory: URL) throws -> [ReferenceCase] {
    let folder = directory.appending(path: "cases")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.sorted()
    return try files.flatMap { name in
      let bytes = try Data(contentsOf: folder.appending(path: name))
      return try JSONDecoder().decode(JSONTree.self, from: bytes).elements.map { try ReferenceCase($0) }
    }
  }

  /// Columns that are categorical, with their levels; the first is the reference.
  var factors: [String: [String]] {
    (spec["factors"]?.object ?? [:]).merging(spec["categorical"]?.object ?? [:]) { factor, _ in factor }
      .mapValues { $0.elements.map(\.words) }
  }

  func numbers(_ name: String) -> [Double] { (spec[name]?.elements ?? []).compactMap(\.number) }
  func strings(_ name: String) -> [String] { (spec[name]?.elements ?? []).map(\.words) }
  func string(_ name: String) -> String? { spec[name]?.string }
  func flag(_ name: String) -> Bool { spec[name]?.flag ?? false }
  func expects(_ statistic: String) -> Bool {
    expect.keys.contains { ReferenceKey($0).statistic == statistic }
  }
}

/// A fault of the reference set or of the runner, not of the engine.
struct ReferenceFault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
