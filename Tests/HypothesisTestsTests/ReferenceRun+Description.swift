// Tables, correlations and descriptions of reference cases.

import HypothesisTests
import NumericalMethods
import TestSupport

extension ReferenceRun {
  func contingency(_ first: String, _ second: String) throws -> ContingencyTable {
    let table = try reference.table()
    func codes(_ variable: String) -> [Int32] {
      table.text(variable).map { Int32(levels(variable).firstIndex(of: $0) ?? -1) }
    }
    return try ContingencyTable(
      rows: codes(first), columns: codes(second), rowCount: levels(first).count,
      columnCount: levels(second).count)
  }

  func chiSquared() throws -> [String: Double?] {
    let table = try contingency(name("row"), name("col"))
    let test = ChiSquaredTest.test(table, continuityCorrection: spec["correct"]?.bool ?? true)
    var result: [String: Double?] = [
      "statistic": test.statistic, "df": Double(test.degreesOfFreedom), "p": test.pValue,
      "n": Double(table.total),
    ]
    for (i, row) in levels(name("row")).enumerated() {
      for (j, column) in levels(name("col")).enumerated() {
        result["observed[\(row)|\(column)]"] = Double(table.counts[i][j])
        result["expected[\(row)|\(column)]"] = test.expected[i][j]
      }
    }
    return result
  }

  func fisher() throws -> [String: Double?] {
    let test = try FisherExactTest.test(try contingency(name("row"), name("col")), confidenceLevel: level)
    return [
      "p": test.pValue, "or.conditional": test.oddsRatio, "lower": test.limits.lower,
      "upper": test.limits.upper,
      "or.sample": test.sampleOddsRatio,
    ]
  }

  func mcNemar() throws -> [String: Double?] {
    let test = try McNemarTest.test(
      try contingency(name("row"), name("col")), continuityCorrection: spec["correct"]?.bool ?? true)
    return [
      "statistic": test.statistic, "df": Double(test.degreesOfFreedom), "p": test.pValue,
      "b": Double(test.discordant[0]), "c": Double(test.discordant[1]), "p.exact": test.exactPValue,
    ]
  }

  func correlation() throws -> [String: Double?] {
    let table = try reference.table().complete([name("x"), name("y")])
    let (x, y) = (table.numbers(name("x")), table.numbers(name("y")))
    let exact = spec["exact"].map(\.bool)
    let test: Correlation
    switch name("kind") {
    case "cor.pearson": test = try Correlation.pearson(x, y, confidenceLevel: level)
    case "cor.spearman": test = try Correlation.spearman(x, y, exact: exact)
    default: test = try Correlation.kendall(x, y, exact: exact)
    }
    return [
      "n": Double(test.count), "estimate": test.estimate, "statistic": test.statistic,
      "df": test.degreesOfFreedom,
      "p": test.pValue, "lower": test.limits.lower, "upper": test.limits.upper,
    ]
  }

  func quantiles() throws -> [String: Double?] {
    let values = try column("x")
    let sample = NumericSample(values)
    var result: [String: Double?] = [
      "n": Double(sample.count), "n.missing": Double(values.count - sample.count),
    ]
    for type in spec["types"]?.array.compactMap(\.number) ?? [] {
      for probability in spec["probs"]?.array.compactMap(\.number) ?? [] {
        guard let rule = QuantileType(rawValue: Int(type)) else { continue }
        result["quantile[type=\(Int(type))|p=\(probability)]"] = sample.quantile(probability, type: rule)
      }
    }
    return result
  }

  func proportion() throws -> [String: Double?] {
    let cells = try reference.table().text(name("x")).filter { !$0.isEmpty }
    let hits = cells.count { $0 == spec["event_value"]?.text }
    guard let share = Proportion(successes: hits, trials: cells.count) else { return [:] }
    return [
      "x": Double(hits), "n": Double(cells.count), "proportion": share.estimate,
      "wilson.lower": share.wilson(confidenceLevel: level).lower,
      "wilson.upper": share.wilson(confidenceLevel: level).upper,
      "wilson.cc.lower": share.wilsonCorrected(confidenceLevel: level).lower,
      "wilson.cc.upper": share.wilsonCorrected(confidenceLevel: level).upper,
      "clopper.pearson.lower": share.clopperPearson(confidenceLevel: level).lower,
      "clopper.pearson.upper": share.clopperPearson(confidenceLevel: level).upper,
      "binom.p": share.binomialTest(),
    ]
  }

