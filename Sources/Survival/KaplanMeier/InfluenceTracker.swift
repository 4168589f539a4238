// Sums of squared influences over clusters, kept up to date while time runs.

import NumericalMethods

/// Σ x² over clusters, where each cluster's influence x moves as β dG + γ dF while time runs.
///
/// G and F are two functions of time common to all; a row at risk or left behind changes the β and γ of its cluster.
/// One step of time costs a constant, one change of a row costs a constant: no pass over the clusters at each time.
struct InfluenceTracker {
  private struct Cluster {
    var influence = 0.0
    var beta = 0.0
    var gamma = 0.0
    /// Values of G and F when `influence` was last brought up to date.
    var first = 0.0
    var second = 0.0
  }

  private var clusters: [Cluster]
  private var first = 0.0
  private var second = 0.0
  private var squares = CompensatedSum()
  private var influenceBeta = CompensatedSum()
  private var influenceGamma = CompensatedSum()
  private var betaBeta = CompensatedSum()
  private var betaGamma = CompensatedSum()
  private var gammaGamma = CompensatedSum()

  init(clusterCount: Int) {
    clusters = [Cluster](repeating: Cluster(), count: clusterCount)
  }

  /// The largest x² met so far: what the sum's rounding is in proportion to.
  private var largest = 0.0

  /// Σ x², exactly 0 where only rounding is left of influences that cancel.
  var sumOfSquares: Double {
    let value = squares.value
    return value > 64 * Double.ulpOfOne * largest ? value : 0
  }

  /// Lets G and F grow by the given amounts.
  mutating func advance(_ dFirst: Double, _ dSecond: Double = 0) {
    squares.add(2 * dFirst * influenceBeta.value + dFirst * dFirst * betaBeta.value)
    influenceBeta.add(dFirst * betaBeta.value)
    if dSecond != 0 || dFirst != 0 {
      squares.add(
        2 * dSecond * influenceGamma.value + dSecond * dSecond * gammaGamma.value
          + 2 * dFirst * dSecond * betaGamma.value)
      influenceBeta.add(dSecond * betaGamma.value)
      influenceGamma.add(dFirst * betaGamma.value + dSecond * gammaGamma.value)
    }
    first += dFirst
    second += dSecond
  }

  /// Changes a cluster's β and γ and adds a jump to its influence.
  mutating func change(_ index: Int, beta: Double = 0, gamma: Double = 0, jump: Double = 0) {
    var cluster = clusters[index]
    cluster.influence += cluster.beta * (first - cluster.first) + cluster.gamma * (second - cluster.second)
    cluster.first = first
    cluster.second = second
    count(cluster, sign: -1)
    cluster.influence += jump
    cluster.beta += beta
    cluster.gamma += gamma
    count(cluster, sign: 1)
    clusters[index] = cluster
  }

  private mutating func count(_ cluster: Cluster, sign: Double) {
    let (influence, beta, gamma) = (cluster.influence, cluster.beta, cluster.gamma)
    squares.add(sign * influence * influence)
    largest = max(largest, influence * influence)
    if beta != 0 {
      influenceBeta.add(sign * influence * beta)
      betaBeta.add(sign * beta * beta)
    }
    guard gamma != 0 else { return }
    influenceGamma.add(sign * influence * gamma)
    gammaGamma.add(sign * gamma * gamma)
    if beta != 0 { betaGamma.add(sign * beta * gamma) }
  }
}
