// The one place where a coordinate becomes text.

/// A coordinate as SVG text: at most two decimals, halves away from zero, no trailing zeros, never "-0".
///
/// Two decimals of a point are 3.5 µm. What is not finite or lies absurdly far out becomes 0; figures
/// leave such values out before they come here.
func svgNumber(_ value: Double) -> String {
  var data = SVGPathData()
  data.append(SVGCoordinate(value))
  return data.text
}

/// A coordinate as it is written; two that read the same are equal.
struct SVGCoordinate: Sendable, Equatable {
  let hundredths: Int64

  init(_ value: Double) {
    let isDrawn = value.isFinite && value.magnitude < 1e12
    hundredths = isDrawn ? Int64((value * 100).rounded()) : 0
  }
}

/// Path data under construction: curves have thousands of places.
struct SVGPathData: Sendable {
  private var bytes: [UInt8] = []

  var isEmpty: Bool { bytes.isEmpty }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A command and its numbers: "Z", "H12.5", "M1 2".
  mutating func append(
    _ command: Unicode.Scalar, _ first: SVGCoordinate? = nil, _ second: SVGCoordinate? = nil
  ) {
    bytes.append(UInt8(truncatingIfNeeded: command.value))
    if let first { append(first) }
    if let second {
      bytes.append(UInt8(ascii: " "))
      append(second)
    }
  }

  mutating func append(_ coordinate: SVGCoordinate) {
    let zero = UInt8(ascii: "0")
    let magnitude = coordinate.hundredths.magnitude
    if coordinate.hundredths < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var whole = magnitude / 100
    repeat {
      bytes.append(zero + UInt8(truncatingIfNeeded: whole % 10))
      whole /= 10
    } while whole > 0
    bytes[start...].reverse()
    let fraction = UInt8(truncatingIfNeeded: magnitude % 100)
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    bytes.append(zero + fraction / 10)
    if fraction % 10 > 0 { bytes.append(zero + fraction % 10) }
  }
}
