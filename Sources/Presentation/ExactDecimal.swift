// The exact decimal expansion of a double, and rounding on it.

/// Every finite double is a decimal fraction with finitely many digits. Rounding looks at those digits, not at
/// a product with a power of ten, which would itself be rounded: 1.005 is 1.00499999999999989…, hence 1.00.
struct ExactDecimal {
  let isNegative: Bool
  /// Decimal digits, most significant first, without leading zeros; empty for zero.
  private(set) var digits: [UInt8]
  /// How many of the digits stand before the decimal point; negative if zeros follow the point first.
  private(set) var pointPosition: Int

  /// `nil` unless `value` is finite.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value.sign == .minus
    guard value != 0 else {
      digits = []
      pointPosition = 0
      return
    }
    // |value| = significand · 2^power with a whole significand.
    let isSubnormal = value.exponentBitPattern == 0
    let fraction = value.significandBitPattern
    var significand = isSubnormal ? fraction : fraction | (1 << 52)
    var power = (isSubnormal ? 1 : Int(value.exponentBitPattern)) - 1075
    let trailing = significand.trailingZeroBitCount
    significand >>= UInt64(trailing)
    power += trailing
    // A half is five tenths: significand · 2^-k = significand · 5^k / 10^k.
    var integer = DecimalInteger(significand)
    integer.multiply(by: power >= 0 ? 2 : 5, times: abs(power))
    digits = integer.digits
    pointPosition = digits.count - (power < 0 ? -power : 0)
  }

  /// Keeps `places` digits after the point (before it, if negative).
  func rounded(toPlaces places: Int, half: HalfRounding = .awayFromZero) -> ExactDecimal {
    kept(pointPosition + places, half)
  }

  /// Keeps `count` significant digits.
  func rounded(toSignificant count: Int, half: HalfRounding = .awayFromZero) -> ExactDecimal {
    kept(count, half)
  }

  private func kept(_ count: Int, _ half: HalfRounding) -> ExactDecimal {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      result.digits = []
      result.pointPosition = 0
      return result
    }
    var roundsUp = digits[count] >= 5
    if half == .toEven, digits[count] == 5, count + 1 == digits.count {
      roundsUp = count > 0 && !digits[count - 1].isMultiple(of: 2)
    }
    result.digits.removeSubrange(count...)
    if roundsUp { result.increment() }
    while result.digits.last == 0 { result.digits.removeLast() }
    if result.digits.isEmpty { result.pointPosition = 0 }
    return result
  }

  /// Adds one unit in the last kept place.
  private mutating func increment() {
    var index = digits.count - 1
    while index >= 0 {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
      index -= 1
    }
    digits.insert(1, at: 0)
    pointPosition += 1
  }

  var isZero: Bool { digits.isEmpty }

  /// The exponent of the first significant digit: 2 for 123, −1 for 0.5; 0 for zero.
  var exponent: Int { isZero ? 0 : pointPosition - 1 }

  /// Digits before the point, at least one.
  var integerDigits: String {
    guard pointPosition > 0, !isZero else { return "0" }
    return text(of: 0..<pointPosition)
  }

  /// Exactly `places` digits after the point; those beyond are cut off, so round first.
  func fractionDigits(places: Int) -> String {
    guard places > 0 else { return "" }
    let first = isZero ? digits.count : pointPosition
    return text(of: first..<first + places)
  }

  /// How many digits after the point are needed to write the number in full.
  var fractionCount: Int { isZero ? 0 : max(0, digits.count - pointPosition) }

  /// All significant digits as text.
  var significantDigits: String {
    digits.isEmpty ? "0" : text(of: digits.indices)
  }

  /// Places without a digit of their own hold zeros.
  private func text(of places: Range<Int>) -> String {
    String(unsafeUninitializedCapacity: places.count) { buffer in
      for (offset, place) in places.enumerated() {
        buffer[offset] = UInt8(ascii: "0") + (digits.indices.contains(place) ? digits[place] : 0)
      }
      return places.count
    }
  }
}

/// A non-negative whole number in limbs of nine decimal digits: enough to multiply and to read off digits.
struct DecimalInteger {
  private var limbs: [UInt64]  // least significant first
  private static let base: UInt64 = 1_000_000_000

  init(_ value: UInt64) {
    limbs = []
    var rest = value
    while rest > 0 {
      limbs.append(rest % Self.base)
      rest /= Self.base
    }
  }

  /// Multiplies by `factor` (2 or 5) `times` times, thirteen at once.
  mutating func multiply(by factor: UInt64, times: Int) {
    let batch = (0..<13).reduce(into: UInt64(1)) { product, _ in product *= factor }
    for _ in 0..<(times / 13) { multiply(by: batch) }
    for _ in 0..<(times % 13) { multiply(by: factor) }
  }

  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % Self.base
      carry = product / Self.base
    }
    while carry > 0 {
      limbs.append(carry % Self.base)
      carry /= Self.base
    }
  }

  /// Decimal digits, most significant first, without leading zeros.
  var digits: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(limbs.count * 9)
    for limb in limbs {
      var rest = limb
      for _ in 0..<9 {
        result.append(UInt8(rest % 10))
        rest /= 10
      }
    }
    while result.last == 0 { result.removeLast() }
    return result.reversed()
  }
}
