import Diagnostics
import Expressions
import Testing

@testable import ModelFormula

@Suite struct FormulaParserTests {
  /// The only fault of a text with `«»` around the place it must point at.
  private func fault(_ text: String) -> (
    code: DiagnosticCode, message: String, remedy: String, place: String, isAtMark: Bool
  )? {
    var plain = ""
    var start: Int?
    var end: Int?
    for character in text {
      if character == "«" {
        start = plain.utf8.count
      } else if character == "»" {
        end = plain.utf8.count
      } else {
        plain.append(character)
      }
    }
    let source = source(plain)
    do throws(DiagnosticList) {
      _ = try Formula.parse(source).terms()
      return nil
    } catch {
      guard let first = error.diagnostics.first, let location = first.location else { return nil }
      let range = source.range((start ?? 0)..<(end ?? 0))
      let all = error.diagnostics.map(\.message).joined(separator: " | ")
      return (
        first.code, all, first.remedy ?? "", range.text,
        location.start == range.start && location.end == range.end
      )
    }
  }

  @Test(arguments: [
    ("«age + sex»", "a formula needs '~' between outcome and terms", "write outcome ~ age + sex"),
    ("y ~ a +«»", "the formula ends too early", "write what belongs after '+', or delete it"),
    ("y ~ a «~» b", "unexpected '~'", "a formula has one '~'"),
    ("y ~ a «==» 1", "unexpected '=='", "a comparison as a term stands in I(…)"),
    ("y ~ a «,» b", "unexpected ','", "terms are joined by '+'"),
    ("y ~ a «b»", "unexpected 'b'", "terms are joined by '+'; a name with blanks stands in backquotes"),
    ("y ~ a «|» g", "unexpected '|'", "strata(…) and cluster(…) take the place of '|'"),
    ("y ~ «2» + a", "'2' is no term", "terms are columns, 0, 1, and calls such as log(age) or I(age / 10)"),
    (
      "y ~ «\"age\"»", "'\"age\"' is no term",
      "terms are columns, 0, 1, and calls such as log(age) or I(age / 10)"
    ),
    (
      "y ~ age^«0.5»", "the power of a formula is a whole number from 1 to 10",
      "a power of the values themselves is written I(age^…)"
    ),
    ("y ~ «a[1]»", "'a[1]' is no term", "terms are columns and calls"),
    ("y ~ ns(x, «dff» = 3)", "ns() has no argument 'dff'", "did you mean 'df'?"),
    ("y ~ ns(x, df = «\"3\"»)", "'df' is a number", ""),
    ("y ~ ns(x, df = «2.5»)", "'df' is a whole number from 1 to 50", ""),
    ("y ~ «ns()»", "ns() needs a column", ""),
    ("y ~ rcs(x, «c(1, 2)»)", "rcs() needs three knots or more", ""),
    ("y ~ pspline(x, theta = «2»)", "'theta' lies between 0 and 1", ""),
    ("y ~ «ridge(x, theta = 1, df = 2)»", "only one of 'theta' and 'df' can be given", ""),
    ("y ~ «Surv(a, b)»", "Surv() belongs on the left side of '~'", ""),
    (
      "«Surv(a, b, c, d)» ~ x", "Surv() takes a time and an event, or start, stop and event",
      "write Surv(months, died == 1)"
    ),
    ("Surv(a, b, «typ» = \"left\") ~ x", "Surv() has no argument 'typ'", "to compare, write typ == \"left\""),
    ("Surv(a, b, type = «\"left\"») ~ x", "only right-censored and (start, stop] data are known", ""),
    ("y ~ factor(k, levels = c(1, 2), labels = «c(\"a\")»)", "2 levels cannot have 1 labels", ""),
    ("y ~ C(f, «contr.foo»)", "unknown contrasts", "contr.treatment, contr.sum, contr.helmert or contr.poly"),
    ("y ~ «(»a + b", "'(' is never closed", ""),
    ("y ~ «.»", "'.' stands for all columns, which are not known here", ""),
    ("Surv(t, s «=» 1, 3 + ) ~ a", "", ""),
  ])
  func pointsAtTheFault(text: String, message: String, remedy: String) throws {
    let fault = try #require(self.fault(text), "\(text)")
    #expect(fault.code == .formulaSyntax)
    guard !message.isEmpty else { return }
    #expect(fault.message == message)
    #expect(fault.remedy == remedy)
    #expect(fault.isAtMark, "\(text)")
  }

