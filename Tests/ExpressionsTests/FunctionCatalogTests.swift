import Diagnostics
import Testing

@testable import Expressions

@Suite struct FunctionCatalogTests {
  @Test func everyFunctionHasAPageWhoseExampleIsRead() throws {
    #expect(FunctionCatalog.all.count == ColumnFunction.allCases.count)
    for entry in FunctionCatalog.all + FunctionCatalog.dataFunctions {
      #expect(entry.summary.hasSuffix("."))
      #expect(entry.signature.contains(entry.name))
      _ = try InlineExpression.parse(source(entry.example))
    }
  }

  @Test func knowsFunctionsByName() {
    #expect(FunctionCatalog.entry(named: "if")?.worksOnResults == true)
    #expect(FunctionCatalog.entry(named: "nonsense") == nil)
  }
}

@Suite struct AggregateTests {
  @Test func quantilesAreOfTypeSeven() {
    // quantile(c(1, 2, 4, 8), c(0, .1, .25, .5, .9, 1))
    let values = [8.0, 1, 4, 2]
    for (p, expected) in [(0, 1.0), (0.1, 1.3), (0.25, 1.75), (0.5, 3), (0.9, 6.8), (1, 8)] {
      #expect(abs(Aggregate.quantile(values, p) - expected) < 1e-14)
    }
    #expect(Aggregate.quantile([], 0.5).isNaN)
  }

  @Test func sumsDoNotDependOnTheOrderOfRows() {
    var random = SplitMix(state: 3)
    var values = (0..<5000).map { _ in Double(random.next() >> 20) / 1e7 - 4e5 }
    let sum = Aggregate.sum(values)
    let spread = Aggregate.standardDeviation(values)
    for _ in 0..<5 {
      values.shuffle(using: &random)
      #expect(Aggregate.sum(values) == sum)
      #expect(Aggregate.standardDeviation(values) == spread)
    }
  }

  @Test func halvesRoundAwayFromZero() {
    #expect(DecimalRounding.round(0.25, digits: 1) == 0.3)
    #expect(DecimalRounding.round(-2.5, digits: 0) == -3)
    #expect(DecimalRounding.round(1234.5, digits: -2) == 1200)
    #expect(DecimalRounding.round(1e300, digits: 20) == 1e300)
  }
}
