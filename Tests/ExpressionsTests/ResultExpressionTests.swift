import DataTables
import Diagnostics
import Testing

@testable import Expressions

@Suite struct ResultExpressionTests {
  private func scope() throws -> FixedResultScope {
    var scope = FixedResultScope(
      values: [
        "nelm.n": .count(939), "os.n": .count(900), "os.median": .number(87.5),
        "os.median.lower": .number(80),
        #"os["hepatic resection"].median"#: .notReached(beyond: 120),
        #"os["observation"].median"#: .number(24),
        #"os["obs, \"x\""].n"#: .count(3), #"os["observation"].at(60).survival"#: .number(0.25),
        #"os["observation"].at(120).survival"#: .notEstimable,
        #"prognosis["treatment", "observation"].hr"#: .number(1.5),
        #"prognosis["z"].hr"#: .withheld, "km.median": .notReached, "prognosis.ties": .text("efron"),
        "os.converged": .flag(true), "os.first": .date(365),
      ],
      tables: ["nelm": try sampleTable()])
    scope.values["os.median"] = ScopedValue(.number(87.5), kind: "time")
    scope.values["os.test.p"] = ScopedValue(.number(0.04), kind: "pValue")
    scope.values["os.p"] = ScopedValue(.number(0.03), kind: "proportion")
    return scope
  }

  private func value(_ text: String) throws -> String {
    let evaluation = try Expression.parse(source(text)).evaluate(in: try scope())
    guard case .value(let scoped) = evaluation.outcome else { return "unavailable" }
    return scoped.value.text + (scoped.kind.map { " " + $0 } ?? "")
  }

