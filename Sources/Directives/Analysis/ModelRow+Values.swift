// The named result of a change by several units.

import Expressions
import Presentation

extension ModelRow {
  /// `ID["age"].per(10).hr` with its limits, where the dictionary asks for it; `ID["age"].hr` stays that of one unit.
  func addPerUnits(_ estimate: Estimate, named name: String, at path: String, to values: inout ResultValues) {
    guard let per else { return }
    values.add(
      path + ".per(\(ShortestNumber.text(per.units)))." + name, printed(estimate, isRatio: true), .ratio)
  }
}
