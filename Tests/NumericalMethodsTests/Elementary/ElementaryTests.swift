// Elementary functions: errors in units of the last place, exact cases, and equal bits of scalar and array.

import NumericalMethods
import Testing

struct ElementaryTests {
  /// x, expected to twice double precision as high + low.
  private func error(_ got: Double, _ high: Double, _ low: Double) -> Double {
    ((got - high) - low).magnitude / high.ulp
  }

  @Test func errorsAreBelowOneUnit() {
    for row in ElementaryValues.exp { #expect(error(Elementary.exp(row[0]), row[1], row[2]) < 0.9) }
    for row in ElementaryValues.log { #expect(error(Elementary.log(row[0]), row[1], row[2]) < 0.9) }
    for row in ElementaryValues.log1p { #expect(error(Elementary.log1p(row[0]), row[1], row[2]) < 0.9) }
    for row in ElementaryValues.expm1 { #expect(error(Elementary.expm1(row[0]), row[1], row[2]) < 1) }
    for row in ElementaryValues.sin { #expect(error(Elementary.sin(row[0]), row[1], row[2]) < 0.9) }
    for row in ElementaryValues.cos { #expect(error(Elementary.cos(row[0]), row[1], row[2]) < 0.9) }
    for row in ElementaryValues.asin { #expect(error(Elementary.asin(row[0]), row[1], row[2]) < 0.55) }
    for row in ElementaryValues.acos { #expect(error(Elementary.acos(row[0]), row[1], row[2]) < 0.55) }
    for row in ElementaryValues.atan { #expect(error(Elementary.atan(row[0]), row[1], row[2]) < 0.55) }
    for row in ElementaryValues.pow {
      #expect(error(Elementary.pow(row[0], row[1]), row[2], row[3]) < 0.6)
    }
  }

  @Test func edges() {
    #expect(Elementary.exp(.infinity) == .infinity)
    #expect(Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(.nan).isNaN)
    #expect(Elementary.exp(0) == 1)
    #expect(Elementary.exp(709.79) == .infinity)
    #expect(Elementary.exp(-745.2) == 0)
    #expect(Elementary.exp(-745.1) == .leastNonzeroMagnitude)
    #expect(Elementary.log(0) == -.infinity)
    #expect(Elementary.log(-1).isNaN)
    #expect(Elementary.log(.infinity) == .infinity)
    #expect(Elementary.log(1) == 0)
    #expect(Elementary.log1p(-1) == -.infinity)
    #expect(Elementary.expm1(-.infinity) == -1)
    #expect(Elementary.sin(1e300).isNaN)
    #expect(Elementary.logistic(-800) == 0)
    #expect(Elementary.logistic(800) == 1)
  }

  @Test func wholePowersAreExact() {
    for base in 2...60 {
      var power = 1
      var exponent = 0
      while power < 1 << 53 / base {
        #expect(Elementary.pow(Double(base), Double(exponent)) == Double(power))
        power *= base
        exponent += 1
      }
    }
    for exponent in -300...300 {
      if let power = Double("1e\(exponent)") { #expect(Elementary.log10(power) == Double(exponent)) }
    }
    #expect(Elementary.pow(-2, 3) == -8)
    #expect(Elementary.pow(-8, 1.0 / 3).isNaN)
    #expect(Elementary.pow(0, -1) == .infinity)
    #expect(Elementary.pow(0, 0) == 1)
  }

  @Test func arrayHasTheBitsOfTheScalar() {
    var generator = RandomGenerator(seed: 7)
    var input = (0..<1003).map { _ in (generator.uniform() - 0.5) * 1500 }
    input += [.infinity, -.infinity, .nan, 0, -0.0, .leastNonzeroMagnitude * 1000, 710, -746, 1e300]
    for (x, y) in zip(input, Elementary.exp(input)) { #expect(y.bitPattern == Elementary.exp(x).bitPattern) }
    for (x, y) in zip(input, Elementary.log(input)) {
      let scalar = Elementary.log(x)
      #expect(y.bitPattern == scalar.bitPattern || (y.isNaN && scalar.isNaN))
    }
    var logs = input
    logs.withUnsafeMutableBufferPointer { buffer in
      Elementary.log1p(UnsafeBufferPointer(buffer), into: buffer)
    }
    for (x, y) in zip(input, logs) {
      let scalar = Elementary.log1p(x)
      #expect(y.bitPattern == scalar.bitPattern || (y.isNaN && scalar.isNaN))
    }
    #expect(Elementary.exp([]).isEmpty)
  }
}
