// What unknown paths were meant to be.

import Diagnostics
import Testing

@testable import Expressions

@Suite struct ResultPathGuessTests {
  private static let scope: FixedResultScope = {
    var paths: [String] = [
      "os.n", "os.events", "os.median", "os.median.lower", "os.log_rank.p", "os.log_rank.df",
    ]
    for arm in ["hepatic resection", "Radio-ablation", "observation"] {
      paths += ["n", "median", "median.lower", "at(60).survival", "at(60).survival.lower", "at(60).at_risk"]
        .map { "os[\"\(arm)\"].\($0)" }
    }
    let terms = [
      #""age""#, #""sex", "women""#, #""treatment", "a""#, #""treatment", "b""#, #""treatment", "c, d""#,
    ]
    for prefix in ["cox", "cox.univariable"] {
      for term in terms {
        paths += ["coefficient", "coefficient.lower", "hr", "hr.lower", "hr.upper", "p", "se", "z"]
          .map { "\(prefix)[\(term)].\($0)" }
      }
    }
    paths += ["cox.concordance", "cox.concordance.se", "cox.n", "cox.likelihood_ratio.chi_squared", "cox.df"]
    return FixedResultScope(
      values: Dictionary(uniqueKeysWithValues: Set(paths).map { ($0, NamedValue.number(1)) }))
  }()

  @Test(arguments: [
    (#"cox["women"].hr"#, #"did you mean 'cox["sex", "women"].hr'?"#),
    (#"cox["sex"].hr"#, #"did you mean 'cox["sex", "women"].hr'?"#),
    (#"cox["sexwomen"].hr"#, #"did you mean 'cox["sex", "women"].hr'?"#),
    (#"cox["sex: women"].hr"#, #"did you mean 'cox["sex", "women"].hr'?"#),
    (#"cox["women", "sex"].hr"#, #"did you mean 'cox["sex", "women"].hr'?"#),
    (#"cox["women"]"#, #"did you mean 'cox["sex", "women"].hr'?"#),
    (#"cox.hr["age"]"#, #"did you mean 'cox["age"].hr'?"#),
    ("cox.age.hr", #"did you mean 'cox["age"].hr'?"#),
    (#"cox["Age"].HR"#, #"did you mean 'cox["age"].hr'?"#),
    (#"cox["age"].p_value"#, #"did you mean 'cox["age"].p'?"#),
    (#"cox["age"].p.value"#, #"did you mean 'cox["age"].p'?"#),
    (#"cox["age"].hazard_ratio"#, #"did you mean 'cox["age"].hr'?"#),
    (#"cox["age"].ci_lower"#, #"did you mean 'cox["age"].hr.lower'?"#),
    (#"cox["age"].conf_high"#, #"did you mean 'cox["age"].hr.upper'?"#),
    (#"cox["age"].hr_lower"#, #"did you mean 'cox["age"].hr.lower'?"#),
    (#"cox["age"].hr.ci.lower"#, #"did you mean 'cox["age"].hr.lower'?"#),
    (#"cox["age"].hr.estimate"#, #"did you mean 'cox["age"].hr'?"#),
    (#"cox["age"].estimate"#, #"did you mean 'cox["age"].coefficient' or 'cox["age"].hr'?"#),
    (#"cox["age"].beta"#, #"did you mean 'cox["age"].coefficient'?"#),
    (#"cox.univariate["women"].hr"#, #"did you mean 'cox.univariable["sex", "women"].hr'?"#),
    ("cox.c_index", "did you mean 'cox.concordance'?"),
    ("cox.lrt.chisq", "did you mean 'cox.likelihood_ratio.chi_squared'?"),
    (
      #"cox["treatment"].hr"#,
      #"did you mean 'cox["treatment", "a"].hr', 'cox["treatment", "b"].hr' or 'cox["treatment", "c, d"].hr'?"#
    ),
    (
      #"cox["height"].hr"#,
      #"after 'cox' there is: ["age"], ["sex", "women"], ["treatment", "a"], "#
        + #"["treatment", "b"], ["treatment", "c, d"]"#
    ),
    (#"os["resection"].median"#, #"did you mean 'os["hepatic resection"].median'?"#),
    (#"os["Hepatic Resection"].median"#, #"did you mean 'os["hepatic resection"].median'?"#),
    (#"os["radioablation"].median"#, #"did you mean 'os["Radio-ablation"].median'?"#),
    (#"os.median["resection"]"#, #"did you mean 'os["hepatic resection"].median'?"#),
    (#"os["resection"].median_lower"#, #"did you mean 'os["hepatic resection"].median.lower'?"#),
    (#"os["resection"].survival(60)"#, #"did you mean 'os["hepatic resection"].at(60).survival'?"#),
    (
      #"os["resection"]"#, #"after 'os["hepatic resection"]' there is: .at(60), .median, .n"#
    ),
    ("os.logrank.p_value", "did you mean 'os.log_rank.p'?"),
    ("os.deaths", "did you mean 'os.events'?"),
    (
      #"os["resection"].at(36).survival"#,
      "only times that were asked for exist; write 'times: [36, 60]' in 'os'"
    ),
    (
      "os.nonsense",
      "after 'os' there is: .events, .log_rank, .median, .n, [\"Radio-ablation\"], "
        + "[\"hepatic resection\"], [\"observation\"]"
    ),
  ])
  func meansAResult(path: String, remedy: String) throws {
    #expect(throws: Never.self) {
      let expression = try Expression.parse(source(path))
      do {
        _ = try expression.evaluate(in: Self.scope)
        Issue.record("'\(path)' exists")
      } catch let list as DiagnosticList {
        #expect(list.diagnostics.first?.remedy == remedy)
      }
    }
  }

  @Test(arguments: [
    "os.n", #"os["a, \"b\" \\ ] ).c\u0001\n"].at(60).survival"#, "cox.variance[\"a\", \"b\"]", "x.name(1)",
    "x.points(-0.5, true)",
  ])
  func canonicalTextsAreReadBack(text: String) throws {
    #expect(try #require(ResultPath(canonical: text)).text == text)
  }

  @Test(arguments: ["os.", "os[", "os[\"a", "os[\"a\"", "os[\"a\",\"b\"]", "os(x)"])
  func otherTextsAreNoPaths(text: String) {
    #expect(ResultPath(canonical: text)?.text != text)
  }
}
