// The results of a document at one moment.

import DataTables
import Expressions
import Presentation

/// Every quantity of a `results.json` under its path, and what each directive's results rested on.
struct ResultSnapshot: Sendable {
  /// Numbers, texts such as `NR`, and null; without fingerprints, which measure nothing.
  let values: [String: JSONValue]
  /// Id → what is recorded about its inputs, nested records under joined names; without the digest of the output.
  let inputs: [String: [String: String]]

  static let empty = ResultSnapshot(values: [:], inputs: [:])

  init(values: [String: JSONValue], inputs: [String: [String: String]]) {
    self.values = values
    self.inputs = inputs
  }

  /// `nil` when the bytes are not a results file of Meier's.
  init?(_ bytes: [UInt8]) {
    guard case .object(let members)? = JSONReader.value(of: bytes),
      case .object(let recorded)? = members["inputs"]
    else { return nil }
    values = members.filter { path, value in
      if ResultName(path).member == "fingerprint" { return false }
      switch value {
      case .number, .integer, .text, .null: return true
      case .flag, .list, .object: return false
      }
    }
    inputs = recorded.mapValues { entry in
      var flat: [String: String] = [:]
      Self.flatten(entry, under: "", into: &flat)
      flat[InputRecord.resultKey] = nil
      return flat
    }
  }

  private static func flatten(_ value: JSONValue, under name: String, into flat: inout [String: String]) {
    switch value {
    case .object(let members):
      for (key, member) in members {
        flatten(member, under: name.isEmpty ? key : name + " " + key, into: &flat)
      }
    case .text(let text): flat[name] = text
    default: flat[name] = value.compactText
    }
  }
}

/// A result's path taken apart as far as a comparison needs it.
struct ResultName: Sendable, Hashable {
  let path: String
  /// The id the path begins with.
  let id: String
  /// The last name behind a dot: `hr`, `p`, `lower`; empty when there is none.
  let member: String

  init(_ path: String) {
    self.path = path
    var names: [String] = [""]
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    for character in path {
      if isQuoted {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isQuoted = false
        }
        continue
      }
      switch character {
      case "\"": isQuoted = true
      case "[", "(": depth += 1
      case "]", ")": depth -= 1
      case "." where depth == 0: names.append("")
      default: if depth == 0 { names[names.count - 1].append(character) }
      }
    }
    id = names[0]
    member = names.count > 1 ? names[names.count - 1] : ""
  }

  /// Whether the path is a limit of the quantity it continues.
  var estimate: String? {
    for limit in [".lower", ".upper"] where path.hasSuffix(limit) {
      return String(path.dropLast(limit.count))
    }
    return nil
  }

  var isPValue: Bool {
    member == "p" || member.hasPrefix("p_") || Self.adjustments.contains(member)
  }

  /// The value that means no effect: 1 for ratios, 0 for differences and coefficients.
  var noEffect: Double? {
    if Self.ratios.contains(member) || member.hasSuffix("_ratio") { return 1 }
    if Self.differences.contains(member) || member.hasSuffix("_difference") { return 0 }
    return nil
  }

  private static let ratios: Set<String> = ["hr", "shr", "or", "rr", "irr", "ratio"]
  private static let differences: Set<String> = ["difference", "coefficient"]
  private static let adjustments: Set<String> = [
    "holm", "bonferroni", "hochberg", "benjamini_hochberg", "benjamini_yekutieli",
  ]
}

/// A snapshot as claims see it.
struct SnapshotScope: ResultScope {
  let snapshot: ResultSnapshot

  func value(of path: ResultPath) -> ResultLookup { recorded(path.text).map { .value($0) } ?? .unknown }
  func recorded(_ name: String) -> ScopedValue? { snapshot.values[name].map { ScopedValue(Self.value($0)) } }
  func table(_ id: String) -> DataTable? { nil }
  var ids: [String] { Set(snapshot.values.keys.map { ResultName($0).id }).sorted() }
  func paths(of id: String) -> [String] { [] }

  private static func value(_ value: JSONValue) -> NamedValue {
    switch value {
    case .integer(let count): .count(count)
    case .number(let number): .number(number)
    case .text("NR"): .notReached
    case .text("NE"): .notEstimable
    case .text("withheld"): .withheld
    case .text("Inf"): .number(.infinity)
    case .text("-Inf"): .number(-.infinity)
    case .text(let text): .text(text)
    case .flag(let flag): .flag(flag)
    case .null, .list, .object: .missing
    }
  }
}
