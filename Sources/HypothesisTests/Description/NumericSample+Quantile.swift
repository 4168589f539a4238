// Quantiles of a sample by the nine definitions in use.

/// Hyndman and Fan's nine definitions of a sample quantile, by their numbers.
///
/// 1 to 3 step from value to value (2, with averages at the steps, is SAS's default); 4 to 9 are lines between
/// values (6 is SPSS's and Minitab's, 7 is R's and Excel's, 8 is nearly median-unbiased).
public enum QuantileType: Int, Sendable, CaseIterable {
  /// The least value whose empirical distribution function reaches p: a step function.
  case one = 1
  /// As `one`, with the mean of two values where the function is flat; SAS's default.
  case two
  /// The order statistic nearest to n p, ties to the even one.
  case three
  /// The line through the empirical distribution function: h = n p.
  case four
  /// The line through the middles of its steps (hydrology): h = n p + ½.
  case five
  /// The line through the mean positions of uniform order statistics: h = (n + 1) p; SPSS, Minitab.
  case six
  /// The line between the least and the greatest value: h = (n − 1) p + 1; R, Excel.
  case seven
  /// Nearly median-unbiased for any distribution: h = (n + ⅓) p + ⅓.
  case eight
  /// Nearly unbiased for normal data: h = (n + ¼) p + ⅜.
  case nine
}

extension NumericSample {
  /// The value below which a share `probability` of the sample lies.
  ///
  /// Default type 7: the line between the order statistics around h = (n − 1)p + 1, as in R.
  /// - Returns: not-a-number for an empty sample or a probability outside 0…1.
  ///
  /// Source: Hyndman RJ, Fan Y. Am Stat 1996;50:361–5; rounding as `quantile()` of R 4.2.
  /// Checked against: describe `q-lung`, `q-pbc-bili`.
  public func quantile(_ probability: Double, type: QuantileType = .seven) -> Double {
    guard !values.isEmpty, probability >= 0, probability <= 1 else { return .nan }
    let (position, share) = place(probability, type)
    let low = value(atRank: position)
    guard share > 0 else { return low }
    let high = value(atRank: position + 1)
    if share >= 1 || low == high { return high }
    return (1 - share) * low + share * high
  }

  /// The rank, from 1, at or below the quantile, and how far it lies on the way to the next.
  private func place(_ probability: Double, _ type: QuantileType) -> (rank: Double, share: Double) {
    let count = Double(values.count)
    let a: Double
    let b: Double
    switch type {
    case .one:
      let position = count * probability
      return (position.rounded(.down), position > position.rounded(.down) ? 1 : 0)
    case .two:
      let position = count * probability
      return (position.rounded(.down), position > position.rounded(.down) ? 1 : 0.5)
    case .three:
      let position = count * probability - 0.5
      let rank = position.rounded(.down)
      let isEven = rank.remainder(dividingBy: 2) == 0
      return (rank, position == rank && isEven ? 0 : 1)
    case .seven:
      let position = 1 + (count - 1) * probability
      return (position.rounded(.down), position - position.rounded(.down))
    case .four: (a, b) = (0, 1)
    case .five: (a, b) = (0.5, 0.5)
    case .six: (a, b) = (0, 0)
    case .eight: (a, b) = (1.0 / 3, 1.0 / 3)
    case .nine: (a, b) = (3.0 / 8, 3.0 / 8)
    }
    // A position within rounding of a whole number is taken for it.
    let fuzz = 4 * Double.ulpOfOne
    let position = a + probability * (count + 1 - a - b)
    let rank = (position + fuzz).rounded(.down)
    let share = position - rank
    return (rank, share.magnitude < fuzz ? 0 : share)
  }

  /// The order statistic; beyond both ends the outermost.
  private func value(atRank rank: Double) -> Double {
    let index = Int(min(max(rank, 1), Double(values.count))) - 1
    return values.indices.contains(index) ? values[index] : .nan
  }
}
