// Treated rows matched to the controls nearest to them.

import NumericalMethods

/// Sets of treated rows with their controls, by greedy nearest-neighbour matching on a distance score.
public struct NearestNeighbourMatching: Sendable {
  /// In the order of the treated rows; those without a control are not among them.
  public let sets: [MatchedSet]
  /// Per row: 1 for a matched treated row; for a control the sum over its sets of 1 / controls of the set, scaled so that
  /// all controls together weigh as many as there are; 0 for rows that are not matched. Those of the average effect
  /// in the (matched) treated.
  public let weights: [Double]
  /// Per row the index of its set in `sets`, −1 for rows in none. With replacement a control has the first of its sets.
  public let setIndex: [Int]
  /// Treated rows that found no control.
  public let unmatched: [Int]

  /// Each treated row in turn takes the control whose score is nearest to its own; with a ratio of k there are k rounds,
  /// so that everybody has a first control before anybody has a second.
  ///
  /// **Inputs** one element per row: `scores` (a propensity score, its logit, or any other), `isTreated`, optionally
  /// `groups` (only rows of one group are matched to each other; −1 is matched to nobody) and `precedence` (distinct
  /// numbers that settle which of several rows with the same score comes first; by default the order of the rows).
  ///
  /// **Returns** sets and weights; nobody may be matched. Of two controls at the same distance the one with the smaller
  /// score is taken.
  ///
  /// **Choices** see `MatchingOptions`; defaults and weights as R's MatchIt (`method = "nearest"`) documents them.
  ///
  /// **Throws** `RegressionInputError` for arrays of another length, scores that are not numbers, fewer than one row.
  /// **Cost** O(n log n): the nearest control that is free is found by union of neighbours.
  /// **Source** Rubin 1973; Austin 2014 (Stat Med 33:1057). **Checked against** sets by hand, and the
  /// definition written out in R (`Fixtures/matching.R`).
  public static func match(
    scores: [Double], isTreated: [Bool], groups: [Int32]? = nil, precedence: [Int]? = nil,
    options: MatchingOptions = MatchingOptions()
  ) throws -> NearestNeighbourMatching {
    try InputCheck.finite(scores, .response, count: isTreated.count)
    guard !scores.isEmpty else { throw RegressionInputError.noObservations }
    for (count, role) in [(groups?.count, RegressionRole.offset), (precedence?.count, .weights)] {
      if let count, count != scores.count {
        throw RegressionInputError.lengthMismatch(role, expected: scores.count, got: count)
      }
    }
    func rank(_ row: Int) -> Int { precedence?[row] ?? row }
    let rows = scores.indices.filter { groups?[$0] ?? 0 >= 0 }
    var pools: [Int32: ControlPool] = [:]
    let controls = rows.filter { !isTreated[$0] }
      .sorted { (scores[$0], rank($0)) < (scores[$1], rank($1)) }
    for (group, members) in Dictionary(grouping: controls, by: { groups?[$0] ?? 0 }) {
      pools[group] = ControlPool(rows: members, scores: members.map { scores[$0] })
    }
    let treated = rows.filter { isTreated[$0] }
    let chooser = treated.sorted { left, right in
      switch options.order {
      case .largest: (-scores[left], rank(left)) < (-scores[right], rank(right))
      case .smallest: (scores[left], rank(left)) < (scores[right], rank(right))
      case .data: left < right
      }
    }
    var chosen: [Int: [Int]] = [:]
    if options.allowsReplacement {
      for row in treated {
        let pool = pools[groups?[row] ?? 0]
        chosen[row] = pool?.nearest(to: scores[row], count: options.ratio, caliper: options.caliper) ?? []
      }
    } else {
      for _ in 0..<max(options.ratio, 1) {
        for row in chooser {
          let taken = pools[groups?[row] ?? 0]?.take(nearest: scores[row], caliper: options.caliper)
          if let taken { chosen[row, default: []].append(taken) }
        }
      }
    }
    return NearestNeighbourMatching(treated: treated, chosen: chosen, rowCount: scores.count)
  }

  private init(treated: [Int], chosen: [Int: [Int]], rowCount: Int) {
    sets = treated.compactMap { row in
      chosen[row].flatMap { $0.isEmpty ? nil : MatchedSet(treated: row, controls: $0) }
    }
    unmatched = treated.filter { chosen[$0]?.isEmpty ?? true }
    var weights = [Double](repeating: 0, count: rowCount)
    var setIndex = [Int](repeating: -1, count: rowCount)
    for (index, set) in sets.enumerated() {
      weights[set.treated] = 1
      setIndex[set.treated] = index
      for control in set.controls {
        weights[control] += 1 / Double(set.controls.count)
        if setIndex[control] < 0 { setIndex[control] = index }
      }
    }
    // The controls' weights add up to the number of sets before they are scaled.
    let controls = Set(sets.flatMap(\.controls))
    let scale = Double(controls.count) / Double(max(sets.count, 1))
    for control in controls { weights[control] *= scale }
    self.weights = weights
    self.setIndex = setIndex
  }
}

/// The controls of one group by ascending score, from which the nearest free one can be taken.
private struct ControlPool {
  let rows: [Int]
  let scores: [Double]
  /// The next free position from here upwards (downwards), found by following the links; one beyond the ends for none.
  private var upwards: [Int]
  private var downwards: [Int]

  init(rows: [Int], scores: [Double]) {
    self.rows = rows
    self.scores = scores
    upwards = Array(0...rows.count)
    downwards = Array(0...rows.count)
  }

  /// The first position whose score is at least the given one.
  private func position(_ score: Double) -> Int {
    var low = 0
    var high = scores.count
    while low < high {
      let middle = (low + high) / 2
      if scores[middle] < score { low = middle + 1 } else { high = middle }
    }
    return low
  }

  mutating func take(nearest score: Double, caliper: Double?) -> Int? {
    let position = position(score)
    let above = Self.follow(&upwards, position)
    // Positions are counted from 1 downwards, so that 0 is the end.
    let below = Self.follow(&downwards, position) - 1
    let far = Double.infinity
    let distanceAbove = above < rows.count ? scores[above] - score : far
    let distanceBelow = below >= 0 ? score - scores[below] : far
    let found = distanceBelow <= distanceAbove ? below : above
    guard rows.indices.contains(found), min(distanceAbove, distanceBelow) <= caliper ?? far else {
      return nil
    }
    upwards[found] = found + 1
    downwards[found + 1] = found
    return rows[found]
  }

  /// The nearest of all, whether they serve others or not.
  func nearest(to score: Double, count: Int, caliper: Double?) -> [Int] {
    var above = position(score)
    var below = above - 1
    var found: [Int] = []
    while found.count < count {
      let distanceAbove = above < rows.count ? scores[above] - score : .infinity
      let distanceBelow = below >= 0 ? score - scores[below] : .infinity
      let distance = min(distanceAbove, distanceBelow)
      guard distance.isFinite, distance <= caliper ?? .infinity else { break }
      if distanceBelow <= distanceAbove {
        found.append(rows[below])
        below -= 1
      } else {
        found.append(rows[above])
        above += 1
      }
    }
    return found
  }

  /// Follows links to their end and shortens them on the way.
  private static func follow(_ links: inout [Int], _ start: Int) -> Int {
    var end = start
    while links[end] != end { end = links[end] }
    var step = start
    while links[step] != end, step != end {
      let next = links[step]
      links[step] = end
      step = next
    }
    return end
  }
}
