// What a path that does not exist was meant to be.

import Diagnostics

/// Finds the results that a path plainly means although it leaves out a part of their names, has the parts in another
/// order, or uses another program's words: `cox["women"].hr` for `cox["sex", "women"].hr`, `.p_value` for `.p`.
///
/// Every part of the path must be found in the result's name, alike but for case, a known synonym, a slip of the
/// finger, or some of the words of a level. What the name has besides, what is only alike and what stands elsewhere
/// counts against it; the names with the lowest sum are the guess.
struct ResultPathGuess {
  /// One part of a path: a member, or an argument in brackets.
  private enum Part: Equatable {
    case member(String)
    case text(String)
    case number(String)
  }

  /// Beyond this a name has less in common with the path than not.
  private static let limit = 6

  private let asked: [ResultPath.Step]
  private let known: [(text: String, parts: [Part])]

  /// - Parameters:
  ///   - path: that does not exist.
  ///   - known: the canonical texts of all results of its id.
  init(_ path: ResultPath, among known: [String]) {
    asked = path.steps
    self.known = known.compactMap { text in
      ResultPath(canonical: text).map { (text, Self.parts($0.steps)) }
    }
  }

  /// The results that are most alike, in the order given; empty when none is alike enough.
  func best() -> [String] {
    let words = Set(
      known.flatMap(\.parts).compactMap { part in
        if case .member(let name) = part { name } else { nil }
      })
    let parts = Self.parts(asked.flatMap { Self.inWords($0, known: words) })
    guard !parts.isEmpty else { return [] }
    var lowest = Self.limit
    var best: [String] = []
    for candidate in known {
      guard let cost = Self.cost(of: parts, in: candidate.parts), cost <= lowest else { continue }
      if cost < lowest { best = [] }
      lowest = cost
      best.append(candidate.text)
    }
    return best
  }

  private static func parts(_ steps: [ResultPath.Step]) -> [Part] {
    steps.flatMap { step -> [Part] in
      switch step {
      case .member(let name): [.member(name)]
      case .index(let arguments), .call(let arguments):
        arguments.map { argument in
          if case .text(let text) = argument { .text(text) } else { .number(argument.text) }
        }
      }
    }
  }

  /// A member of several words as several members, where their names are known: `hr_lower` is `.hr.lower`.
  private static func inWords(_ step: ResultPath.Step, known: Set<String>) -> [ResultPath.Step] {
    guard case .member(let name) = step, !known.contains(name) else { return [step] }
    if let likeness = known.lazy.compactMap({ likeness(name, $0) }).min(), likeness <= 1 { return [step] }
    let words = name.split(separator: "_").map(String.init)
    for cut in stride(from: words.count - 1, to: 0, by: -1) {
      let halves = [words[..<cut], words[cut...]].map { $0.joined(separator: "_") }
      let isKnown = halves.allSatisfy { half in
        ResultWords.empty.contains(half) || known.contains { likeness(half, $0).map { $0 <= 1 } ?? false }
      }
      if isKnown { return halves.filter { !ResultWords.empty.contains($0) }.map { .member($0) } }
    }
    return [step]
  }

  // MARK: Likeness

  /// What speaks against a result's being meant; `nil` when a part of the path is not in its name.
  private static func cost(of asked: [Part], in name: [Part]) -> Int? {
    var cost = 0
    var taken: [Int] = []
    for (position, part) in asked.enumerated() {
      var found: (place: Int, likeness: Int)?
      for (place, candidate) in name.enumerated() where !taken.contains(place) {
        guard let likeness = likeness(part, candidate, isFirst: position == 0),
          likeness < found?.likeness ?? .max
        else { continue }
        found = (place, likeness)
      }
      if let found {
        cost += found.likeness + (taken.last.map { $0 > found.place ? 1 : 0 } ?? 0)
        taken.append(found.place)
      } else if case .text(let text) = part, let pair = joined(text, in: name, besides: taken) {
        // R's name for the level of a factor: sexwomen.
        cost += 1
        taken += pair
      } else if case .member(let word) = part, ResultWords.empty.contains(word) {
        cost += 1
      } else {
        return nil
      }
    }
    if taken.isEmpty { return nil }
    for (place, part) in name.enumerated() where !taken.contains(place) { cost += Self.cost(ofMissing: part) }
    return cost
  }

  private static func cost(ofMissing part: Part) -> Int {
    switch part {
    case .member(let name): ResultWords.effects.contains(name) ? 1 : name == "univariable" ? 4 : 2
    case .text: 1
    case .number: 2
    }
  }

  private static func likeness(_ asked: Part, _ known: Part, isFirst: Bool) -> Int? {
    switch (asked, known) {
    case (.member(let word), .member(let name)): likeness(word, name)
    case (.text(let text), .text(let level)): likeness(ofLevel: text, level)
    case (.number(let a), .number(let b)): a == b ? 0 : nil
    case (.text(let text), .number(let number)), (.number(let number), .text(let text)):
      text == number ? 1 : nil
    case (.member(let word), .text(let level)):
      // `prognosis.age.hr`: a level or a column as a member.
      isFirst && ResultWords.fold(word) == ResultWords.fold(level) ? 1 : nil
    default: nil
    }
  }

  /// Of two names of members.
  private static func likeness(_ word: String, _ name: String) -> Int? {
    if word == name { return 0 }
    if ResultWords.fold(word) == ResultWords.fold(name) || ResultWords.names(for: word).contains(name) {
      return 1
    }
    return NearMiss.best(for: word, among: [name]) == nil ? nil : 2
  }

  /// Of two levels, columns or groups: alike but for case, some of the words, or a slip of the finger.
  private static func likeness(ofLevel asked: String, _ known: String) -> Int? {
    if asked == known { return 0 }
    if ResultWords.fold(asked) == ResultWords.fold(known) { return 1 }
    let (some, all) = (words(asked), words(known))
    let isPart = all.isSuperset(of: some) || some.isSuperset(of: all)
    if isPart, !some.isEmpty, !all.isEmpty { return 2 }
    return NearMiss.best(for: asked, among: [known]) == nil ? nil : 2
  }

  private static func words(_ text: String) -> Set<String> {
    Set(
      text.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
        .map { ResultWords.fold(String($0)) })
  }

  private static func joined(_ text: String, in name: [Part], besides taken: [Int]) -> [Int]? {
    let wanted = ResultWords.fold(text).filter { $0 != ":" && $0 != "=" }
    for place in name.indices.dropLast() where !taken.contains(place) && !taken.contains(place + 1) {
      if case .text(let column) = name[place], case .text(let level) = name[place + 1],
        ResultWords.fold(column + level) == wanted
      {
        return [place, place + 1]
      }
    }
    return nil
  }
}
