// How close is close: relative to the expected value.

import Testing

func isClose(_ got: Double, _ expected: Double, relative: Double, absolute: Double = 0) -> Bool {
  if got == expected || (got.isNaN && expected.isNaN) { return true }
  return (got - expected).magnitude <= absolute + relative * expected.magnitude
}

func expectClose(
  _ got: Double, _ expected: Double, relative: Double = 1e-13, absolute: Double = 0, _ label: String = "",
  location: SourceLocation = #_sourceLocation
) {
  #expect(
    isClose(got, expected, relative: relative, absolute: absolute),
    "\(label) got \(got), expected \(expected)", sourceLocation: location)
}
