// A registry in memory: whole days, two causes, two factors, a whole number and a marker.

import NumericalMethods
import Regression
import Survival

struct SimulatedRegistry: Sendable {
  let days: [Double]
  let event: [UInt8]
  let died: [Double]
  let marker: [Double]
  let outcome: SurvivalOutcome
  let competing: SurvivalOutcome
  let groups: GroupCodes
  let design: CoxDesign
  let regression: RegressionDesign
  let options: CoxOptions
  /// The Cox model of the registry.
  let fit: CoxFit

  init(rowCount: Int) {
    var random = RandomGenerator(seed: 7)
    var (days, marker, age) = ([Double](), [Double](), [Double]())
    var (cause, smoking, region) = ([UInt8](), [Int32](), [Int32]())
    for _ in 0..<rowCount {
      age.append(min(max((58 + 17 * random.normal()).rounded(), 18), 99))
      marker.append(random.normal())
      smoking.append(Int32(random.below(3)))
      region.append(Int32(random.below(9)))
      let last = age.count - 1
      let predictor = 0.085 * (age[last] - 58) + 0.2 * marker[last] + 0.3 * Double(smoking[last])
      let death = random.exponential() / (2.2e-5 * Elementary.exp(predictor))
      let other = random.exponential() / (1.1e-5 * Elementary.exp(0.5 * predictor))
      let end = 30 + 3623 * random.uniform()
      days.append(min(death, other, end).rounded(.up))
      cause.append(end <= min(death, other) ? 0 : death <= other ? 1 : 2)
    }
    var columns: [CoxColumn] = [.numeric("age", age), .numeric("marker", marker)]
    columns += (1..<3).map { .indicator("smoking \($0)", codes: smoking, level: $0, levelCount: 3) }
    columns += (1..<9).map { .indicator("region \($0)", codes: region, level: $0, levelCount: 9) }
    var options = CoxOptions()
    options.threads = 2
    do {
      let event: [UInt8] = cause.map { $0 == 1 ? 1 : 0 }
      outcome = try SurvivalOutcome(time: days, event: event)
      competing = try SurvivalOutcome(time: days, event: cause)
      groups = try GroupCodes(codes: smoking, names: ["never", "former", "current"])
      design = try CoxDesign(rowCount: rowCount, columns: columns)
      fit = try CoxModel.fit(outcome: outcome, covariates: design, options: options)
      self.event = event
    } catch {
      preconditionFailure("a simulated registry can be analysed: \(error)")
    }
    regression = RegressionDesign(
      rowCount: rowCount,
      columns: [.dense([Double](repeating: 1, count: rowCount))] + columns.map(\.values), interceptColumn: 0)
    died = cause.map { $0 == 1 ? 1 : 0 }
    self.days = days
    self.marker = marker
    self.options = options
  }
}
