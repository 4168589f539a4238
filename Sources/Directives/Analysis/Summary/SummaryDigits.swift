// How many decimals a line of numbers gets: the same in every column.

import HypothesisTests

/// Decimals by what the data carry and how large they are, so that a line neither claims more precision than was
/// measured nor hides what its numbers say.
struct SummaryDigits: Sendable {
  /// Medians, quartiles and ranges: as the data; one decimal more where a median below a hundred falls between
  /// two whole numbers.
  let ofQuantiles: Int
  /// Means and standard deviations: one more than the data.
  let ofMeans: Int

  /// - Parameters:
  ///   - printed: the samples that stand in the line.
  ///   - declared: what the dictionary says, which then holds for all of them.
  init(
    _ numbers: SummaryVariable.Numbers, printed: [any SummarySample], type: QuantileType, declared: Int? = nil
  ) {
    if let declared {
      ofQuantiles = declared
      ofMeans = declared
      return
    }
    let carried = Self.decimals(numbers.pooled.values)
    let lower = numbers.pooled.quantile(0.25, type: type)
    let upper = numbers.pooled.quantile(0.75, type: type)
    let size = max(lower.magnitude, upper.magnitude)
    let spread = upper > lower ? upper - lower : numbers.pooled.maximum - numbers.pooled.minimum
    let most = max(Self.most(size), Self.telling(spread))
    let medians = printed.map { $0.quantile(0.5, type: type) }
    let fallsBetween =
      carried == 0 && size < 100 && medians.contains { !$0.isNaN && $0 != $0.rounded() }
    ofQuantiles = fallsBetween ? min(1, most) : min(carried, most)
    ofMeans = min(carried + 1, most)
  }

  /// No more than about three significant digits.
  private static func most(_ size: Double) -> Int {
    switch size {
    case 1000...: 0
    case 10..<1000: 1
    case 1..<10: 2
    case 0.1..<1: 3
    case 0.01..<0.1: 4
    default: size > 0 ? 5 : 2
    }
  }

  /// Two significant digits of a spread: what numbers far from zero need to be told apart.
  private static func telling(_ spread: Double) -> Int {
    var decimals = 0
    var unit = 10.0
    while decimals < 6, spread > 0, spread < unit {
      decimals += 1
      unit /= 10
    }
    return decimals
  }

  /// The decimals with which all values are written, up to five.
  private static func decimals(_ values: [Double]) -> Int {
    var scale = 1.0
    for decimals in 0..<5 {
      let fits = values.allSatisfy { value in
        let scaled = value * scale
        return (scaled - scaled.rounded()).magnitude <= 8 * scaled.ulp
      }
      if fits { return decimals }
      scale *= 10
    }
    return 5
  }
}
