// How alike the groups are before and after weighting: one pass over the rows for each covariate.

import NumericalMethods

extension PropensityWeights {
  /// Sums over the rows of one group.
  fileprivate struct Moments {
    var count = 0.0
    var sum = CompensatedSum()
    var weight = CompensatedSum()
    var weighted = CompensatedSum()
    var squares = CompensatedSum()

    var mean: Double { sum.value / count }
    var weightedMean: Double { weighted.value / weight.value }

    mutating func add(_ value: Double, weight own: Double) {
      count += 1
      sum.add(value)
      weight.add(own)
      weighted.add(own * value)
    }
  }

  /// - Parameters:
  ///   - values: not-a-number where missing.
  ///   - isShare: values of 0 and 1 whose variance is p (1 − p).
  func balance(of values: [Double], isShare: Bool) -> Balance {
    // About the first value: differences of means like 1e9 would lose their digits.
    let origin = isShare ? 0 : values.first { $0.isFinite } ?? 0
    var (treated, control) = (Moments(), Moments())
    for row in values.indices where !values[row].isNaN {
      if isTreated[row] {
        treated.add(values[row] - origin, weight: weights[row])
      } else {
        control.add(values[row] - origin, weight: weights[row])
      }
    }
    if !isShare {
      let means = (treated.mean, control.mean)
      for row in values.indices where !values[row].isNaN {
        if isTreated[row] {
          let distance = (values[row] - origin) - means.0
          treated.squares.add(distance * distance)
        } else {
          let distance = (values[row] - origin) - means.1
          control.squares.add(distance * distance)
        }
      }
    }
    return Balance(treated, control, origin: origin, isShare: isShare)
  }

  /// The balance of every level of a factor, as the share of rows that have it; codes below 0 are missing.
  func balances(ofCodes codes: [Int32], levelCount: Int) -> [Balance] {
    // Controls and treated by level, and all that are known.
    var groups = [[Moments](repeating: Moments(), count: levelCount)]
    groups.append(groups[0])
    var all = [Moments(), Moments()]
    for (row, code) in codes.enumerated() where code >= 0 && Int(code) < levelCount {
      let group = isTreated[row] ? 1 : 0
      groups[group][Int(code)].add(1, weight: weights[row])
      all[group].count += 1
      all[group].weight.add(weights[row])
    }
    return (0..<levelCount).map { level in
      let shares = [0, 1].map { group in
        var own = groups[group][level]
        (own.count, own.weight) = (all[group].count, all[group].weight)
        return own
      }
      return Balance(shares[1], shares[0], origin: 0, isShare: true)
    }
  }
}

extension PropensityWeights.Balance {
  fileprivate init(
    _ treated: PropensityWeights.Moments, _ control: PropensityWeights.Moments, origin: Double, isShare: Bool
  ) {
    func variance(_ group: PropensityWeights.Moments) -> Double {
      isShare ? group.mean * (1 - group.mean) : group.squares.value / (group.count - 1)
    }
    self.init(
      origin: origin, treated: treated.mean, control: control.mean, weightedTreated: treated.weightedMean,
      weightedControl: control.weightedMean,
      spread: ((variance(treated) + variance(control)) / 2).squareRoot())
  }
}
