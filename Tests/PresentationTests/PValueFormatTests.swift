// P values in every style, at the bounds of their rules.
import Testing

@testable import Presentation

@Suite struct PValueFormatTests {
  @Test(
    arguments: [
      // p, plain, jama, nejm, lancet, annals
      (0.04, "0.040", ".04", "0.04", "0·040", "0.040"),
      (0.0123, "0.012", ".01", "0.01", "0·012", "0.012"),
      (0.01, "0.010", ".01", "0.01", "0·010", "0.010"),
      (0.00996, "0.010", ".010", "0.010", "0·010", "0.010"),
      (0.0046, "0.005", ".005", "0.005", "0·0046", "0.005"),
      (0.001, "0.001", ".001", "0.001", "0·0010", "0.001"),
      (0.00099, "<0.001", "<.001", "<0.001", "0·0010", "<0.001"),
      (0.000_14, "<0.001", "<.001", "<0.001", "0·0001", "<0.001"),
      (0.0001, "<0.001", "<.001", "<0.001", "0·0001", "<0.001"),
      (0.000_099, "<0.001", "<.001", "<0.001", "<0·0001", "<0.001"),
      (0.0, "<0.001", "<.001", "<0.001", "<0·0001", "<0.001"),
      (0.046, "0.046", ".046", "0.05", "0·046", "0.046"),
      (0.0496, "0.050", ".0496", "0.05", "0·050", "0.050"),
      (0.05, "0.050", ".05", "0.05", "0·050", "0.050"),
      (0.0549, "0.055", ".05", "0.05", "0·055", "0.055"),
      (0.2, "0.200", ".20", "0.20", "0·20", "0.20"),
      (0.1996, "0.200", ".20", "0.20", "0·20", "0.200"),
      (0.4242, "0.424", ".42", "0.42", "0·42", "0.42"),
      (0.994, "0.994", ".99", "0.99", "0·99", "0.99"),
      (0.996, "0.996", ">.99", ">0.99", ">0·99", ">0.99"),
      (0.9996, ">0.999", ">.99", ">0.99", ">0·99", ">0.99"),
      (1.0, ">0.999", ">.99", ">0.99", ">0·99", ">0.99"),
      (1.000_000_000_000_1, ">0.999", ">.99", ">0.99", ">0·99", ">0.99"),
      (Double.nan, "NE", "NE", "NE", "NE", "NE"),
    ] as [(Double, String, String, String, String, String)])
  func digits(p: Double, plain: String, jama: String, nejm: String, lancet: String, annals: String) {
    let printed = JournalStyle.all.map { $0.pValue.text(p, style: $0.number) }
    #expect(printed == [plain, jama, nejm, lancet, annals])
  }

  @Test func sentences() {
    #expect(
      JournalStyle.all.map { $0.pSentence(.value(0.0004)) } == [
        "P < 0.001", "P < .001", "P<0.001", "p=0·0004", "P < 0.001",
      ])
    #expect(
      JournalStyle.all.map { $0.pSentence(.value(0.3)) } == [
        "P = 0.300", "P = .30", "P=0.30", "p=0·30", "P = 0.30",
      ])
    #expect(JournalStyle.plain.pSentence(.notEstimable) == "P NE")
    #expect(JournalStyle.plain.pSentence(.value(1)) == "P > 0.999")
  }

  @Test func neverZeroNorOne() {
    var generator = Seeded(seed: 11)
    for _ in 0..<500 {
      let exponent = Double.random(in: -12...0, using: &generator)
      var p = 1.0
      for _ in 0..<Int(-exponent) { p /= 10 }
      p *= Double.random(in: 0.1...1, using: &generator)
      for style in JournalStyle.all {
        let text = style.pValue.text(p, style: .machine)
        let number = text.drop { $0 == "<" || $0 == ">" }
        let value = Double(number.hasPrefix(".") ? "0" + number : String(number)) ?? 0
        #expect(value > 0 && value < 1, "\(text)")
      }
    }
  }
}
