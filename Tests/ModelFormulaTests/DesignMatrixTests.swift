import DataTables
import Diagnostics
import Expressions
import Testing

@testable import ModelFormula

func source(_ text: String) -> SourceText { SourceText(text, path: "test.md") }

@Suite struct DesignMatrixTests {
  /// R's name for a column of a flag is `bTRUE` where Meier's is `b`, and `bFALSE` where all levels are
  /// coded.
  private func plain(_ name: String, flagsAreFull: Bool) -> String {
    name.split(separator: ":", omittingEmptySubsequences: false).map { part in
      if flagsAreFull {
        return part.hasSuffix("FALSE")
          ? part.dropLast(5) + "false" : part.hasSuffix("TRUE") ? part.dropLast(4) + "true" : String(part)
      }
      return part.hasSuffix("TRUE") && !part.hasSuffix("= TRUE") ? String(part.dropLast(4)) : String(part)
    }.joined(separator: ":")
  }

  private static func withoutPackages(_ name: String) -> String {
    ["splines::", "stats::", "base::"].reduce(name) { $0.replacing($1, with: "") }
  }

  private func compare(_ design: DesignMatrix, _ expected: Fixture.Case) {
    let flagsAreFull = expected.columns.contains { $0.contains("FALSE") && !$0.contains("=") }
    // The names of penalised terms are those of coxph's coefficients, not of its model matrix.
    if !expected.formula.contains("pspline"), !expected.formula.contains("ridge") {
      #expect(
        design.columnNames
          == expected.columns.map { plain(Self.withoutPackages($0), flagsAreFull: flagsAreFull) })
    }
    #expect(design.rowCount == expected.rows.count)
    guard design.columns.count == expected.columns.count, design.rowCount == expected.rows.count else {
      return
    }
    for (index, column) in design.columns.enumerated() {
      let got = column.values.numbers()
      let worst = zip(got, expected.rows.map { $0[index] }).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
      #expect(worst < 1e-10, "\(column.name)")
    }
  }

  // model.matrix(formula, d) of Fixtures/generate.R
  @Test(arguments: try Fixture.cases("designs.txt")) func agreesWithR(expected: Fixture.Case) throws {
    let table = try Fixture.table()
    let formula = try Formula.parse(source(expected.formula))
    let frame = try ModelFrame(formula.terms(columns: table.columnNames), in: table)
    // The outcomes have no missing values in these data.
    let complete = frame.isComplete()
    let used = complete.indices.filter { complete[$0] }.map { Int32($0) }
    let options = DesignOptions(intercept: expected.kind == "cox" ? .implied : .asWritten)
    compare(try frame.design(rows: used, options: options), expected)
  }

  // model.matrix(formula, d, contrasts.arg) of Fixtures/generate_contrasts.R: random formulas, random contrasts
  @Test(arguments: try Fixture.cases("contrasts.txt")) func contrastsAgreeWithR(expected: Fixture.Case) throws
  {
    let table = try Fixture.table()
    let contrasts = expected.kind.split(separator: ",").map { $0.split(separator: "=").map(String.init) }
    let formula = try Formula.parse(source(expected.formula))
    let frame = try ModelFrame(formula.terms(), in: table)
    let masks = table.columns.map { $0.missingMask() }
    let used = (0..<table.rowCount).filter { row in masks.allSatisfy { !$0[row] } }.map { Int32($0) }
    let options = DesignOptions(
      contrasts: Dictionary(
        uniqueKeysWithValues: contrasts.map { ($0[0], Contrast(rawValue: $0[1]) ?? .treatment) }))
    compare(try frame.design(rows: used, options: options), expected)
  }

  // model.matrix on new rows with the knots, coefficients and levels of the data
  @Test(arguments: try Fixture.cases("predictions.txt")) func appliesToNewRows(expected: Fixture.Case) throws
  {
    let table = try Fixture.table()
    let formula = try Formula.parse(source(expected.formula))
    let design = try ModelFrame(formula.terms(), in: table).design()
    let new = try DataTable(
      name: "new",
      columns: [
        Column(name: "x", numbers: [-3, 0, 0.4, 7.7, 30, 60]),
        Column(name: "w", numbers: [20, 31, 45.5, 50, 77, 90]),
        Column(name: "z", numbers: [0, 1, 2.5, 5, 13, 20]),
        Column(name: "f", texts: ["gamma", "alpha", "beta", "beta", "alpha", "gamma"]),
      ])
    compare(try design.schema.design(for: new), expected)
  }
}