  @Test(arguments: [
    ("nelm.n", "939"), ("nelm.n - os.n", "39 count"), ("100 * os.n / nelm.n", "95.84664536741214"),
    ("os.median.lower", "80"), ("os[\"observation\"].at(60.0).survival", "0.25"), ("os['obs, \"x\"'].n", "3"),
    ("prognosis[\"treatment\",\"observation\"].hr", "1.5"), ("round(os.median / 12, 1)", "7.3 time"),
    ("1 - os.p", "0.97 proportion"), ("log(os.p) < 0", "true"), ("abs(-3)", "3"),
    ("max(os.n, nelm.n)", "939"),
    ("nelm.count(site == \"pancreas\")", "2 count"), ("nelm.percent(age > 60)", "60 percent"),
    ("nelm.missing(age)", "1 count"),
    ("nelm.min(year(born))", "1960"), ("nelm.max(born)", "2020-01-01 date"), ("nelm.median(age)", "65"),
    ("nelm.quantile(age, 0.25)", "50"), ("nelm.mean(died)", "0.6"), ("nelm.sum(age)", "300.5"),
    ("round(nelm.sd(age), 6)", "18.256506"), ("prognosis.ties == \"efron\"", "true"),
    ("os.first < \"1972-01-01\"", "true"),
    ("os.converged and nelm.n in [1, 939]", "true"), ("if(os.p < 0.05, 1, 2)", "1"),
    ("between(os.p, 0.01, 0.05)", "true"),
    ("prognosis[\"z\"].hr", "withheld"), ("prognosis[\"z\"].hr * 2", "NE"), ("km.median", "NR"),
    ("1 / (nelm.n - 939)", "NE"), ("7 / 2", "3.5"), ("nelm.n % 10", "9"), ("1 - os.test.p", "0.96"),
    ("nelm.n / 2", "469.5"), ("os.median * os.p", "2.625"), ("100 * os.p", "3"),
    ("os.median * 2", "175 time"), ("os.median * os.median", "7656.25"),
    ("nelm.percent(age > 60) / 100", "0.6"), ("not (nelm.n > 1)", "false"),
  ])
  func computes(text: String, expected: String) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: [
    ("os[\"hepatic resection\"].median > os[\"observation\"].median", ClaimOutcome.holds),
    ("os[\"hepatic resection\"].median <= 120", .fails),
    ("120 < os[\"hepatic resection\"].median", .holds),
    ("os[\"hepatic resection\"].median == 100", .fails),
    (
      "os[\"hepatic resection\"].median > 121",
      .undecided(reason: "os[\"hepatic resection\"].median was not reached")
    ),
    ("km.median > 1", .undecided(reason: "km.median was not reached")),
    ("prognosis[\"z\"].hr > 1", .undecided(reason: "prognosis[\"z\"].hr is withheld")),
    (
      "os[\"observation\"].at(120).survival + 1 > 1",
      .undecided(reason: "os[\"observation\"].at(120).survival is not estimable")
    ),
    ("prognosis[\"z\"].hr > 1 and false", .fails),
    ("prognosis[\"z\"].hr > 1 or true", .holds),
    ("prognosis[\"z\"].hr > 1 or false", .undecided(reason: "prognosis[\"z\"].hr is withheld")),
    ("not (prognosis[\"z\"].hr > 1)", .undecided(reason: "prognosis[\"z\"].hr is withheld")),
    ("prognosis[\"z\"].hr in [1, 2]", .undecided(reason: "prognosis[\"z\"].hr is withheld")),
    ("nelm.n not in [1, 2]", .holds),
    ("nelm.n == 940", .fails),
  ])
  func claims(text: String, expected: ClaimOutcome) throws {
    #expect(try Expression.parse(source(text)).claim(in: try scope()).outcome == expected)
  }

  @Test func reportsTheValuesItMet() throws {
    let met = try Expression.parse(source("os.n > 1 and nelm.count( age>60 ) == 3 and os.n < 2")).claim(
      in: try scope()
    ).met
    #expect(met.map(\.name) == ["os.n", "nelm.count(age > 60)"])
    #expect(met.map(\.value) == [.count(900), .count(3)])
    #expect(met.map(\.range.text) == ["os.n", "nelm.count( age>60 )"])
  }

  @Test(arguments: [
    ("«os.medain»", DiagnosticCode.unknownResult, "no result 'os.medain'", "did you mean 'os.median'?"),
    ("«oss».median", .unknownResult, "no directive with the id 'oss'", "did you mean 'os'?"),
    ("«age» > 1", .unknownResult, "no result 'age'", ""),
    (
      "«os[\"observatoin\"].median»", .unknownResult, "no result 'os[\"observatoin\"].median'",
      "did you mean 'os[\"observation\"].median'?"
    ),
    (
      "«os[\"observation\"].at(48).survival»", .unknownResult,
      "no result 'os[\"observation\"].at(48).survival'",
      "only times that were asked for exist; write 'times: [48, 60, 120]' in 'os'"
    ),
    (
      "«os[\"observation\"].nonsense»", .unknownResult, "no result 'os[\"observation\"].nonsense'",
      "after 'os[\"observation\"]' there is: .at(120), .at(60), .median"
    ),
    ("nelm.count(«sit» == \"lung\")", .unknownColumn, "no column 'sit' in 'nelm'", "did you mean 'site'?"),
    (
      "nelm.count(«age»)", .expressionType, "'age' is a number, not true or false",
      "write a comparison, such as age == 1"
    ),
    (
      "«mean»(age)", .unknownFunction, "mean() works on the columns of a data set, not on results",
      "write ID.mean(x)"
    ),
    ("«sqr»(os.n)", .unknownFunction, "no function 'sqr'", "did you mean 'sqrt'?"),
    (
      "os[«observation»].median", .expressionSyntax, "the path of a result holds plain numbers and texts",
      "write \"observation\""
    ),
    ("«os.n»", .expressionType, "a claim is true or false, this is a number", "write a comparison"),
    ("«prognosis.ties» > 3", .expressionType, "", ""),
    (
      "«nelm.quantile(age)»", .expressionType, "nelm.quantile() takes 2 arguments",
      "write nelm.quantile(x, p)"
    ),
  ])
  func faultsPointAtTheirWords(text: String, code: DiagnosticCode, message: String, remedy: String) throws {
    let scope = try scope()
    let fault = try #require(
      fault(text) { source throws(DiagnosticList) in _ = try Expression.parse(source).claim(in: scope) })
    #expect(fault.code == code)
    guard !message.isEmpty else { return }
    #expect(fault.message == message)
    #expect(fault.remedy ?? "" == remedy)
    #expect(fault.isAtMark, "\(text)")
  }

  @Test func aFailedDirectiveIsReportedOnce() throws {
    struct Failing: ResultScope {
      func value(of path: ResultPath) -> ResultLookup { path.id == "os" ? .unavailable : .unknown }
      func table(_ id: String) -> DataTable? { nil }
      let ids = ["os"]
      func paths(of id: String) -> [String] { [] }
    }
    for text in ["os.median > 3", "os.count(age > 3) > 1", "false and os.n > 1"] {
      #expect(try Expression.parse(source(text)).claim(in: Failing()).outcome == .unavailable)
    }
  }

  @Test func namesWhatItRestsOn() throws {
    let uses = try Expression.parse(
      source("abs(os.median - nelm.count(age > ph.ecog)) > prognosis[\"a\"].hr")
    ).resultUses
    #expect(uses.map(\.id) == ["os", "nelm", "prognosis"])
    #expect(uses[1].columns.map(\.name) == ["age", "ph.ecog"])
  }
}

@Suite struct ResultPathTests {
  @Test(arguments: [
    ("os [ 'a' , \"b\" ] .median", nil as String?),
    ("os['a',\"b\"].at( 60.00 ).survival", #"os["a", "b"].at(60).survival"#),
    ("os.at(1e-3).n", "os.at(0.001).n"), ("os.at(-5)", "os.at(-5)"), (#"x["q\"\\|"].n"#, #"x["q\"\\|"].n"#),
    (#"x["\u00e9\n"].n"#, "x[\"é\\n\"].n"), ("os.n + 1", nil), ("nelm.count(a > 1)", nil),
    ("x[true].n", "x[true].n"),
  ])
  func isCanonical(text: String, expected: String?) throws {
    let path = (try? Expression.parse(source(text)))?.resultPath
    #expect(path?.text == expected)
    if let expected { #expect(try Expression.parse(source(expected)).resultPath == path) }
  }
}
