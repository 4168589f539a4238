// Functional forms and nomograms: what they say is what the model says.
import Diagnostics
import Directives
import Presentation
import Testing

@Suite struct EffectFigureTests {
  static let model = """
    ```{data #d}
    source: data.csv
    dictionary:
      age: {label: Age, unit: years}
      sex: {label: Sex, levels: [f, m]}
    outcomes:
      os: Surv(months, died == 1)
    ```
    ```{cox #m}
    data: d
    formula: os ~ age + sex
    figure: false
    ```

    """

  /// A linear effect is exp(β (x − reference)), with limits of that multiple of the coefficient's.
  @Test func linearEffects() throws {
    let bench = try DirectiveBench(
      Self.model + """
        ```{functional-form #shape}
        model: m
        at: {age: [50, 60]}
        reference: {age: 60}
        ```
        """, files: ["data.csv": CombinedTablesTests.data])
    let beta = try #require(bench.number("m[\"age\"].coefficient"))
    let error = try #require(bench.number("m[\"age\"].se"))
    let ratio = try #require(bench.number("shape[\"age\"].at(50).hr"))
    let upper = try #require(bench.number("shape[\"age\"].at(50).hr.upper"))
    func series(_ x: Double) -> Double {
      var (term, sum) = (1.0, 1.0)
      for k in 1...80 {
        term *= x / Double(k)
        sum += term
      }
      return sum
    }
    #expect((ratio / series(-10 * beta) - 1).magnitude < 1e-10)
    #expect((upper / series(-10 * beta + 10 * 1.959963984540054 * error) - 1).magnitude < 1e-9)
    #expect(bench.number("shape[\"age\"].at(60).hr") == 1)
    #expect(bench.lines(of: "shape")[2] == "| Age, years: 60 against 60 | 1 (reference) |")
  }

  /// Points are in proportion to the linear predictor, 100 for the widest effect, 0 at the lowest risk.
  @Test func pointsOfANomogram() throws {
    let bench = try DirectiveBench(
      Self.model + """
        ```{nomogram #points}
        model: m
        times: [5]
        ```
        """, files: ["data.csv": CombinedTablesTests.data])
    let age = try #require(bench.number("m[\"age\"].coefficient"))
    let sex = try #require(bench.number("m[\"sex\", \"m\"].coefficient"))
    let unit = try #require(bench.number("points.points_per_unit"))
    let low = try #require(bench.number("points[\"age\"].points(50)"))
    let high = try #require(bench.number("points[\"age\"].points(70)"))
    #expect((high - low - 20 * age * unit).magnitude < 1e-9)
    let (f, m) = (
      try #require(bench.number("points[\"sex\", \"f\"].points")),
      try #require(bench.number("points[\"sex\", \"m\"].points"))
    )
    #expect((m - f - sex * unit).magnitude < 1e-9)
    #expect(min(f, m) == 0)
    #expect(bench.tables(of: "points").first?.rows.count ?? 0 > 8)
  }

  @Test func interactionsHaveNoSingleShape() {
    for directive in ["functional-form", "nomogram"] {
      let problems = DirectiveBench.problems(
        Self.model.replacing("age + sex", with: "age * sex") + """
          ```{\(directive) #x}
          model: m
          \(directive == "nomogram" ? "times: [5]" : "variables: [age]")
          ```
          """, files: ["data.csv": CombinedTablesTests.data])
      #expect(problems.count == 1)
    }
  }

  @Test func nullResidualsAddUpToNothing() throws {
    let bench = try DirectiveBench(
      Self.model + """
        ```{functional-form #shape}
        model: m
        show: null-residuals
        ```
        """, files: ["data.csv": CombinedTablesTests.data])
    #expect(bench.written("shape").first?.contains("Martingale residual") == true)
  }
}
