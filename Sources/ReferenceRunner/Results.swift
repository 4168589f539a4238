// What stands in `results.json`, found by path.

import Foundation
import Presentation

/// Flat paths and their values. Reasons for a missing number ("NR", "NE", "withheld") read as R's NA.
struct Results: Sendable {
  let values: [String: JSONTree]

  init(_ values: [String: JSONTree]) { self.values = values }

  init(contentsOf file: URL) {
    let tree = (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(JSONTree.self, from: $0) }
    values = tree?.object.filter { $0.key != "inputs" } ?? [:]
  }

  /// The first of the paths that exists.
  func first(_ paths: String...) -> JSONTree? { first(paths) }

  func first(_ paths: [String]) -> JSONTree? {
    for path in paths {
      if let value = values[path] { return Self.comparable(value) }
    }
    return nil
  }

  func number(_ path: String) -> Double? { values[path]?.number }

  static func comparable(_ value: JSONTree) -> JSONTree {
    switch value {
    case .null, .text("NR"), .text("NE"), .text("withheld"): .text("NA")
    default: value
    }
  }

  /// `["hepatic resection"]`, `["treatment", "observation"]`
  static func selector(_ names: [String]) -> String {
    names.isEmpty ? "" : "[" + names.map(JSONValue.quoted).joined(separator: ", ") + "]"
  }

  static func selector(_ names: String...) -> String { selector(names) }

  /// `.at(60)`
  static func call(_ name: String, _ argument: Double) -> String {
    // Results are named by Swift's own shortest form: 60, 0.25, 1e-05.
    let text = Int64(exactly: argument).map(String.init) ?? argument.description
    return ".\(name)(\(text))"
  }

  /// Paths `base["a", "b"]tail`, with the names in the brackets.
  func selections(of base: String, tail: String) -> [(names: [String], path: String)] {
    values.keys.sorted().compactMap { path in
      guard path.hasPrefix(base + "["), path.hasSuffix(tail) else { return nil }
      let selector = path.dropFirst(base.count).dropLast(tail.count)
      return Self.names(in: selector).map { ($0, base + selector) }
    }
  }

  /// The names in `["a", "b"]`; `nil` if the text is anything else.
  static func names(in selector: Substring) -> [String]? {
    guard selector.hasPrefix("["), selector.hasSuffix("]"),
      case .list(let elements)? = try? JSONDecoder().decode(JSONTree.self, from: Data(selector.utf8))
    else { return nil }
    let names = elements.compactMap(\.string)
    return names.count == elements.count && !names.isEmpty ? names : nil
  }
}
