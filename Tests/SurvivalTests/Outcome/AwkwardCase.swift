// Small awkward data sets with R's answers: read from Fixtures/nonparametric.json, which nonparametric.R writes.

import Foundation
import Testing

@testable import Survival

struct AwkwardCase: CustomTestStringConvertible, @unchecked Sendable {
  let name: String
  private let object: [String: Any]
  private let expect: [String: Any]

  var testDescription: String { name }

  static func all(_ kind: String) throws -> [AwkwardCase] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/nonparametric.json")
    let json = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    let objects = try #require(json as? [[String: Any]])
    let cases = try objects.filter { $0["kind"] as? String == kind }.map { try AwkwardCase($0) }
    try #require(!cases.isEmpty)
    return cases
  }

  private init(_ object: [String: Any]) throws {
    self.object = object
    name = try #require(object["name"] as? String)
    expect = try #require(object["expect"] as? [String: Any])
  }

  func numbers(_ key: String) -> [Double]? { (object[key] as? [NSNumber])?.map(\.doubleValue) }
  func number(_ key: String) -> Double? { (object[key] as? NSNumber)?.doubleValue }
  func text(_ key: String) -> String? { object[key] as? String }
  func flag(_ key: String) -> Bool { object[key] as? Bool ?? false }

  func outcome() throws -> SurvivalOutcome {
    try SurvivalOutcome(
      time: try #require(numbers("time")), event: try #require(numbers("event")).map { UInt8($0) },
      entry: numbers("entry"), weights: numbers("weights"))
  }

  func codes(_ key: String) throws -> GroupCodes? {
    guard let codes = numbers(key) else { return nil }
    return try GroupCodes(codes: codes.map { Int32($0) }, names: (0...Int(codes.max() ?? 0)).map(String.init))
  }

  func expected(_ key: String) -> [Double?]? {
    if let number = expect[key] as? NSNumber { return [number.doubleValue] }
    return (expect[key] as? [Any])?.map { ($0 as? NSNumber)?.doubleValue }
  }

  /// Compares values one by one; where R has none, `missingIsFree` lets anything pass.
  func check(
    _ key: String, _ values: [Double?], relative: Double = 1e-11, absolute: Double = 1e-13,
    missingIsFree: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let expected = expected(key) else {
      Issue.record("\(name): R has no \(key)", sourceLocation: sourceLocation)
      return
    }
    #expect(expected.count == values.count, "\(name) \(key)", sourceLocation: sourceLocation)
    for (index, pair) in zip(values, expected).enumerated() {
      guard let reference = pair.1 else {
        #expect(
          missingIsFree || pair.0?.isNaN != false, "\(name) \(key)[\(index)]: \(pair.0 as Any), R has none",
          sourceLocation: sourceLocation)
        continue
      }
      #expect(
        abs((pair.0 ?? .nan) - reference) <= absolute + relative * abs(reference),
        "\(name) \(key)[\(index)]: \(pair.0 as Any), R has \(reference)", sourceLocation: sourceLocation)
    }
  }
}
