// Elementary functions whose bits do not depend on the machine.

import CKernels

/// Exponentials, logarithms and powers from IEEE basic operations alone: the same bits on every processor.
///
/// The system's functions differ in the last bit between libraries and processor levels; a statistic that passes
/// through them would too. Greatest errors seen, in ulp: `exp` 0.81, `log` 0.75, `log1p` 0.72, `expm1` 0.93, `sin` and `cos`
/// 0.75, `tan` 1.9, `pow` 0.54, the others 0.51; whole-number results of `pow`, `log2`, `log10` are exact.
public enum Elementary {
  /// eˣ.
  @inlinable public static func exp(_ x: Double) -> Double { elementary_exp(x) }
  /// eˣ − 1, without cancellation near 0.
  @inlinable public static func expm1(_ x: Double) -> Double { elementary_expm1(x) }
  /// Natural logarithm; −∞ at 0 and not-a-number below.
  @inlinable public static func log(_ x: Double) -> Double { elementary_log(x) }
  /// log(1 + x), without cancellation near 0.
  @inlinable public static func log1p(_ x: Double) -> Double { elementary_log1p(x) }
  /// Logarithm to base 2.
  @inlinable public static func log2(_ x: Double) -> Double { elementary_log2(x) }
  /// Logarithm to base 10.
  @inlinable public static func log10(_ x: Double) -> Double { elementary_log10(x) }
  /// xʸ, with C's conventions at 0, at infinities and for negative x.
  @inlinable public static func pow(_ x: Double, _ y: Double) -> Double { elementary_pow(x, y) }
  /// √x, rounded correctly; not-a-number below 0.
  @inlinable public static func sqrt(_ x: Double) -> Double { x.squareRoot() }

  /// Sine, cosine and tangent of an angle in radians; not-a-number beyond 2³⁰ in size.
  @inlinable public static func sin(_ x: Double) -> Double { elementary_sin(x) }
  /// Cosine; see `sin(_:)`.
  @inlinable public static func cos(_ x: Double) -> Double { elementary_cos(x) }
  /// Tangent; see `sin(_:)`.
  @inlinable public static func tan(_ x: Double) -> Double { elementary_tan(x) }
  /// Arc sine in radians, −π/2 to π/2; not-a-number outside −1 and 1.
  @inlinable public static func asin(_ x: Double) -> Double { elementary_asin(x) }
  /// Arc cosine in radians, 0 to π; not-a-number outside −1 and 1.
  @inlinable public static func acos(_ x: Double) -> Double { elementary_acos(x) }
  /// Arc tangent in radians, −π/2 to π/2.
  @inlinable public static func atan(_ x: Double) -> Double { elementary_atan(x) }

  /// log(1 − exp(x)) for x < 0 without cancellation.
  public static func log1mexp(_ x: Double) -> Double {
    x > -0.693_147_180_559_945_3 ? log(-expm1(x)) : log1p(-exp(x))
  }

  /// 1 / (1 + exp(−x)).
  public static func logistic(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let odds = exp(x)
    return odds / (1 + odds)
  }

  /// Exponential of each element, with the bits of the scalar form. Writes the first
  /// `min(input.count, output.count)` elements; `output` may be the same memory as `input`.
  public static func exp(
    _ input: UnsafeBufferPointer<Double>, into output: UnsafeMutableBufferPointer<Double>
  ) {
    guard let source = input.baseAddress, let target = output.baseAddress else { return }
    elementary_exp_array(source, target, min(input.count, output.count))
  }

  /// Natural logarithm of each element, as `exp(_:into:)`.
  public static func log(
    _ input: UnsafeBufferPointer<Double>, into output: UnsafeMutableBufferPointer<Double>
  ) {
    guard let source = input.baseAddress, let target = output.baseAddress else { return }
    elementary_log_array(source, target, min(input.count, output.count))
  }

  /// log(1 + x) of each element, as `exp(_:into:)`.
  public static func log1p(
    _ input: UnsafeBufferPointer<Double>, into output: UnsafeMutableBufferPointer<Double>
  ) {
    guard let source = input.baseAddress, let target = output.baseAddress else { return }
    elementary_log1p_array(source, target, min(input.count, output.count))
  }

  /// Exponential of each element of an array.
  public static func exp(_ input: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: input.count) { buffer, count in
      input.withUnsafeBufferPointer { exp($0, into: buffer) }
      count = input.count
    }
  }

  /// Natural logarithm of each element of an array.
  public static func log(_ input: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: input.count) { buffer, count in
      input.withUnsafeBufferPointer { log($0, into: buffer) }
      count = input.count
    }
  }
}
