// A coefficient of a survival model with the ratio that is read from it, and its named results.

import ModelFormula
import Presentation
import Survival

struct ModelCoefficient: Sendable {
  let coefficient: Quantity
  /// With the coefficient's own limits, where the model offers them.
  var interval: Estimate?
  let standardError: Quantity
  var robustStandardError: Quantity?
  let z: Quantity
  let pValue: Quantity
  /// `nil` where the exponential of the coefficient means nothing.
  let ratio: Estimate?

  /// What the table shows of it.
  var effect: RegressionTable.Effect {
    RegressionTable.Effect(
      estimate: ratio ?? interval, pValue: coefficient.number == nil ? .missing : pValue)
  }

  func addValues(of measure: EffectMeasure?, at path: String, to values: inout ResultValues) {
    if let measure, let ratio { values.add(path + "." + measure.name, ratio, .ratio) }
    if let interval {
      values.add(path + ".coefficient", interval, .coefficient)
    } else {
      values.add(path + ".coefficient", coefficient, .coefficient)
    }
    values.add(path + ".se", standardError, .coefficient)
    if let robustStandardError { values.add(path + ".robust_se", robustStandardError, .coefficient) }
    values.add(path + ".z", z, .statistic)
    values.add(path + ".p", pValue, .pValue)
  }
}

extension ModelCoefficient {
  init(_ coefficient: CoxCoefficient, level: Double) {
    self.coefficient = coefficient.quantity(coefficient.coefficient)
    standardError = coefficient.quantity(coefficient.standardError)
    robustStandardError = coefficient.robustStandardError.map { coefficient.quantity($0) }
    z = coefficient.quantity(coefficient.z)
    pValue = coefficient.quantity(coefficient.pValue)
    ratio = coefficient.ratio(level: level)
  }

  /// Where the model has no other variance than the robust one.
  var withRobustErrorOnly: ModelCoefficient {
    ModelCoefficient(
      coefficient: coefficient, interval: interval, standardError: robustStandardError ?? standardError, z: z,
      pValue: pValue, ratio: ratio)
  }
}

extension ModelRows {
  /// Counts, coefficients and joint tests of a survival model's lines under `path`.
  func addValues(
    _ coefficients: [ModelCoefficient], of measure: EffectMeasure?, at path: String = "",
    tests: [(term: String, test: TestStatistic)], to values: inout ResultValues,
    counts: (ModelRow) -> (count: Int, events: Int)
  ) {
    for row in rows {
      let name = path + row.path
      if row.kind != .heading {
        let (count, events) = counts(row)
        values.add(name + ".n", count: count)
        values.add(name + ".events", count: events)
      }
      if row.kind == .reference, let measure { values.add(name + "." + measure.name, 1, .ratio) }
      guard row.kind == .estimate, let column = row.column, coefficients.indices.contains(column) else {
        continue
      }
      coefficients[column].addValues(of: measure, at: name, to: &values)
      if let measure, let ratio = coefficients[column].ratio {
        row.addPerUnits(ratio, of: measure, at: name, to: &values)
      }
    }
    for (term, test) in tests {
      values.add(
        path + Self.path([term]) + ".wald", statistic: test.statistic,
        degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    }
  }
}

extension DesignMatrix {
  /// Joint tests of terms, by name in the order of the formula.
  func named(_ tests: [Int: TestStatistic]) -> [(term: String, test: TestStatistic)] {
    terms.indices.compactMap { index in tests[index].map { (terms[index].text, $0) } }
  }

  /// P values for the headings of terms with several columns.
  func jointPValues(_ tests: [Int: TestStatistic]) -> [Int: Double] {
    tests.filter { terms[$0.key].columns.count > 1 }.mapValues(\.pValue)
  }
}

/// The rows of an analysis that nothing else builds on, for the flow of patients.
struct AnalysedCases: AnalysedRows {
  let id: String
  let dataSet: DataSet
  let cases: CompleteCases
}
