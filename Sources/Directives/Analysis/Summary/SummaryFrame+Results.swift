// The quantities of a Table 1 by their names.

import Expressions
import HypothesisTests
import NumericalMethods
import Presentation

extension SummaryFrame {
  func addValues(to values: inout ResultValues) {
    values.add(".n", count: groups.rowCount)
    values.add(".missing", count: groups.ungroupedCount)
    for (name, size) in zip(groups.names, groups.sizes) {
      values.add(".group(\(ResultPath.quoted(name))).n", count: size)
    }
    addPatients(to: &values)
    addWeights(to: &values)
    for variable in variables {
      let name = ResultPath.quoted(variable.column.name)
      values.add("[\(name)].missing", count: variable.missing.reduce(0, +))
      for (group, count) in zip(groups.names, variable.missing) {
        values.add("[\(name)].missing(\(ResultPath.quoted(group)))", count: count)
      }
      switch variable.content {
      case .numbers(let numbers):
        add(numbers.pooled, at: "[\(name)]", numbers.areDates, to: &values)
        for (index, group) in groups.names.enumerated() {
          let path = "[\(name), \(ResultPath.quoted(group))]"
          add(numbers.groups[index], at: path, numbers.areDates, to: &values)
          values.add(path + ".missing", count: variable.missing[index])
        }
      case .levels(let levels): add(levels, name, to: &values)
      }
    }
  }

  private func add(
    _ sample: any SummarySample, at path: String, _ isDate: Bool, to values: inout ResultValues
  ) {
    let format: ValueFormat = isDate ? ValueFormat(.date) : .number
    values.add(path + ".n", count: sample.count)
    values.add(path + ".mean", sample.mean, format)
    values.add(path + ".sd", sample.standardDeviation, .number)
    values.add(path + ".median", sample.quantile(0.5, type: quantileType), format)
    values.add(path + ".q1", sample.quantile(0.25, type: quantileType), format)
    values.add(path + ".q3", sample.quantile(0.75, type: quantileType), format)
    values.add(path + ".min", sample.minimum, format)
    values.add(path + ".max", sample.maximum, format)
  }

  private func add(_ levels: SummaryVariable.Levels, _ name: String, to values: inout ResultValues) {
    let totals = levels.weightTotals
    let total = CompensatedSum.of(totals)
    values.add("[\(name)].n", count: levels.totals.reduce(0, +))
    for (index, level) in levels.names.enumerated() {
      let path = "\(name), \(ResultPath.quoted(level))"
      let pooled = levels.pooledWeight(index)
      add(
        levels.pooled(index), pooled, of: percent == .column ? total : pooled, at: "[\(path)]", to: &values)
      for (position, group) in groups.names.enumerated() {
        add(
          levels.counts[position][index], levels.weights[position][index],
          of: percent == .column ? totals[position] : pooled,
          at: "[\(path), \(ResultPath.quoted(group))]", to: &values)
      }
    }
  }

  private func add(
    _ count: Int, _ weight: Double, of total: Double, at path: String, to values: inout ResultValues
  ) {
    values.add(path + ".n", count: count)
    if groups.weights != nil { values.add(path + ".weight", weight, .count) }
    values.add(path + ".percent", total == 0 ? .nan : 100 * weight / total, .percent)
  }

  private func addPatients(to values: inout ResultValues) {
    guard let all = groups.patientCount() else { return }
    values.add(".patients", count: all)
    for (position, name) in groups.names.enumerated() {
      values.add(
        ".group(\(ResultPath.quoted(name))).patients", count: groups.patientCount(group: position) ?? 0)
    }
  }

  private func addWeights(to values: inout ResultValues) {
    guard let weights = groups.weights else { return }
    let all = groups.codes.map { $0 < 0 ? -1 : Int32(0) }
    values.add(".weight", weights.sums(all, count: 1)[0], .count)
    values.add(".effective_sample_size", weights.effectiveSizes(all, count: 1)[0], .number)
    let sizes = weights.effectiveSizes(groups.codes, count: groups.count)
    for (position, name) in groups.names.enumerated() {
      let path = ".group(\(ResultPath.quoted(name)))"
      values.add(path + ".weight", groups.weightSums[position], .count)
      values.add(path + ".effective_sample_size", sizes[position], .number)
    }
  }

  func addDifferences(to values: inout ResultValues) {
    for variable in variables {
      values.add(
        "[\(ResultPath.quoted(variable.column.name))].standardised_difference",
        Quantity(variable.standardisedDifference, otherwise: .notEstimable), .number)
    }
  }

  func add(_ tests: [[SummaryTestResult]], to values: inout ResultValues) {
    for (variable, results) in zip(variables, tests) {
      for result in results {
        let path = "[\(ResultPath.quoted(variable.column.name))].\(result.test.snakeCase)"
        if result.test != .fisher {
          values.add(path + ".statistic", Quantity(result.statistic, otherwise: .notEstimable), .statistic)
        }
        for (index, degrees) in result.degreesOfFreedom.enumerated() {
          let suffix = result.degreesOfFreedom.count == 1 ? "" : "\(index + 1)"
          values.add(path + ".df\(suffix)", Quantity(degrees, otherwise: .notEstimable), .number)
        }
        values.add(path + ".p", Quantity(result.pValue, otherwise: .notEstimable), .pValue)
      }
    }
  }
}
