// The reference cases of Tests/Reference: what to run and what R found.

import Foundation

/// A value of a JSON document.
public indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(_ any: Any) {
    switch any {
    case let value as NSNumber:
      self = isBoolean(value) ? .bool(value.boolValue) : .number(value.doubleValue)
    case let value as String: self = .string(value)
    case let value as [Any]: self = .array(value.map(JSONValue.init))
    case let value as [String: Any]: self = .object(value.mapValues(JSONValue.init))
    default: self = .null
    }
  }

  public subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { return members[key] }
    return nil
  }

  public var string: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  public var number: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  public var bool: Bool {
    if case .bool(let value) = self { return value }
    return false
  }

  public var array: [JSONValue] {
    if case .array(let value) = self { return value }
    return []
  }

  public var object: [String: JSONValue] {
    if case .object(let value) = self { return value }
    return [:]
  }

  /// Text of a string or number, as a level of a factor is written.
  public var text: String {
    switch self {
    case .string(let value): value
    case .number(let value):
      value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : "\(value)"
    case .bool(let value): value ? "1" : "0"
    default: ""
    }
  }
}

private func isBoolean(_ value: NSNumber) -> Bool { String(cString: value.objCType) == "c" }

/// One case, with the numbers R found and how near they must be met.
public struct ReferenceCase: Sendable {
  public let id: String
  public let dataFile: String?
  public let spec: JSONValue
  public let expect: [String: JSONValue]
  public let tolerance: JSONValue

  public static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Reference")

  /// All cases of one analysis.
  public static func all(_ analysis: String) -> [ReferenceCase] {
    let file = folder.appendingPathComponent("cases/\(analysis).json")
    guard let bytes = try? Data(contentsOf: file), let any = try? JSONSerialization.jsonObject(with: bytes)
    else {
      return []
    }
    return JSONValue(any).array.map { item in
      ReferenceCase(
        id: item["id"]?.string ?? "", dataFile: item["data"]?.string, spec: item["spec"] ?? .null,
        expect: item["expect"]?.object ?? [:], tolerance: item["tolerance"] ?? .null)
    }
  }

  /// The data, restricted to the case's subset.
  public func table() throws -> SimpleCSV {
    let whole = try SimpleCSV(contentsOf: Self.folder.appendingPathComponent("data/\(dataFile ?? "")"))
    let conditions = spec["subset"]?.array ?? []
    return whole.keeping { row in
      conditions.allSatisfy { condition in
        let cell = whole.text(condition["var"]?.string ?? "")[row]
        guard !cell.isEmpty, let value = condition["value"] else { return false }
        return compare(cell, condition["op"]?.string ?? "==", value)
      }
    }
  }

  private func compare(_ cell: String, _ operation: String, _ value: JSONValue) -> Bool {
    if operation == "in" { return value.array.contains { $0.text == cell } }
    if let left = Double(cell), let right = value.number {
      switch operation {
      case "==": return left == right
      case "!=": return left != right
      case "<": return left < right
      case "<=": return left <= right
      case ">": return left > right
      default: return left >= right
      }
    }
    return operation == "!=" ? cell != value.text : cell == value.text
  }

  /// Whether a number meets the expected one; nil when the case does not expect it.
  public func meets(_ key: String, _ got: Double?) -> Bool? {
    guard let expected = expect[key] else { return nil }
    let statistic = String(key.prefix { $0 != "[" })
    let override = tolerance[statistic]
    let relative = override?["rel"]?.number ?? tolerance["rel"]?.number ?? 1e-8
    let absolute = override?["abs"]?.number ?? tolerance["abs"]?.number ?? 1e-10
    switch expected {
    case .number(let value):
      guard let got else { return false }
      return (got - value).magnitude <= absolute + relative * value.magnitude
    case .string("NA"): return got == nil
    case .string("Inf"): return got == .infinity
    case .string("-Inf"): return got == -.infinity
    default: return nil
    }
  }

  /// The keys that `values` misses or gets wrong, with what was got: empty when all of the expected numbers are met.
  /// `leavingOut` names statistics that are not the matter of the test.
  public func failures(_ values: [String: Double?], leavingOut: Set<String> = []) -> [String] {
    expect.keys.sorted().compactMap { key in
      if leavingOut.contains(String(key.prefix { $0 != "[" })) { return nil }
      guard let got = values[key] else {
        return meets(key, nil) == nil ? nil : "\(id): \(key) is not computed"
      }
      guard meets(key, got) == false else { return nil }
      return "\(id): \(key) is \(got.map { "\($0)" } ?? "nil"), expected \(expect[key].map { "\($0)" } ?? "")"
    }
  }
}
