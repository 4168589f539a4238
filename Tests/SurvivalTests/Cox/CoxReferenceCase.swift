// Reads the reference cases of the Cox family: data, design and R's values.

import Foundation
import Testing

@testable import Survival

/// One case of Tests/Reference, with its data as columns.
struct CoxReferenceCase {
  let id: String
  let spec: [String: Any]
  let expect: [String: Any]
  let tolerance: [String: Any]
  private let table: CoxReferenceTable
  /// Rows kept after the subset and without missing values.
  let rows: [Int]
  let missingCount: Int

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Reference")

  static func all(_ analysis: String) throws -> [CoxReferenceCase] {
    let data = try Data(contentsOf: root.appendingPathComponent("cases/\(analysis).json"))
    let list = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    return try list.compactMap { try CoxReferenceCase($0) }
  }

  static func named(_ id: String, in analysis: String) throws -> CoxReferenceCase {
    try #require(try all(analysis).first { $0.id == id })
  }

  private init?(_ object: [String: Any]) throws {
    guard let id = object["id"] as? String, let spec = object["spec"] as? [String: Any],
      let expect = object["expect"] as? [String: Any], let file = object["data"] as? String
    else { return nil }
    self.id = id
    self.spec = spec
    self.expect = expect
    tolerance = object["tolerance"] as? [String: Any] ?? [:]
    let table = try CoxReferenceTable(Self.root.appendingPathComponent("data/\(file)"))
    var used: Set<String> = []
    let response = spec["response"] as? [String: Any] ?? [:]
    for key in ["time", "start", "event"] { if let name = response[key] as? String { used.insert(name) } }
    func collect(_ term: [String: Any]) {
      if let name = term["var"] as? String { used.insert(name) }
      for name in term["vars"] as? [String] ?? [] { used.insert(name) }
      for part in term["of"] as? [[String: Any]] ?? [] { collect(part) }
    }
    for term in spec["terms"] as? [[String: Any]] ?? [] { collect(term) }
    for name in spec["strata"] as? [String] ?? [] { used.insert(name) }
    for key in ["cluster", "weights", "offset", "predictor", "strata"] {
      if let name = spec[key] as? String { used.insert(name) }
    }
    used.remove(".one")
    var kept = Array(0..<table.rowCount)
    for condition in spec["subset"] as? [[String: Any]] ?? [] {
      guard let name = condition["var"] as? String, let value = condition["value"] else { continue }
      kept.removeAll { table.text(name, $0) != "\(value)" }
    }
    let before = kept.count
    kept.removeAll { row in used.contains { table.text($0, row).isEmpty } }
    self.table = table
    rows = kept
    missingCount = before - kept.count
  }

  func text(_ name: String) -> [String] { rows.map { table.text(name, $0) } }
  func numbers(_ name: String) -> [Double] {
    name == ".one" ? rows.map { _ in 1 } : text(name).map { Double($0) ?? .nan }
  }

  var levels: [String: [String]] { spec["factors"] as? [String: [String]] ?? [:] }
  var confidenceLevel: Double { (spec["conf.level"] as? NSNumber)?.doubleValue ?? 0.95 }

  func codes(_ names: [String]) throws -> GroupCodes {
    let keys = rows.map { row in names.map { table.text($0, row) } }
    var seen: [[String]] = []
    if names.count == 1, let order = levels[names[0]] { seen = order.map { [$0] } }
    for key in Set(keys.map { $0.joined(separator: "\u{1}") }).sorted() {
      let parts = key.components(separatedBy: "\u{1}")
      if !seen.contains(parts) { seen.append(parts) }
    }
    var position: [[String]: Int32] = [:]
    for (index, key) in seen.enumerated() { position[key] = Int32(index) }
    let labels = seen.map { parts in zip(names, parts).map { "\($0)=\($1)" }.joined(separator: ", ") }
    return try GroupCodes(codes: keys.map { position[$0] ?? -1 }, names: labels)
  }

  func outcome(cause: Int? = nil) throws -> SurvivalOutcome {
    let response = spec["response"] as? [String: Any] ?? [:]
    let eventName = try #require(response["event"] as? String)
    let value = (response["event_value"] as? NSNumber)?.intValue ?? cause ?? 1
    let event = text(eventName).map { UInt8($0 == "\(value)" ? 1 : 0) }
    let time = numbers(response["time"] as? String ?? ".one")
    let entry = (response["start"] as? String).map(numbers)
    return try SurvivalOutcome(
      time: time, event: event, entry: entry, weights: (spec["weights"] as? String).map(numbers))
  }

