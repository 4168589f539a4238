// Decimal text to the nearest double.

/// What a cell says, read as a number.
struct ParsedNumber: Sendable, Equatable {
  var value: Double
  /// Digits alone, with or without a sign.
  var isPlainInteger: Bool
  /// How many digits a plain integer is written with.
  var digits: Int
  /// Whether a plain integer of several digits begins with zero.
  var hasLeadingZero: Bool
}

/// Reads `[+-]digits[.digits][e[+-]digits]`, one of the digit groups before the exponent being optional.
///
/// Every result is the double nearest to the decimal. Words such as `NaN`, `Inf` and `0x1A`, grouped digits
/// and numbers too large for a double are no numbers here. A negative zero is read as zero.
enum NumberParser {
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>, mark: UInt8) -> ParsedNumber? {
    var index = 0
    func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    let isNegative = byte(0) == 0x2D
    if isNegative || byte(0) == 0x2B { index = 1 }
    let firstDigit = index
    var mantissa: UInt64 = 0
    var significant = 0
    var exponent = 0
    func take(_ digit: UInt8) {
      if significant < 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
      if mantissa != 0 { significant += 1 }
    }
    while byte(index) &- 0x30 <= 9 {
      take(byte(index) &- 0x30)
      index += 1
    }
    let wholeDigits = index - firstDigit
    var fractionDigits = 0
    let hasMark = byte(index) == mark && index < bytes.count
    if hasMark {
      index += 1
      while byte(index) &- 0x30 <= 9 {
        take(byte(index) &- 0x30)
        index += 1
        fractionDigits += 1
      }
    }
    guard wholeDigits + fractionDigits > 0 else { return nil }
    let hasExponent = byte(index) | 0x20 == 0x65 && index < bytes.count
    if hasExponent {
      index += 1
      let isBelow = byte(index) == 0x2D
      if isBelow || byte(index) == 0x2B { index += 1 }
      let first = index
      while byte(index) &- 0x30 <= 9 {
        exponent = min(exponent * 10 + Int(byte(index) &- 0x30), 100_000)
        index += 1
      }
      guard index > first else { return nil }
      if isBelow { exponent = -exponent }
    }
    guard index == bytes.count else { return nil }
    let exact = significant <= 19 ? nearest(mantissa, exponent - fractionDigits) : nil
    guard let magnitude = exact ?? nearestByLibrary(bytes, mark: mark).map({ abs($0) }), magnitude.isFinite
    else {
      return nil
    }
    let isPlain = !hasMark && !hasExponent
    return ParsedNumber(
      value: magnitude == 0 ? 0 : isNegative ? -magnitude : magnitude, isPlainInteger: isPlain,
      digits: isPlain ? wholeDigits : 0,
      hasLeadingZero: isPlain && wholeDigits > 1 && byte(firstDigit) == 0x30)
  }

  /// Whether the cell is a number that has a decimal mark with a digit after it.
  static func isDecimal(_ bytes: UnsafeBufferPointer<UInt8>, mark: UInt8) -> Bool {
    guard let position = bytes.firstIndex(of: mark), position + 1 < bytes.count,
      bytes[position + 1] &- 0x30 <= 9
    else { return false }
    return parse(bytes, mark: mark) != nil
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]
  /// 5^0 to 5^27, all that fit 64 bits.
  private static let powersOfFive: [UInt64] = (0..<27).reduce(into: [1]) { powers, index in
    powers.append(powers[index] * 5)
  }

  /// mantissa · 10^exponent rounded to nearest, ties to even; `nil` where 128 bits do not settle it.
  ///
  /// Small cases are one exact division or product (Clinger 1990). Up to 10^±27 the power of five fits 64
  /// bits, so that product and quotient with remainder are exact integers and can be rounded as they are.
  @inline(__always)
  static func nearest(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
      let value = Double(mantissa)
      return exponent < 0 ? value / powersOfTen[-exponent] : value * powersOfTen[exponent]
    }
    return nearestWide(mantissa, exponent)
  }

  private static func nearestWide(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    if mantissa == 0 { return 0 }
    guard exponent >= -27, exponent <= 27 else { return nil }
    if exponent >= 0 {
      let product = mantissa.multipliedFullWidth(by: powersOfFive[exponent])
      if product.high == 0 { return rounded(product.low, exponent, hasMore: false) }
      let shift = product.high.leadingZeroBitCount
      let top = shift == 0 ? product.high : product.high << shift | product.low >> (64 - shift)
      return rounded(top, exponent + 64 - shift, hasMore: product.low << shift != 0)
    }
    let power = powersOfFive[-exponent]
    let divisorShift = power.leadingZeroBitCount
    let dividendShift = mantissa.leadingZeroBitCount
    let dividend = mantissa << dividendShift
    // dividend · 2^63 / divisor: the upper half is below the divisor, so the quotient fits 64 bits.
    let (quotient, remainder) = (power << divisorShift).dividingFullWidth((dividend >> 1, dividend << 63))
    return rounded(quotient, exponent - dividendShift + divisorShift - 63, hasMore: remainder != 0)
  }

  /// bits · 2^exponent, a fraction of the last bit still to come if `hasMore`, rounded to 53 bits.
  private static func rounded(_ bits: UInt64, _ exponent: Int, hasMore: Bool) -> Double {
    let shift = bits.leadingZeroBitCount
    let normalised = bits << shift
    var significand = normalised >> 11
    let tail = normalised & 0x7FF
    if tail > 0x400 || (tail == 0x400 && (hasMore || significand & 1 == 1)) { significand += 1 }
    let scale = Double(sign: .plus, exponent: exponent - shift + 11, significand: 1)
    return Double(significand) * scale
  }

  private static func nearestByLibrary(_ bytes: UnsafeBufferPointer<UInt8>, mark: UInt8) -> Double? {
    Double(String(decoding: bytes.map { $0 == mark ? 0x2E : $0 }, as: UTF8.self))
  }
}
