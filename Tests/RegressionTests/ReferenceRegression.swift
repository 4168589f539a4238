// Builds the library's designs from reference cases.

import NumericalMethods
import Regression
import TestSupport

struct RegressionSetup {
  let design: RegressionDesign
  let sumDesign: RegressionDesign?
  let table: SimpleCSV
  let missing: Int
  let response: [Double]
  let successes: [Double]?
  let failures: [Double]?
  let weights: [Double]?
  let offset: [Double]?

  /// nil when the case has terms that only the formula layer can build.
  init?(_ reference: ReferenceCase) throws {
    let spec = reference.spec
    let all = try reference.table()
    var variables = ReferenceDesign.variables(reference)
    let response = spec["response"]
    let responseName = response?.string ?? response?["var"]?.string
    for name in [
      responseName, response?["successes"]?.string, response?["failures"]?.string, spec["weights"]?.string,
    ] {
      if let name { variables.append(name) }
    }
    table = all.complete(variables)
    missing = all.rowCount - table.rowCount
    guard let plain = ReferenceDesign(reference, table) else { return nil }
    design = Self.design(plain)
    sumDesign = ReferenceDesign(reference, table, sumContrasts: true).map(Self.design)
    weights = spec["weights"]?.string.map(table.numbers)
    successes = response?["successes"]?.string.map(table.numbers)
    failures = response?["failures"]?.string.map(table.numbers)
    if let event = response?["event_value"] {
      let numeric = event.number
      self.response = table.text(responseName ?? "").map { cell in
        (numeric != nil ? Double(cell) == numeric : cell == event.text) ? 1 : 0
      }
    } else {
      self.response = table.numbers(responseName ?? "")
    }
    if let text = spec["offset"]?.string {
      // log(x) is the only offset the cases use.
      let name = text.hasPrefix("log(") ? String(text.dropFirst(4).dropLast()) : text
      let values = table.numbers(name)
      offset = text.hasPrefix("log(") ? values.map(Elementary.log) : values
    } else {
      offset = nil
    }
  }

  private static func design(_ plain: ReferenceDesign) -> RegressionDesign {
    RegressionDesign(
      matrix: Matrix(columns: plain.columns), columnNames: plain.names,
      terms: plain.terms.map { RegressionTerm(name: $0.name, columns: $0.columns, variables: $0.variables) },
      interceptColumn: 0)
  }

  /// Rows of new data coded as the design.
  func newRows(_ reference: ReferenceCase) -> Matrix {
    let rows = (reference.spec["newdata"]?.array ?? []).map { row in
      design.columnNames.map { name -> Double in
        if name == "(Intercept)" { return 1 }
        if let split = name.firstIndex(of: "=") {
          return row[String(name[..<split])]?.text == String(name[name.index(after: split)...]) ? 1 : 0
        }
        return row[name]?.number ?? .nan
      }
    }
    return Matrix(rows: rows)
  }
}
