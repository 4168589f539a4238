// How often each response occurs, which is all that much of a likelihood needs.

import NumericalMethods

/// The weight of every response.
///
/// Tallies of two sets of rows add up; rows of weight 0 are in none.
struct CountTally: Sendable {
  /// The weight of the responses 0, 1, 2, …
  let counts: [Double]
  /// Other responses, ascending, each with its weight.
  let others: [(value: Double, weight: Double)]

  /// Whole numbers from here on are looked at one by one.
  private static let greatestCount = 1 << 14

  init(_ response: [Double], weights: [Double]) {
    var sums: [CompensatedSum] = []
    var rest: [Int] = []
    for row in response.indices where weights[row] > 0 {
      let y = response[row]
      guard y >= 0, y < Double(Self.greatestCount), y == y.rounded() else {
        rest.append(row)
        continue
      }
      let place = Int(y)
      while sums.count <= place { sums.append(CompensatedSum()) }
      sums[place].add(weights[row])
    }
    counts = sums.map(\.value)
    var found: [(value: Double, weight: CompensatedSum)] = []
    for place in RadixOrder.ascending(rest.map { response[$0] }) {
      let row = rest[Int(place)]
      if found.last?.value != response[row] { found.append((response[row], CompensatedSum())) }
      found[found.count - 1].weight.add(weights[row])
    }
    others = found.map { ($0.value, $0.weight.value) }
  }

  /// Σ w f(y) over all rows.
  func sum(_ value: (Double) -> Double) -> Double {
    var sum = CompensatedSum()
    for (count, weight) in counts.enumerated() where weight > 0 { sum.add(weight * value(Double(count))) }
    for (other, weight) in others { sum.add(weight * value(other)) }
    return sum.value
  }

  /// Per whole number k below the greatest count, the weight of the counts above it.
  var weightsAbove: [Double] {
    var above = CompensatedSum()
    var result: [Double] = []
    for weight in counts.dropFirst().reversed() {
      above.add(weight)
      result.append(above.value)
    }
    return result.reversed()
  }
}
