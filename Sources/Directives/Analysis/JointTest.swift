// Joint tests of the columns of a term, and what notes under tables say of them.

import DataTables
import ModelFormula
import Presentation
import Survival

/// Wald's test that several coefficients are zero together.
struct JointTest: Sendable {
  /// χ², or F where there are residual degrees of freedom.
  let statistic: Double
  let degreesOfFreedom: Double
  /// The denominator's of an F test.
  var residualDegreesOfFreedom: Int?
  let pValue: Double

  init(statistic: Double, degreesOfFreedom: Int, residualDegreesOfFreedom: Int? = nil, pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = Double(degreesOfFreedom)
    self.residualDegreesOfFreedom = residualDegreesOfFreedom
    self.pValue = pValue
  }

  init(_ test: TestStatistic) {
    statistic = test.statistic
    degreesOfFreedom = test.degreesOfFreedom
    pValue = test.pValue
  }

  /// "df 3", "df 3 and 120"
  fileprivate func degrees(_ style: JournalStyle) -> String {
    "df " + NumberFormat.trimmed(degreesOfFreedom, digits: 2, style: style.number)
      + (residualDegreesOfFreedom.map { " and \(style.text(Quantity($0), .count))" } ?? "")
  }

  /// "overall test of age (spline) χ² = 7.3, df 3, P = 0.063"
  fileprivate func note(_ name: String, _ style: JournalStyle) -> String {
    let symbol = residualDegreesOfFreedom == nil ? "χ²" : "F"
    return "\(name) \(symbol) = \(style.text(Quantity(statistic), .statistic)), \(degrees(style)), "
      + style.pSentence(Quantity(pValue))
  }
}

extension DesignMatrix {
  /// What stands behind the P values beside the names of variables, for every regression: "P of treatment (df 2) and stage (df 3)
  /// by joint Wald tests", and of splines and polynomials, whose columns have no lines of their own, the tests themselves.
  ///
  /// - Parameter test: of coefficients, and of what they may be a multiple of without counting.
  func jointTestNotes(
    _ dataSet: DataSet, _ style: JournalStyle,
    _ test: (_ columns: [Int], _ direction: [Double]?) -> JointTest?
  ) -> [String] {
    var notes: [String] = []
    var ofLevels: [String] = []
    var isF = false
    for term in terms where !term.isStrata && term.columns.count > 1 && term.penalty == nil {
      guard let joint = test(Array(term.columns), nil) else { continue }
      let name = words(of: term, dataSet)
      if isBasis(term) {
        notes.append(joint.note("overall test of \(name)", style))
        if let curved = term.curvature(test) { notes.append(curved.note("non-linearity of \(name)", style)) }
      } else {
        isF = joint.residualDegreesOfFreedom != nil
        ofLevels.append("\(name) (\(joint.degrees(style)))")
      }
    }
    if let last = ofLevels.last {
      let names = ofLevels.count == 1 ? last : ofLevels.dropLast().joined(separator: ", ") + " and " + last
      let tests = isF ? "F test" : "Wald test"
      notes.insert("P of \(names) by joint \(tests)\(ofLevels.count == 1 ? "" : "s")", at: 0)
    }
    return notes
  }

  /// Adds the tests that terms are straight lines: `["age", "nonlinear"]`.
  func addCurvature(
    at path: String = "", to values: inout ResultValues, _ test: ([Int], [Double]?) -> TestStatistic?
  ) {
    for term in terms {
      guard let found = term.curvature(test) else { continue }
      values.add(path + ModelRows.path([term.text, "nonlinear"]), found)
    }
  }

  private func isBasis(_ term: DesignTerm) -> Bool {
    guard term.degree == 1, let variable = term.variables.first, schema.codings.indices.contains(variable),
      case .basis? = schema.codings[variable]
    else { return false }
    return true
  }

  private func words(of term: DesignTerm, _ dataSet: DataSet) -> String {
    term.variables.filter { schema.terms.variables.indices.contains($0) }
      .map { dataSet.withinSentence(dataSet.printedName(of: schema.terms.variables[$0])) }
      .joined(separator: " × ")
  }
}

extension DesignTerm {
  /// The test that the term is a straight line; `nil` for terms of which it cannot be asked.
  ///
  /// - Parameter test: of coefficients, and of what they may be a multiple of without counting.
  func curvature<Test>(_ test: (_ columns: [Int], _ direction: [Double]?) -> Test?) -> Test? {
    guard penalty == nil else { return nil }
    if let columns = nonlinearColumns, !columns.isEmpty { return test(Array(columns), nil) }
    return linearCombination.flatMap { test(Array(columns), $0) }
  }
}
