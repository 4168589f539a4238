// How close is close: relative to the expected value.

import Testing

func expectClose(
  _ got: Double?, _ expected: Double, relative: Double = 1e-10, absolute: Double = 0, _ label: String = "",
  location: SourceLocation = #_sourceLocation
) {
  guard let got else {
    Issue.record("\(label) nothing, expected \(expected)", sourceLocation: location)
    return
  }
  let isClose = got == expected || (got - expected).magnitude <= absolute + relative * expected.magnitude
  #expect(isClose, "\(label) got \(got), expected \(expected)", sourceLocation: location)
}
