// Options of the data directive: outcomes and the dictionary.

import AnalysisDocument
import DataTables
import Diagnostics
import ModelFormula

extension OptionKind where Value == SurvivalSyntax {
  /// `Surv(time, event)` and its relatives, kept as written.
  static var outcome: Self {
    OptionKind("an outcome such as Surv(time, died == 1)") { tree, reader in
      guard let scalar = tree.scalar, !scalar.isNull else {
        return expected("an outcome such as Surv(time, died == 1)", at: tree, &reader)
      }
      return reader.reading { () throws(DiagnosticList) in
        try SurvivalSyntax.parse(try scalar.expressionText())
      }
    }
  }
}