  func differences() throws -> [String: Double?] {
    let table = try reference.table()
    let cells = table.text(name("group"))
    let two = levels(name("group"))
    var result: [String: Double?] = [:]
    for (index, level) in two.enumerated() { result["n\(index + 1)"] = Double(cells.count { $0 == level }) }
    for variable in spec["numeric"]?.array.compactMap(\.string) ?? [] {
      let parts = try groups(variable)
      result["smd[\(variable)]"] = StandardisedDifference.ofMeans(
        NumericSample(parts[0]), NumericSample(parts[1]))
    }
    for item in spec["binary"]?.array ?? [] {
      let variable = item["var"]?.string ?? ""
      let texts = table.text(variable)
      let counts = two.map { level in
        let known = zip(texts, cells).filter { $1 == level && !$0.isEmpty }
        return (Double(known.count { $0.0 == item["value"]?.text }), Double(known.count))
      }
      result["smd[\(variable)]"] = StandardisedDifference.ofProportions(
        counts[0].0, of: counts[0].1, counts[1].0, of: counts[1].1)
    }
    return result
  }

  func tableOne() throws -> [String: Double?] {
    let group = name("group")
    let table = try reference.table().complete([group])
    var result: [String: Double?] = ["n": Double(table.rowCount)]
    for level in [nil] + levels(group).map(Optional.some) {
      let label = level.map { "\(group)=\($0)" } ?? "overall"
      let part = table.keeping { level == nil || table.text(group)[$0] == level }
      result["n[\(label)]"] = Double(part.rowCount)
      for variable in spec["numeric"]?.array.compactMap(\.string) ?? [] {
        let values = part.numbers(variable)
        let sample = NumericSample(values)
        result["mean[\(variable)|\(label)]"] = sample.mean
        result["sd[\(variable)|\(label)]"] = sample.standardDeviation
        result["median[\(variable)|\(label)]"] = sample.median
        result["q1[\(variable)|\(label)]"] = sample.quantile(0.25)
        result["q3[\(variable)|\(label)]"] = sample.quantile(0.75)
        result["min[\(variable)|\(label)]"] = sample.minimum
        result["max[\(variable)|\(label)]"] = sample.maximum
        result["missing[\(variable)|\(label)]"] = Double(values.count - sample.count)
      }
      for (variable, classes) in spec["categorical"]?.object ?? [:] {
        let known = part.text(variable).filter { !$0.isEmpty }
        result["missing[\(variable)|\(label)]"] = Double(part.rowCount - known.count)
        for item in classes.array {
          let count = Double(known.count { $0 == item.text })
          result["count[\(variable)|\(item.text)|\(label)]"] = count
          result["percent[\(variable)|\(item.text)|\(label)]"] = 100 * count / Double(known.count)
        }
      }
    }
    for variable in spec["numeric"]?.array.compactMap(\.string) ?? [] {
      let parts = try groups(variable)
      result["p.kruskal[\(variable)]"] = try KruskalWallis.test(parts).pValue
      result["p.anova[\(variable)]"] = try AnalysisOfVariance.oneWay(parts).pValue
      result["p.welch[\(variable)]"] = try AnalysisOfVariance.welch(parts).pValue
    }
    for (variable, classes) in spec["categorical"]?.object ?? [:] {
      let names = classes.array.map(\.text)
      let counts = try ContingencyTable(
        rows: table.text(variable).map { Int32(names.firstIndex(of: $0) ?? -1) },
        columns: table.text(group).map { Int32(levels(group).firstIndex(of: $0) ?? -1) },
        rowCount: names.count,
        columnCount: levels(group).count)
      result["p.chisq[\(variable)]"] = ChiSquaredTest.test(counts, continuityCorrection: false).pValue
    }
    return result
  }

  func adjusted() -> [String: Double?] {
    let p = spec["p"]?.array.compactMap(\.number) ?? []
    let methods: [String: PValueAdjustment] = [
      "bonferroni": .bonferroni, "holm": .holm, "hochberg": .hochberg, "BH": .benjaminiHochberg,
      "BY": .benjaminiYekutieli,
    ]
    var result: [String: Double?] = [:]
    for (name, method) in methods {
      for (index, value) in method.adjust(p).enumerated() { result["\(name)[\(index + 1)]"] = value }
    }
    return result
  }
}
