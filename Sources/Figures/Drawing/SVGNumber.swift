// The one place where a coordinate becomes text.

/// A coordinate as SVG text: at most two decimals, halves away from zero, no trailing zeros, never "-0".
///
/// Two decimals of a point are 3.5 µm. What is not finite or lies absurdly far out becomes 0; figures
/// leave such values out before they come here.
public func svgNumber(_ value: Double) -> String {
  guard value.isFinite, value.magnitude < 1e12 else { return "0" }
  let hundredths = Int64((value * 100).rounded())
  let magnitude = hundredths.magnitude
  var text = hundredths < 0 ? "-" : ""
  text += String(magnitude / 100)
  let fraction = magnitude % 100
  if fraction != 0 {
    text += fraction < 10 ? ".0" : "."
    text += String(fraction % 10 == 0 && fraction >= 10 ? fraction / 10 : fraction)
  }
  return text
}
