// Ranks with ties shared.

import NumericalMethods

/// Mid-ranks of a sample and the sizes of its ties.
struct Ranking {
  /// From 1; tied values share the mean of their ranks.
  let ranks: [Double]
  /// Sizes of runs of equal values, of two or more.
  let ties: [Double]

  init(_ values: [Double]) {
    let order = RadixOrder.ascending(values)
    var ranks = [Double](repeating: 0, count: values.count)
    var ties: [Double] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[Int(order[end])] == values[Int(order[start])] { end += 1 }
      let shared = Double(start + 1 + end) / 2
      for place in start..<end { ranks[Int(order[place])] = shared }
      if end - start > 1 { ties.append(Double(end - start)) }
      start = end
    }
    self.ranks = ranks
    self.ties = ties
  }

  var hasTies: Bool { !ties.isEmpty }

  /// Σ (t³ − t) over the ties.
  var tieCubes: Double { ties.reduce(0) { $0 + ($1 * $1 * $1 - $1) } }
}
