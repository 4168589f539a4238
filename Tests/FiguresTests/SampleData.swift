// Invented follow-up data and the few estimates that figures need in tests.

@testable import Figures

/// A small generator with a stated seed.
struct SampleGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var mixed = state
    mixed = (mixed ^ (mixed >> 33)) &* 0xff51_afd7_ed55_8ccd
    return mixed ^ (mixed >> 33)
  }

  mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }

  mutating func exponential(mean: Double) -> Double { -naturalLogarithm(uniform()) * mean }

  /// Roughly normal, by the sum of twelve.
  mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
}

enum SampleData {
  struct Patient {
    var time: Double
    var isEvent: Bool
  }

  static func patients(
    _ count: Int, mean: Double, followUp: Double, seed: UInt64, resolution: Double = 10
  ) -> [Patient] {
    var generator = SampleGenerator(seed: seed)
    return (0..<count).map { _ in
      let event = generator.exponential(mean: mean)
      let censored = min(generator.exponential(mean: followUp), followUp * (0.6 + 0.4 * generator.uniform()))
      let time = max(1 / resolution, (min(event, censored) * resolution).rounded() / resolution)
      return Patient(time: time, isEvent: event <= censored)
    }
  }

  /// Kaplan–Meier with the plain Greenwood interval on the log(−log) scale left out: bounds by ±1.96 SE, cut to 0…1.
  static func group(
    _ name: String, _ patients: [Patient], tableTimes: [Double], sparseBelow: Int? = nil
  ) -> SurvivalFigure.Group {
    let sorted = patients.sorted { $0.time < $1.time }
    var steps: [SurvivalFigure.Step] = []
    var survival = 1.0
    var greenwood = 0.0
    var median: Double?
    var sparse: Double?
    var index = 0
    while index < sorted.count {
      let time = sorted[index].time
      let atRisk = Double(sorted.count - index)
      if let sparseBelow, sparse == nil, Int(atRisk) < sparseBelow { sparse = time }
      var events = 0.0
      while index < sorted.count, sorted[index].time == time {
        if sorted[index].isEvent { events += 1 }
        index += 1
      }
      guard events > 0 else { continue }
      survival *= 1 - events / atRisk
      if atRisk > events { greenwood += events / (atRisk * (atRisk - events)) }
      let error = 1.96 * survival * greenwood.squareRoot()
      steps.append(
        .init(
          time: time, estimate: survival, lower: max(0, survival - error), upper: min(1, survival + error)))
      if median == nil, survival <= 0.5 { median = time }
    }
    let table = tableTimes.map { time in
      SurvivalFigure.RiskTableRow(
        time: time, atRisk: Double(sorted.filter { $0.time >= time }.count),
        cumulativeCensored: Double(sorted.filter { $0.time <= time && !$0.isEvent }.count),
        cumulativeEvents: Double(sorted.filter { $0.time <= time && $0.isEvent }.count))
    }
    return SurvivalFigure.Group(
      name: name, steps: steps, censorTimes: sorted.filter { !$0.isEvent }.map(\.time),
      followUpEnd: sorted.last?.time ?? 0, riskTable: table, median: median, sparseFrom: sparse)
  }
}
