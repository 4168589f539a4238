// Two snapshots held against one another, quantity by quantity.

import Presentation

/// What changed between two snapshots of a document's results.
struct ResultComparison: Sendable {
  /// Flagged changes first, the most important ones leading, then by path.
  let changes: [ResultChange]
  /// How many quantities both have, equal.
  let unchangedCount: Int

  init(old: ResultSnapshot, new: ResultSnapshot) {
    let paths = Set(old.values.keys).union(new.values.keys)
    var changes: [ResultChange] = []
    var unchanged = 0
    for path in paths {
      let name = ResultName(path)
      // A limit is shown with what it limits.
      if let estimate = name.estimate, paths.contains(estimate) { continue }
      // The same number under two names.
      if path.hasSuffix(Self.medianQuantile),
        paths.contains(path.dropLast(Self.medianQuantile.count) + ".median")
      {
        continue
      }
      let before = Self.value(path, in: old)
      let after = Self.value(path, in: new)
      if let before, let after, Self.areEqual(before, after) {
        unchanged += 1
        continue
      }
      changes.append(
        ResultChange(
          path: path, old: before, new: after, flags: Self.flags(name, before, after), isPValue: name.isPValue
        ))
    }
    self.changes = changes.sorted { left, right in
      let (a, b) = (left.flags.first?.rank ?? .max, right.flags.first?.rank ?? .max)
      return a == b ? left.path.utf8.lexicographicallyPrecedes(right.path.utf8) : a < b
    }
    unchangedCount = unchanged
  }

  private static let medianQuantile = ".quantile(0.5)"

  private static func value(_ path: String, in snapshot: ResultSnapshot) -> ComparedValue? {
    snapshot.values[path].map { value in
      ComparedValue(
        value, lower: snapshot.values[path + ".lower"], upper: snapshot.values[path + ".upper"])
    }
  }

  /// Systems other than Linux agree to eleven digits: what differs less is the same.
  private static func areEqual(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    guard left != right else { return true }
    guard let a = left?.number, let b = right?.number, a.isFinite, b.isFinite else { return false }
    return abs(a - b) <= 1.01e-11 * max(abs(a), abs(b))
  }

  private static func areEqual(_ left: ComparedValue, _ right: ComparedValue) -> Bool {
    areEqual(left.value, right.value) && areEqual(left.lower, right.lower)
      && areEqual(left.upper, right.upper)
  }

  private static func flags(_ name: ResultName, _ old: ComparedValue?, _ new: ComparedValue?) -> [ChangeFlag]
  {
    guard let old else { return [.added] }
    guard let new else { return [.removed] }
    var flags: [ChangeFlag] = []
    if name.isPValue, let before = old.number, let after = new.number, (before < 0.05) != (after < 0.05) {
      flags.append(.significance(isBelow: after < 0.05))
    }
    if let value = name.noEffect {
      if let before = old.covers(value), let after = new.covers(value), before != after {
        flags.append(.coverage(of: value, covers: after))
      }
      if let before = old.number, let after = new.number, (before - value) * (after - value) < 0 {
        flags.append(.direction(across: value))
      }
    }
    if old.status != new.status { flags.append(.status(from: old.status, to: new.status)) }
    if let limit = limitStatus(old, new) { flags.append(limit) }
    return flags.sorted { $0.rank < $1.rank }
  }

  /// A limit that is a number no more, or is one now, while the estimate stays what it is.
  private static func limitStatus(_ old: ComparedValue, _ new: ComparedValue) -> ChangeFlag? {
    guard old.status == nil, new.status == nil else { return nil }
    for (before, after) in [(old.lower, new.lower), (old.upper, new.upper)] {
      let (before, after) = (
        before.flatMap { ComparedValue($0).status }, after.flatMap { ComparedValue($0).status }
      )
      if before != after { return .limitStatus(from: before, to: after) }
    }
    return nil
  }
}
