// Reads the reference cases of the nonparametric estimators: data, specification and R's values.

import Foundation
import Testing

@testable import Survival

/// One case of Tests/Reference, with the rows that its analysis uses.
final class NonparametricReferenceCase: CustomTestStringConvertible {
  let id: String
  let spec: [String: Any]
  let expect: [String: Any]
  let tolerance: [String: Any]
  private let columns: [String: [String]]
  let rowCount: Int
  private var checked: Set<String> = []

  var testDescription: String { id }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Reference")

  static func all(_ analysis: String) throws -> [NonparametricReferenceCase] {
    let data = try Data(contentsOf: root.appendingPathComponent("cases/\(analysis).json"))
    let list = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    return try list.map { try NonparametricReferenceCase($0) }.filter { $0.expect["outcome"] == nil }
  }

  private init(_ object: [String: Any]) throws {
    id = try #require(object["id"] as? String)
    let spec = try #require(object["spec"] as? [String: Any])
    self.spec = spec
    expect = try #require(object["expect"] as? [String: Any])
    tolerance = object["tolerance"] as? [String: Any] ?? [:]
    let file = try #require(object["data"] as? String)
    let text = try String(contentsOf: Self.root.appendingPathComponent("data/\(file)"), encoding: .utf8)
    var lines = text.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
    }
    let header = lines.removeFirst()
    let position = Dictionary(uniqueKeysWithValues: header.enumerated().map { ($1, $0) })
    for condition in spec["subset"] as? [[String: Any]] ?? [] {
      let column = try #require(position[condition["var"] as? String ?? ""])
      lines.removeAll { $0[column] != "\(condition["value"] ?? "")" }
    }
    let response = spec["response"] as? [String: Any] ?? [:]
    var used = ["time", "start", "event"].compactMap { response[$0] as? String }
    used += ["group", "weights", "cluster", "strata"].compactMap { spec[$0] as? String }
    used += spec["strata"] as? [String] ?? []
    let usedColumns = used.compactMap { position[$0] }
    lines.removeAll { line in usedColumns.contains { line[$0].isEmpty } }
    rowCount = lines.count
    columns = position.mapValues { column in lines.map { $0[column] } }
  }

  var response: [String: Any] { spec["response"] as? [String: Any] ?? [:] }
  var times: [Double] { spec["times"] as? [Double] ?? [] }
  var probabilities: [Double] { spec["probs"] as? [Double] ?? [] }
  func number(_ key: String) -> Double? { (spec[key] as? NSNumber)?.doubleValue }
  func text(_ key: String) -> String? { spec[key] as? String }

  func numbers(_ column: String) -> [Double] { (columns[column] ?? []).map { Double($0) ?? .nan } }

  /// Rows by the column's value; levels in the order of the case, without those that do not occur.
  func codes(_ names: [String]) throws -> GroupCodes {
    let levels = spec["factors"] as? [String: [String]] ?? [:]
    let keys = (0..<rowCount).map { row in names.map { columns[$0]?[row] ?? "" }.joined(separator: "\u{1}") }
    let present = Set(keys)
    let ordered = names.count == 1 ? levels[names[0]]?.filter(present.contains) : nil
    let distinct = ordered ?? present.sorted()
    let index = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
    return try GroupCodes(codes: keys.map { index[$0] ?? -1 }, names: distinct)
  }

  func groups() throws -> GroupCodes {
    try text("group").map { try codes([$0]) } ?? .single(rowCount: rowCount)
  }

  /// Key part of a group, none without grouping.
  func part(_ name: String) -> [String] {
    text("group").map { [$0 + "=" + Self.escaped(name)] } ?? []
  }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += "\\|[]".contains($1) ? "\\\($1)" : "\($1)" }
  }

  func outcome() throws -> SurvivalOutcome {
    let eventColumn = try #require(columns[response["event"] as? String ?? ""])
    let causes = (response["causes"] as? [Int])?.map(String.init)
    let value = "\(response["event_value"] ?? "")"
    let event = eventColumn.map { cell in
      UInt8(causes.map { ($0.firstIndex(of: cell) ?? -1) + 1 } ?? (cell == value ? 1 : 0))
    }
    return try SurvivalOutcome(
      time: numbers(response["time"] as? String ?? ""), event: event,
      entry: (response["start"] as? String).map(numbers), weights: text("weights").map(numbers))
  }

  static func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : "\(value)"
  }

  /// Compares a value with R's by the case's tolerance; a key that R does not report is no failure.
  func check(_ statistic: String, _ parts: [String] = [], _ value: Double?) {
    let key = parts.isEmpty ? statistic : "\(statistic)[\(parts.joined(separator: "|"))]"
    guard let wanted = expect[key] else { return }
    checked.insert(key)
    guard let reference = (wanted as? NSNumber)?.doubleValue else {
      let free = ["se", "lower", "upper", "cumhaz.se", "se.aalen"].contains(statistic)
      #expect(free || value == nil, "\(id) \(key): \(String(describing: value)), R has \(wanted)")
      return
    }
    let limits = tolerance[statistic] as? [String: Any] ?? tolerance
    let relative = (limits["rel"] as? NSNumber)?.doubleValue ?? 1e-9
    let absolute = (limits["abs"] as? NSNumber)?.doubleValue ?? 1e-12
    // Ours are closed forms: a hundred times tighter than the case asks for, where it asks for no more.
    #expect(
      abs((value ?? .nan) - reference) <= (absolute + relative * abs(reference)) / 100,
      "\(id) \(key): \(String(describing: value)), R has \(reference)")
  }

  /// Keys of the case that nothing was compared with.
  var unchecked: [String] { expect.keys.filter { !checked.contains($0) }.sorted() }
}
