// A logarithm that is the same to the last bit on every system.

/// The natural logarithm, from the exponent and a series in (m − 1)/(m + 1); for positions on an axis.
func naturalLogarithm(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return value == 0 ? -.infinity : (value > 0 ? value : .nan) }
  var exponent = Double(value.exponent)
  var mantissa = value.significand
  if mantissa > 1.414_213_562_373_095_1 {
    mantissa /= 2
    exponent += 1
  }
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  var sum = 0.0
  var power = ratio
  for k in stride(from: 1.0, through: 23, by: 2) {
    sum += power / k
    power *= square
  }
  return exponent * 0.693_147_180_559_945_3 + 2 * sum
}

/// 10 to a whole power, by multiplication.
func powerOfTen(_ exponent: Int) -> Double {
  var power = 1.0
  for _ in 0..<min(exponent.magnitude, 308) { power *= 10 }
  return exponent < 0 ? 1 / power : power
}