  /// The design's columns for these rows, or for new rows given as dictionaries.
  func columns(newRows: [[String: Any]]? = nil) throws -> (columns: [CoxColumn], terms: [CoxTerm]) {
    var columns: [CoxColumn] = []
    var terms: [CoxTerm] = []
    for term in spec["terms"] as? [[String: Any]] ?? [] {
      let built = try build(term, newRows: newRows)
      terms.append(
        CoxTerm(name: built.name, columns: Array(columns.count..<(columns.count + built.columns.count))))
      columns += built.columns.map { .numeric($0.0, $0.1) }
    }
    return (columns, terms)
  }

  private func values(_ name: String, _ newRows: [[String: Any]]?) -> [Double] {
    guard let newRows else { return numbers(name) }
    return newRows.map { ($0[name] as? NSNumber)?.doubleValue ?? Double("\($0[name] ?? "")") ?? .nan }
  }

  private func texts(_ name: String, _ newRows: [[String: Any]]?) -> [String] {
    guard let newRows else { return text(name) }
    return newRows.map { "\($0[name] ?? "")" }
  }

  private func build(
    _ term: [String: Any], newRows: [[String: Any]]?
  ) throws -> (name: String, columns: [(String, [Double])]) {
    switch term["type"] as? String {
    case "numeric":
      let name = try #require(term["var"] as? String)
      return (name, [(name, values(name, newRows))])
    case "factor":
      let name = try #require(term["var"] as? String)
      let cells = texts(name, newRows)
      let order = try #require(levels[name])
      return (
        name, order.dropFirst().map { level in ("\(name)=\(level)", cells.map { $0 == level ? 1 : 0 }) }
      )
    case "interaction":
      var result: [(String, [Double])] = []
      var name = ""
      for part in term["of"] as? [[String: Any]] ?? [] {
        let built = try build(part, newRows: newRows)
        name += name.isEmpty ? built.name : ":" + built.name
        guard !result.isEmpty else {
          result = built.columns
          continue
        }
        // The first factor varies fastest, as in R.
        result = built.columns.flatMap { right in
          result.map { left in ("\(left.0):\(right.0)", zip(left.1, right.1).map { $0 * $1 }) }
        }
      }
      return (name, result)
    default:
      let expression = try #require(term["expr"] as? String)
      let name = try #require((term["vars"] as? [String])?.first)
      let x = values(name, newRows)
      switch term["fun"] as? String {
      case "log": return (expression, [(expression, x.map(log))])
      case "I" where expression == "I(\(name)^2)": return (expression, [(expression, x.map { $0 * $0 })])
      default: throw CoxReferenceError.unsupported(expression)
      }
    }
  }

  /// Compares one value with R's, by the case's tolerance.
  func check(
    _ statistic: String, _ parts: [String] = [], _ value: Double?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let key = parts.isEmpty ? statistic : "\(statistic)[\(parts.joined(separator: "|"))]"
    guard let wanted = expect[key] else { return }
    guard let reference = (wanted as? NSNumber)?.doubleValue else {
      if let text = wanted as? String, text == "NA" {
        let open = ["se", "lower", "upper", "cumhaz.se", "surv.se", "surv.lower", "surv.upper"].contains(
          statistic)
        #expect(open || value == nil || value?.isNaN == true, "\(id) \(key)", sourceLocation: sourceLocation)
      }
      return
    }
    let limits = tolerance[statistic] as? [String: Any] ?? tolerance
    let relative = (limits["rel"] as? NSNumber)?.doubleValue ?? 1e-9
    let absolute = (limits["abs"] as? NSNumber)?.doubleValue ?? 1e-12
    let got = value ?? .nan
    #expect(
      abs(got - reference) <= absolute + relative * abs(reference),
      "\(id) \(key): \(got), R has \(reference)",
      sourceLocation: sourceLocation)
  }

  func number(_ key: String) -> Double? { (expect[key] as? NSNumber)?.doubleValue }
}

enum CoxReferenceError: Error { case unsupported(String) }

/// A plain CSV without quoted newlines.
struct CoxReferenceTable {
  private let names: [String: Int]
  private let cells: [[String]]

  var rowCount: Int { cells.count }

  init(_ url: URL) throws {
    let content = try String(contentsOf: url, encoding: .utf8)
    var lines = content.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
    }
    let header = lines.removeFirst()
    names = Dictionary(uniqueKeysWithValues: header.enumerated().map { ($1, $0) })
    cells = lines
  }

  func text(_ name: String, _ row: Int) -> String {
    guard let column = names[name], column < cells[row].count else { return "" }
    return cells[row][column]
  }
}