  @Test(arguments: [
    ("Surv(t, s == 1) ~ 1", "t - s == 1"), ("Surv(a, b, c) ~ 1", "b a c"), ("Surv(a) ~ 1", "a - -"),
    ("Surv(time = a, event = c) ~ 1", "a - c"), ("Surv(event = c, a, b) ~ 1", "b a c"),
    ("Surv(start, stop, event = e) ~ 1", "stop start e"),
    ("survival::Surv(a, b) ~ 1", "a - b"), ("Surv(a, time2 = b, event = c) ~ 1", "b a c"),
    ("Surv(a - 0.5, s == 1 & t > 2) ~ x", "a - 0.5 - s == 1 and t > 2"),
  ])
  func readsOutcomes(text: String, expected: String) throws {
    let formula = try Formula.parse(source(text))
    guard case .survival(let survival)? = formula.response?.form else {
      Issue.record("no survival outcome")
      return
    }
    func words(_ expression: Expression?) -> String { expression?.canonicalText ?? "-" }
    #expect(
      [words(survival.time), words(survival.entry), words(survival.event)].joined(separator: " ") == expected)
  }

  @Test func tellsOutcomesApart() throws {
    func form(_ text: String) throws -> String {
      switch try Formula.parse(source(text)).response?.form {
      case nil: "none"
      case .name(let name): "name " + name
      case .survival: "survival"
      case .columns(let columns): "columns \(columns.count)"
      case .expression(let expression): "expression " + expression.canonicalText
      }
    }
    #expect(try form("~ a") == "none")
    #expect(try form("os ~ a") == "name os")
    #expect(try form("`odd name` ~ a") == "name odd name")
    #expect(try form("cbind(s, f) ~ a") == "columns 2")
    #expect(try form("log(los) ~ a") == "expression log(los)")
    #expect(try form("status == 1 ~ a") == "expression status == 1")
  }

  @Test func declaredOutcomes() throws {
    #expect(try SurvivalSyntax.parse(source("Surv(os_months, died == 1)")).time.canonicalText == "os_months")
    for text in ["os_months", "Surv(a) + 1", "Surv(", "log(x)"] {
      #expect(throws: DiagnosticList.self) { try SurvivalSyntax.parse(source(text)) }
    }
  }

  @Test func nothingExhaustsTheStack() {
    for text in [
      String(repeating: "(", count: 5_000), "y ~ " + String(repeating: "(", count: 5_000),
      "y ~ a" + String(repeating: "+a", count: 5_000),
      "y ~ " + String(repeating: "log(", count: 5_000), "y ~ a" + String(repeating: ":a", count: 5_000),
      "y ~ a" + String(repeating: "*a", count: 5_000),
      "y ~ a" + String(repeating: "^2", count: 5_000), "y ~ a" + String(repeating: " %in% a", count: 5_000),
    ] {
      #expect(throws: DiagnosticList.self) { try Formula.parse(source(text)) }
    }
  }

  @Test func survivesRandomTexts() {
    let words = [
      "a", "b", "ns(", "log(", ")", "(", "+", "-", "*", ":", "/", "^", "2", "0", "1", "~", ".", ",", "df",
      "=", "c(", "\"t\"", "Surv(", "strata(",
      "%in%", "`q r`", "::", "|", "==", "factor(", "ridge(", "poly(", "TRUE", "NULL", "[", "é",
    ]
    var state: UInt64 = 11
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33)
    }
    var accepted = 0
    for _ in 0..<4000 {
      let text = "~ " + (0..<(1 + next() % 9)).map { _ in words[next() % words.count] }.joined(separator: " ")
      if (try? Formula.parse(source(text)).terms(columns: ["a", "b"])) != nil { accepted += 1 }
    }
    #expect(accepted > 50)
  }
}
