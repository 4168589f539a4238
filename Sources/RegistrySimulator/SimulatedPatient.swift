// One simulated patient: covariates, and the first of death, competing death and the end of follow-up.

import NumericalMethods

struct SimulatedPatient {
  static let header =
    "id,age,sex,bmi,smoking,deprivation,region,diabetes,hypertension,egfr,days,status\n"

  private static let regions = [
    "north east", "north west", "yorkshire", "east midlands", "west midlands", "east", "london", "south east",
    "south west",
  ]
  private static let smokingHabits = ["never", "former", "current"]

  let age: Int
  let isMale: Bool
  /// In tenths.
  let bodyMass: Int
  let smoking: Int
  let deprivation: Int
  let region: Int
  let hasDiabetes: Bool
  let hasHypertension: Bool
  let filtration: Int
  let days: Int
  /// 0 censored, 1 the death of interest, 2 a competing one.
  let status: Int

  init(_ random: inout RandomGenerator) {
    age = min(max(Int((58 + 17 * random.normal()).rounded()), 18), 99)
    isMale = random.below(2) == 1
    bodyMass = Int((270 + 50 * random.normal()).rounded())
    let habit = random.uniform()
    smoking = habit < 0.5 ? 0 : habit < 0.8 ? 1 : 2
    deprivation = 1 + random.below(5)
    region = random.below(Self.regions.count)
    hasDiabetes = random.uniform() < 0.09
    hasHypertension = random.uniform() < 0.3
    filtration = Int((82 + 20 * random.normal()).rounded())
    var predictor = 0.085 * Double(age - 58)
    predictor += isMale ? 0.35 : 0
    predictor += 0.01 * (Double(bodyMass) / 10 - 27)
    predictor += smoking == 2 ? 0.6 : smoking == 1 ? 0.2 : 0
    predictor += 0.08 * Double(deprivation)
    predictor += hasDiabetes ? 0.4 : 0
    predictor += hasHypertension ? 0.15 : 0
    predictor -= 0.008 * Double(filtration - 82)
    let death = random.exponential() / (2.2e-5 * Elementary.exp(predictor))
    let competing = random.exponential() / (1.1e-5 * Elementary.exp(0.5 * predictor))
    let end = 30 + 3623 * random.uniform()
    days = Int(min(death, competing, end).rounded(.up))
    status = end <= min(death, competing) ? 0 : death <= competing ? 1 : 2
  }

  /// The lines of some rows, drawn from a stream of their own.
  static func lines(_ rows: Range<Int>, seed: UInt64, stream: UInt64) -> [UInt8] {
    var random = RandomGenerator(seed: seed, stream: stream)
    var text: [UInt8] = []
    text.reserveCapacity(rows.count * 60)
    for row in rows { SimulatedPatient(&random).write(id: row + 1, to: &text) }
    return text
  }

  private func write(id: Int, to text: inout [UInt8]) {
    let comma = UInt8(ascii: ",")
    func number(_ value: Int) {
      if value < 0 { text.append(UInt8(ascii: "-")) }
      text.append(contentsOf: String(value.magnitude).utf8)
      text.append(comma)
    }
    func word(_ value: String) {
      text.append(contentsOf: value.utf8)
      text.append(comma)
    }
    number(id)
    number(age)
    word(isMale ? "male" : "female")
    if bodyMass < 0 { text.append(UInt8(ascii: "-")) }
    text.append(contentsOf: String(bodyMass.magnitude / 10).utf8)
    // As others write numbers: no decimal where it is 0.
    if bodyMass % 10 != 0 {
      text.append(UInt8(ascii: "."))
      text.append(contentsOf: String(bodyMass.magnitude % 10).utf8)
    }
    text.append(comma)
    word(Self.smokingHabits[smoking])
    number(deprivation)
    word(Self.regions[region])
    number(hasDiabetes ? 1 : 0)
    number(hasHypertension ? 1 : 0)
    number(filtration)
    number(days)
    text.append(contentsOf: String(status).utf8)
    text.append(UInt8(ascii: "\n"))
  }
}
