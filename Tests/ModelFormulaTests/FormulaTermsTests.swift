import Diagnostics
import Expressions
import Testing

@testable import ModelFormula

@Suite struct FormulaTermsTests {
  // attr(terms(formula), "term.labels"), Fixtures/generate_terms.R
  @Test func agreeWithR() throws {
    for line in try Fixture.text("terms.txt").split(separator: "\n") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let terms = try Formula.parse(source(cells[0])).terms()
      #expect(terms.terms.map(\.text) == Array(cells.dropFirst(2)), "\(cells[0])")
      #expect(terms.hasIntercept == (cells[1] == "1"), "\(cells[0])")
    }
  }

  // deparse(), Fixtures/generate_terms.R
  @Test func callsAreNamedAsRPrintsThem() throws {
    for line in try Fixture.text("deparse.txt").split(separator: "\n") {
      let cells = line.split(separator: "\t").map(String.init)
      let expression = try Expression.parse(source(cells[0]), dialect: .formula)
      #expect(RText.text(expression.root) == cells[1])
    }
  }

  @Test func everythingMeansTheOtherColumns() throws {
    let formula = try Formula.parse(source("Surv(time, status == 1) ~ . - id + age:sex"))
    let terms = try formula.terms(
      columns: ["id", "time", "status", "age", "sex", "extra"], excluding: ["extra"])
    #expect(terms.terms.map(\.text) == ["age", "sex", "age:sex"])
    #expect(formula.mentionsEverything)
    #expect(formula.columnNames == ["age", "id", "sex", "status", "time"])
    #expect(throws: DiagnosticList.self) { try formula.terms() }
  }

  @Test func knowsItsColumnsBeforeAnyDataAreRead() throws {
    let formula = try Formula.parse(
      source(
        "cbind(s, f) ~ ns(log(x), knots = c(1, 2), intercept = F) "
          + "+ C(g, contr.sum) + strata(h, k) + ridge(p, q, theta = 1)"
      ))
    #expect(formula.columnNames == ["f", "g", "h", "k", "p", "q", "s", "x"])
  }

  @Test func specialCallsAreSetApart() throws {
    let terms = try Formula.parse(
      source("~ age + survival::strata(sex) + cluster(id) + offset(log(time)) + strata(b):age")
    ).terms()
    #expect(terms.terms.map(\.text) == ["age", "strata(sex)", "age:strata(b)"])
    #expect(terms.strata.map { terms.variables[$0].text } == ["strata(sex)", "strata(b)"])
    #expect(terms.clusters.count == 1)
    #expect(terms.offsets.map { terms.variables[$0].text } == ["offset(log(time))"])
  }

  @Test func termsKnowWhereTheyStand() throws {
    let terms = try Formula.parse(source("y ~ age * sex + ns(x, df = 3)")).terms()
    #expect(
      terms.terms.map { terms.source.range($0.range).text } == ["age", "sex", "ns(x, df = 3)", "age * sex"])
  }

  @Test func explosionsAreRefused() throws {
    let many = (0..<40).map { "v\($0)" }.joined(separator: " + ")
    #expect(throws: DiagnosticList.self) { try Formula.parse(source("~ (\(many))^10")).terms() }
    let product = (0..<30).map { "v\($0)" }.joined(separator: "*")
    #expect(throws: DiagnosticList.self) { try Formula.parse(source("~ \(product)")).terms() }
  }
}

extension FormulaTermsTests {
  @Test func univariableModelsKeepStrataClustersAndOffsets() throws {
    let terms = try Formula.parse(source("~ age + sex * x + strata(g) + cluster(id) + offset(z)")).terms()
    let one = terms.keeping([1])
    #expect(one.terms.map(\.text) == ["sex", "strata(g)"])
    #expect(one.variables.map(\.text) == ["sex", "strata(g)", "cluster(id)", "offset(z)"])
    #expect(terms.keeping([4]).terms.map(\.text) == ["strata(g)", "sex:x"])
  }
}
