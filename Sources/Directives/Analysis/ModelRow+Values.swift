// The named result of a change by several units.

import Expressions
import Presentation

extension ModelRow {
  /// `ID["age"].per(10).hr` with its limits, where the dictionary asks for it; `ID["age"].hr` stays that of one unit, which
  /// `ID["age"].per(1).hr` says in so many words.
  func addPerUnits(
    _ estimate: Estimate, of measure: EffectMeasure, at path: String, to values: inout ResultValues
  ) {
    guard let per else { return }
    let format: ValueFormat = measure.isRatio ? .ratio : .coefficient
    if per.units != 1 {
      values.add(
        path + ".per(\(ShortestNumber.text(per.units)))." + measure.name,
        printed(estimate, isRatio: measure.isRatio), format)
    }
    values.add(path + ".per(1)." + measure.name, estimate, format)
  }
}

extension ResultSpecification {
  /// Of every regression: the estimate that its table prints where the dictionary says `per`.
  static func perUnits(_ measure: String) -> ResultSpecification {
    ResultSpecification(
      "ID[\"age\"].per(10).\(measure)",
      "of a change by 10 units where the dictionary says `per: 10`, as the table prints it, with `.lower`, `.upper`; of an "
        + "interaction by the product of its units; `.per(1)` and `ID[\"age\"].\(measure)` are of one unit")
  }
}
