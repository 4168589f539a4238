// The joint tests of splines and polynomials, whose P value stands at their name.

import DataTables
import ModelFormula
import Presentation
import Survival

extension DesignMatrix {
  /// "overall test of age (spline) χ² = 7.3, df 3, P = 0.063", for terms whose columns have no lines of their own.
  func overallNotes(
    _ dataSet: DataSet, _ style: JournalStyle, _ test: ([Int]) -> TestStatistic?
  ) -> [String] {
    terms.compactMap { term in
      guard term.degree == 1, term.columns.count > 1, term.penalty == nil,
        let variable = term.variables.first, schema.codings.indices.contains(variable),
        case .basis? = schema.codings[variable], let found = test(Array(term.columns))
      else { return nil }
      let name = dataSet.printedName(of: schema.terms.variables[variable]).withinSentence
      return found.note("overall test of \(name)", style: style)
    }
  }
}
