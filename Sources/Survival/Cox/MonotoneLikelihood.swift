// Telling a likelihood that rises for ever from one that converges slowly.

/// Whether the partial likelihood rises without end along a direction, and which columns that moves.
///
/// It does when, at every event time, those who have the event have the greatest value of x'd in the risk set, and
/// somewhere somebody at risk has a smaller one. This is checked, not guessed from the size of a coefficient.
struct MonotoneLikelihood {
  let layout: RiskSetLayout
  let covariates: ScaledCovariates

  /// Columns whose share of the direction makes a difference to the linear predictor.
  func columns(of direction: [Double]) -> [Int] {
    let contributions = direction.indices.map { column -> Double in
      var least = Double.infinity
      var greatest = -Double.infinity
      for value in covariates.column(column) {
        least = Swift.min(least, value)
        greatest = Swift.max(greatest, value)
      }
      return abs(direction[column]) * Swift.max(greatest - least, 0)
    }
    // Each step of a diverging fit moves the linear predictor by about one; what converges moves far less.
    return contributions.indices.filter { contributions[$0] > 0.1 }
  }

  /// - Parameter direction: the Newton step, which turns into a recession direction as the fit diverges.
  func holds(along direction: [Double]) -> Bool {
    let moving = columns(of: direction)
    guard !moving.isEmpty, direction.allSatisfy(\.isFinite) else { return false }
    var cleaned = [Double](repeating: 0, count: direction.count)
    for column in moving { cleaned[column] = direction[column] }
    var values = [Double](repeating: 0, count: layout.rowCount)
    covariates.addLinearPredictor(cleaned, to: &values, threads: 1)
    let tolerance = 0.02
    var separates = false
    for stratum in 0..<layout.stratumCount {
      let extremes =
        layout.entryBucket == nil
        ? rightCensoredExtremes(values, stratum: stratum) : delayedEntryExtremes(values, stratum: stratum)
      for (event, extreme) in zip(layout.eventTimes(ofStratum: stratum), extremes) {
        for row in layout.events(event) where values[row] < extreme.greatest - tolerance { return false }
        if extreme.greatest - extreme.least > 0.5 { separates = true }
      }
    }
    return separates
  }

  private typealias Extremes = (least: Double, greatest: Double)

  private func rightCensoredExtremes(_ values: [Double], stratum: Int) -> [Extremes] {
    var result: [Extremes] = []
    var extreme: Extremes = (.infinity, -.infinity)
    for event in layout.eventTimes(ofStratum: stratum).reversed() {
      for row in layout.bucket(event) {
        extreme = (Swift.min(extreme.least, values[row]), Swift.max(extreme.greatest, values[row]))
      }
      result.append(extreme)
    }
    return result.reversed()
  }

  /// Rows come and go: each is entered in the O(log m) blocks of event times that make up its time at risk.
  private func delayedEntryExtremes(_ values: [Double], stratum: Int) -> [Extremes] {
    let events = layout.eventTimes(ofStratum: stratum)
    let size = events.count
    var tree = [Extremes](repeating: (.infinity, -.infinity), count: 2 * size)
    for row in layout.rows(ofStratum: stratum) {
      var low = (layout.entryBucket.map { Int($0[row]) } ?? events.lowerBound) - events.lowerBound + size
      var high = Int(layout.bucketOfRow[row]) - events.lowerBound + size + 1
      while low < high {
        if low % 2 == 1 {
          tree[low] = (Swift.min(tree[low].least, values[row]), Swift.max(tree[low].greatest, values[row]))
          low += 1
        }
        if high % 2 == 1 {
          high -= 1
          tree[high] = (Swift.min(tree[high].least, values[row]), Swift.max(tree[high].greatest, values[row]))
        }
        low /= 2
        high /= 2
      }
    }
    return (0..<size).map { event in
      var extreme: Extremes = (.infinity, -.infinity)
      var node = event + size
      while node >= 1 {
        extreme = (
          Swift.min(extreme.least, tree[node].least), Swift.max(extreme.greatest, tree[node].greatest)
        )
        node /= 2
      }
      return extreme
    }
  }
}
