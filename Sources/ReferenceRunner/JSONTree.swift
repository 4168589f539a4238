// JSON of any shape, as the reference cases and the results hold it.

import Foundation
import Presentation

enum JSONTree: Sendable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONTree])
  case object([String: JSONTree])

  subscript(name: String) -> JSONTree? { if case .object(let members) = self { members[name] } else { nil } }

  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
  var string: String? { if case .text(let text) = self { text } else { nil } }
  var object: [String: JSONTree] { if case .object(let members) = self { members } else { [:] } }

  /// The elements of a list; any other value counts as a list of itself (R writes vectors of one that way).
  var elements: [JSONTree] {
    switch self {
    case .list(let elements): elements
    case .null: []
    default: [self]
    }
  }

  /// Numbers as R prints them, text as it is.
  var words: String {
    switch self {
    case .number(let number): NumberFormat.shortest(number)
    case .text(let text): text
    case .flag(let flag): flag ? "1" : "0"
    case .null, .list, .object: ""
    }
  }

  /// For the results file: seventeen digits, so that nothing is lost on the way to the comparison.
  var jsonText: String {
    switch self {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): NumberFormat.shortest(number)
    case .text(let text): JSONValue.quoted(text)
    case .list(let elements): "[" + elements.map(\.jsonText).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { "\(JSONValue.quoted($0.key)): \($0.value.jsonText)" }
        .joined(separator: ", ") + "}"
    }
  }
}

extension JSONTree: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let elements = try? container.decode([JSONTree].self) {
      self = .list(elements)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
    }
  }
}
