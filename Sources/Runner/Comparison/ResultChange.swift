// One quantity that is not what it was.

import Presentation

/// A quantity with its interval, where it has one, at one moment.
struct ComparedValue: Sendable, Hashable {
  let value: JSONValue
  let lower: JSONValue?
  let upper: JSONValue?

  init(_ value: JSONValue, lower: JSONValue? = nil, upper: JSONValue? = nil) {
    self.value = value
    self.lower = lower
    self.upper = upper
  }

  var number: Double? { value.number }

  /// Whether the interval holds a value; `nil` without an interval of two numbers.
  func covers(_ value: Double) -> Bool? {
    guard let lower = lower?.number, let upper = upper?.number else { return nil }
    return lower <= value && value <= upper
  }

  /// `NR`, `NE`, `withheld`; `nil` for a number and for any other text.
  var status: String? {
    if case .text(let text) = value, ["NR", "NE", "withheld"].contains(text) { text } else { nil }
  }
}

extension JSONValue {
  var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let integer): Double(integer)
    case .text("Inf"): .infinity
    case .text("-Inf"): -.infinity
    default: nil
    }
  }
}

/// What is more than a change of digits.
enum ChangeFlag: Sendable, Hashable {
  /// A P value came below 0.05, or is no longer below it.
  case significance(isBelow: Bool)
  /// An interval covers the value of no effect now, or does no more.
  case coverage(of: Double, covers: Bool)
  /// NR, NE or withheld stands where a number did, a number where one of these did, or one for another.
  case status(from: String?, to: String?)
  /// The same of a limit, while the estimate is a number.
  case limitStatus(from: String?, to: String?)
  /// An estimate is on the other side of no effect.
  case direction(across: Double)
  case added, removed

  var rank: Int {
    switch self {
    case .significance: 0
    case .coverage: 1
    case .status: 2
    case .direction: 3
    case .removed: 4
    case .added: 5
    case .limitStatus: 6
    }
  }

  /// The flag's name in JSON.
  var name: String {
    switch self {
    case .significance: "crosses-0.05"
    case .coverage: "interval"
    case .status: "status"
    case .limitStatus: "limit-status"
    case .direction: "direction"
    case .added: "added"
    case .removed: "removed"
    }
  }

  /// The flag in words.
  var words: String {
    switch self {
    case .significance(let isBelow): isBelow ? "now below 0.05" : "no longer below 0.05"
    case .coverage(let value, let covers):
      "interval \(covers ? "now" : "no longer") covers \(NumberFormat.shortest(value))"
    case .status(let old, let new):
      Self.transition(old, new)
    case .limitStatus(let old, let new): "limit " + Self.transition(old, new)
    case .direction(let value): "now on the other side of \(NumberFormat.shortest(value))"
    case .added: "added"
    case .removed: "removed"
    }
  }

  private static func transition(_ old: String?, _ new: String?) -> String {
    switch new ?? old {
    case "NR": new == nil ? "reached now" : "now not reached"
    case "NE": new == nil ? "estimable now" : "now not estimable"
    case let other?: (new == nil ? "no longer " : "now ") + other
    case nil: ""
    }
  }
}

/// A quantity that differs between two moments.
struct ResultChange: Sendable {
  let path: String
  let old: ComparedValue?
  let new: ComparedValue?
  /// The most important first.
  let flags: [ChangeFlag]
  let isPValue: Bool

  /// New minus old, where both are finite numbers.
  var difference: Double? {
    guard let old = old?.number, let new = new?.number, old.isFinite, new.isFinite else { return nil }
    return new - old
  }

  /// The difference as a part of the old value; not of P values, whose ratios say nothing.
  var relativeDifference: Double? {
    guard !isPValue, let difference, let old = old?.number, old != 0, difference != 0 else { return nil }
    return difference / abs(old)
  }

  var id: String { ResultName(path).id }
  /// Whether it is more than a change of digits.
  var isFlagged: Bool { !flags.isEmpty }
  /// Whether one of the two moments does not have it.
  var isOneSided: Bool { old == nil || new == nil }
}
