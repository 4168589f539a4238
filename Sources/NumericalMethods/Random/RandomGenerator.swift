// A seeded stream of random numbers, the same on every machine.

/// xoshiro256++ (Blackman and Vigna 2019), its state filled by splitmix64 from one seed. The stream is part of
/// the contract: a document's seed gives the same numbers in every version.
public struct RandomGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// The stream of a seed; every seed, 0 included, is as good as another.
  public init(seed: UInt64) {
    var mixer = seed
    func next() -> UInt64 {
      mixer &+= 0x9e37_79b9_7f4a_7c15
      var z = mixer
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
    state = (next(), next(), next(), next())
  }

  /// A stream for piece `index` of a job: independent of how many pieces run before it.
  public init(seed: UInt64, stream index: UInt64) {
    var outer = RandomGenerator(seed: seed ^ (index &* 0xd134_2543_de82_ef95))
    self.init(seed: outer.next() ^ index)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let sum = state.0 &+ state.3
    let result = ((sum << 23) | (sum >> 41)) &+ state.0
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = (state.3 << 45) | (state.3 >> 19)
    return result
  }

  /// Uniform on (0, 1): the middle of one of 2⁵² equal cells, so that neither end occurs.
  public mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// Standard normal, by the inverse distribution function.
  public mutating func normal() -> Double { NormalDistribution.quantile(uniform()) }

  /// Exponential with rate 1.
  public mutating func exponential() -> Double { -Elementary.log(uniform()) }

  /// Uniform on `0..<bound` without bias (Lemire 2019); 0 when the bound is not positive.
  public mutating func below(_ bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      // Each draw is accepted with probability above one half; the bound only makes the loop finite.
      for _ in 0..<1000 where product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A random order of `0..<count` (Fisher–Yates).
  public mutating func permutation(_ count: Int) -> [Int] { sampleWithoutReplacement(count, from: count) }

  /// `count` of `0..<population`, each as likely, none twice, in order of drawing.
  public mutating func sampleWithoutReplacement(_ count: Int, from population: Int) -> [Int] {
    var items = Array(0..<Swift.max(0, population))
    let wanted = Swift.min(Swift.max(0, count), items.count)
    for position in 0..<wanted { items.swapAt(position, position + below(items.count - position)) }
    return Array(items.prefix(wanted))
  }

  /// `count` draws from `0..<population` with replacement.
  public mutating func sampleWithReplacement(_ count: Int, from population: Int) -> [Int] {
    guard population > 0 else { return [] }
    return (0..<Swift.max(0, count)).map { _ in below(population) }
  }
}
