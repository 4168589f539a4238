// Correlations, proportions, quantiles and standardised differences.

import DataTables
import Diagnostics
import Expressions
import HypothesisTests
import Presentation

extension TestFrame {
  func correlation(_ report: inout TestReport) throws {
    let (first, second) = try two()
    let (x, y) = (try numbers(first), try numbers(second))
    let kept = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
    let (left, right) = (kept.map { x[$0] }, kept.map { y[$0] })
    if kept.count < (method == .pearson ? 3 : 2) { throw notEstimable("too few rows have both values") }
    let test = try translating {
      switch method {
      case .pearson: try Correlation.pearson(left, right, confidenceLevel: confidenceLevel)
      case .spearman: try Correlation.spearman(left, right, exact: exact)
      case .kendall:
        try Correlation.kendall(left, right, exact: exact, continuityCorrection: correct ?? false)
      }
    }
    report.addTest(
      statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue)
    report.addEstimate(test.estimate, test.limits)
    let (name, symbol) =
      switch method {
      case .pearson: ("Pearson's r", "t")
      case .spearman: ("Spearman's ρ", "S")
      case .kendall: ("Kendall's τ-b", test.isExact ? "T" : "z")
      }
    let estimate: TableCell =
      method == .pearson
      ? .estimate(report.estimate(test.estimate, test.limits), ValueFormat(.number, digits: 3))
      : .quantity(Quantity(test.estimate, otherwise: .notEstimable), ValueFormat(.number, digits: 3))
    report.columns = [
      TableColumn("Variables", alignment: .left), TableColumn("N"),
      TableColumn(method == .pearson ? "\(name) (\(report.interval))" : name), TableColumn("P"),
    ]
    report.rows = [
      TableRow([
        .text("\(first.label) and \(second.label)"), .count(test.count), estimate,
        .pValue(Quantity(test.pValue, otherwise: .notEstimable)),
      ])
    ]
    report.notes.append(
      report.sentence(
        "test of no correlation\(test.isExact ? " (exact)" : "")", symbol, test.statistic,
        [test.degreesOfFreedom], test.pValue))
    report.addCounts(test.count, missing: x.count - kept.count)
  }

  func proportion(_ report: inout TestReport) throws {
    let column = try single()
    guard column.type == .flag || Set(column.numbers().filter { !$0.isNaN }).isSubset(of: [0, 1]),
      !column.type.hasLevels
    else {
      throw Diagnostic(
        .expressionType, "'\(variables[0].text)' is neither true nor false", at: variables[0].range,
        remedy: "name the event: \(column.name) == value")
    }
    let values = column.numbers()
    let known = values.filter { !$0.isNaN }
    let events = known.count { $0 == 1 }
    guard let proportion = Proportion(successes: events, trials: known.count) else {
      throw Diagnostic(.noRows, "no row has a value", at: variables[0].range)
    }
    let wilson = proportion.wilson(confidenceLevel: confidenceLevel)
    let exactLimits = proportion.clopperPearson(confidenceLevel: confidenceLevel)
    report.values.add(".events", count: events)
    report.addEstimate(proportion.estimate, wilson, .proportion)
    for (path, limits) in [
      (".wilson", wilson),
      (".wilson_corrected", proportion.wilsonCorrected(confidenceLevel: confidenceLevel)),
      (".clopper_pearson", exactLimits),
    ] {
      report.add(path + ".lower", limits.lower, .proportion)
      report.add(path + ".upper", limits.upper, .proportion)
    }
    let hypothesis = against ?? 0.5
    guard hypothesis >= 0, hypothesis <= 1 else {
      throw Diagnostic(
        .invalidOption, "a proportion is compared with a number from 0 to 1", at: range,
        remedy: "correct 'against'")
    }
    let p = proportion.binomialTest(against: hypothesis)
    report.add(".binomial.p", p, .pValue)
    report.add(".p", p, .pValue)
    report.columns = [
      TableColumn("Event", alignment: .left), TableColumn("N"), TableColumn("Events"),
      TableColumn("% (\(report.interval))"), TableColumn("Exact \(report.interval)"),
    ]
    report.rows = [
      TableRow([
        .text(variables[0].text), .count(known.count), .count(events),
        .estimate(report.estimate(proportion.estimate, wilson), .percentage),
        .interval(report.estimate(proportion.estimate, exactLimits), .percentage),
      ])
    ]
    report.notes += ["Wilson's interval, and the exact one of Clopper and Pearson"]
    if against != nil {
      report.notes.append(
        "exact binomial test against \(report.text(hypothesis, .proportion)) "
          + report.style.pSentence(Quantity(p, otherwise: .notEstimable)))
    }
    report.addCounts(known.count, missing: values.count - known.count)
  }

