// The words and numbers of one change, the same in every rendering.

import Presentation

/// Old and new value with as many digits as it takes to tell them apart, and what lies between them.
struct ChangeText {
  let old: String
  let new: String
  let difference: String

  init(_ change: ResultChange) {
    let pair = Self.pair(change.old, change.new)
    (old, new) = pair
    difference = Self.difference(change)
  }

  static func pair(_ old: ComparedValue?, _ new: ComparedValue?) -> (String, String) {
    for digits in 3...12 {
      let (a, b) = (text(old, digits), text(new, digits))
      if a != b || digits == 12 { return (a, b) }
    }
    return ("", "")
  }

  private static func text(_ value: ComparedValue?, _ digits: Int) -> String {
    guard let value else { return "–" }
    let estimate = text(value.value, digits)
    guard let lower = value.lower, let upper = value.upper, lower != .null || upper != .null else {
      return estimate
    }
    let limits = [text(lower, digits), text(upper, digits)]
    return estimate + " (" + limits.joined(separator: limits.contains { $0.hasPrefix("-") } ? " to " : "–")
      + ")"
  }

  private static func text(_ value: JSONValue, _ digits: Int) -> String {
    switch value {
    case .integer(let integer): String(integer)
    case .number(let number): self.number(number, digits)
    case .text(let text): text
    case .null: "–"
    default: value.compactText
    }
  }

  /// So many significant digits, but never fewer than the whole number has; no zeros at the end.
  static func number(_ number: Double, _ digits: Int) -> String {
    let whole = abs(number) < 1e15 ? NumberFormat.fixed(abs(number), digits: 0).utf8.count : 0
    let rounded = NumberFormat.significant(number, digits: max(digits, whole))
    return Double(rounded).map { NumberFormat.shortest($0) } ?? rounded
  }

  /// `+0.09 (+14%)`
  private static func difference(_ change: ResultChange) -> String {
    guard let difference = change.difference else { return "" }
    guard difference != 0 else { return "0" }
    let absolute = signed(number(difference, 3))
    guard let relative = change.relativeDifference else { return absolute }
    let percent = number(100 * relative, abs(relative) < 0.1 ? 2 : 3)
    return "\(absolute) (\(signed(percent))%)"
  }

  private static func signed(_ text: String) -> String { text.hasPrefix("-") ? text : "+" + text }
}

extension ClaimChange {
  /// `the claim fails now`, with the reason where there is one.
  var words: String {
    switch new {
    case .holds: "holds now"
    case .fails: isNew ? "is new and fails" : "fails now"
    case .undecided(let reason):
      "\(isNew ? "is new and cannot" : "cannot") be decided\(isNew ? "" : " now"): \(reason)"
    case .unavailable: "names a result that is not there"
    }
  }
}

/// Additions and removals of a directive told as one, so that a new table is not a hundred lines.
struct ChangeRows {
  struct Collapsed {
    let id: String
    let flag: ChangeFlag
    let count: Int
  }

  /// Changes told one by one.
  var single: [ResultChange] = []
  var collapsed: [Collapsed] = []

  init(_ changes: [ResultChange], limit: Int = 3) {
    var counts: [String: Int] = [:]
    func key(_ change: ResultChange) -> String? {
      guard let flag = change.flags.first, flag == .added || flag == .removed else { return nil }
      return flag.name + " " + change.id
    }
    for change in changes { if let key = key(change) { counts[key, default: 0] += 1 } }
    var told: Set<String> = []
    for change in changes {
      if let key = key(change), let count = counts[key], count > limit, let flag = change.flags.first {
        if told.insert(key).inserted { collapsed.append(Collapsed(id: change.id, flag: flag, count: count)) }
      } else {
        single.append(change)
      }
    }
  }
}
