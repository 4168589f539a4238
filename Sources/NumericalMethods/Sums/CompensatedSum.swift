// A running sum that carries what rounding loses.

/// Neumaier's compensated sum: the error is one rounding of the result plus n ε² Σ|x|.
///
/// Once the running total is infinite or not a number the compensation is dropped, so that infinities add up as
/// they do in plain arithmetic.
@frozen public struct CompensatedSum: Sendable {
  @usableFromInline var sum = 0.0
  @usableFromInline var compensation = 0.0

  /// The empty sum, 0.
  @inlinable public init() {}

  /// The sum of one value.
  @inlinable public init(_ value: Double) { sum = value }

  /// Adds a number.
  @inlinable public mutating func add(_ value: Double) {
    let total = sum + value
    if sum.magnitude >= value.magnitude {
      compensation += (sum - total) + value
    } else {
      compensation += (value - total) + sum
    }
    sum = total
  }

  /// Adds what another sum holds, its compensation included.
  @inlinable public mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    compensation += other.compensation
  }

  /// The total so far.
  @inlinable public var value: Double {
    let result = sum + compensation
    return sum.isFinite ? result : sum
  }

  /// The compensated sum of a sequence; 0 when it is empty.
  @inlinable public static func of(_ values: some Sequence<Double>) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }
}