  func quantileTable(_ report: inout TestReport) throws {
    let column = try single()
    let sample = NumericSample(try numbers(column))
    report.columns =
      [TableColumn("Type", alignment: .left)]
      + quantiles.map {
        TableColumn(NumberFormat.trimmed($0 * 100, digits: 2, style: report.style.number) + "%")
      }
    for type in types {
      let cells = quantiles.map { sample.quantile($0, type: type) }
      for (probability, value) in zip(quantiles, cells) {
        let path = ".quantile(\(ShortestNumber.text(probability)))"
        report.add(".type(\(type.rawValue))\(path)", value)
        if type == types.first { report.add(path, value) }
      }
      report.rows.append(
        TableRow([.text("\(type.rawValue)")] + cells.map { .quantity(Quantity($0), .number) }))
    }
    report.notes.append(
      "quantiles of \(column.label) by the types of Hyndman and Fan, \(sample.count) values")
    report.addCounts(sample.count, missing: column.count - sample.count)
  }

  func standardisedDifferences(_ report: inout TestReport) throws {
    guard !columns.isEmpty else {
      throw needs("variables", remedy: "add 'variables: [age, sex == \"f\"]'")
    }
    guard let by else { throw needs("groups", remedy: "add 'by: treatment'") }
    let own = LeveledColumn(try dataSet.column(by.name, at: by.range))
    let used = own.levels.indices.filter { level in own.codes.contains { Int($0) == level } }
    guard used.count == 2 else {
      throw Diagnostic(
        .oneGroup, "a standardised difference needs two groups, '\(by.name)' makes \(used.count)",
        at: by.range, remedy: "choose the two with 'where:'")
    }
    report.columns = [
      TableColumn("Variable", alignment: .left), TableColumn(report.style.spelled("Standardised difference")),
    ]
    for level in used {
      report.values.add(
        "[\(ResultPath.quoted(own.levels[level]))].n", count: own.codes.count { Int($0) == level })
    }
    for (variable, column) in zip(variables, columns) {
      let difference = Self.difference(column, own.codes, used)
      report.add("[\(ResultPath.quoted(variable.name))].standardised_difference", difference)
      report.rows.append(
        TableRow([
          .text(column.label),
          .quantity(Quantity(difference), ValueFormat(.number, digits: 2)),
        ]))
    }
    report.notes.append(
      "\(own.levels[used[0]]) minus \(own.levels[used[1]]) in units of the mean standard deviation; rows without "
        + "a value left out of that variable")
    let known = own.codes.count { $0 >= 0 }
    report.addCounts(known, missing: own.codes.count - known)
  }

  private static func difference(_ column: Column, _ codes: [Int32], _ groups: [Int]) -> Double {
    if column.type.hasLevels {
      let counts = groups.map { group in
        var counts = [Double](repeating: 0, count: column.levels.count)
        for (code, level) in zip(codes, column.factorCodes()) where Int(code) == group && level >= 0 {
          counts[Int(level)] += 1
        }
        return counts
      }
      return StandardisedDifference.ofLevels(counts[0], counts[1])
    }
    let values = column.numbers()
    let samples = groups.map { group in
      zip(codes, values).filter { Int($0) == group && !$1.isNaN }.map(\.1)
    }
    guard column.type == .flag else {
      return StandardisedDifference.ofMeans(NumericSample(samples[0]), NumericSample(samples[1]))
    }
    let events = samples.map { sample in Double(sample.count { $0 == 1 }) }
    return StandardisedDifference.ofProportions(
      events[0], of: Double(samples[0].count), events[1], of: Double(samples[1].count))
  }
}
