// Every reference case of tests, description, tables and adjusted p-values.

import HypothesisTests
import NumericalMethods
import TestSupport
import Testing

struct ReferenceTests {
  static let cases = ["test", "describe", "table1", "padjust"].flatMap { ReferenceCase.all($0) }

  @Test(arguments: cases.map(\.id)) func meetsR(id: String) throws {
    guard let reference = Self.cases.first(where: { $0.id == id }), reference.expect["outcome"] == nil else {
      return
    }
    let run = ReferenceRun(reference)
    let failures = reference.failures(try run.values())
    #expect(failures == [])
  }
}

/// Runs the procedure a case names.
struct ReferenceRun {
  let reference: ReferenceCase
  let spec: JSONValue
  let level: Double

  init(_ reference: ReferenceCase) {
    self.reference = reference
    spec = reference.spec
    level = reference.spec["conf.level"]?.number ?? 0.95
  }

  func values() throws -> [String: Double?] {
    if reference.dataFile == nil { return adjusted() }
    switch spec["kind"]?.string ?? "" {
    case "t.welch", "t.student": return try independentT()
    case "t.paired": return try pairedT()
    case "wilcoxon": return try rankSum()
    case "wilcoxon.signed": return try signedRank()
    case "kruskal": return kruskal(try KruskalWallis.test(try groups(spec["y"]?.string ?? "")))
    case "anova.oneway", "anova.welch": return try variance()
    case "chisq": return try chiSquared()
    case "fisher": return try fisher()
    case "mcnemar": return try mcNemar()
    case "shapiro":
      let test = try ShapiroWilk.test(column("x").filter { !$0.isNaN })
      return ["statistic": test.statistic, "p": test.pValue]
    case "cor.pearson", "cor.spearman", "cor.kendall": return try correlation()
    case "quantile": return try quantiles()
    case "proportion": return try proportion()
    case "smd": return try differences()
    case "table1": return try tableOne()
    default: return [:]
    }
  }

  private func name(_ key: String) -> String { spec[key]?.string ?? "" }
  private func column(_ key: String) throws -> [Double] { try reference.table().numbers(name(key)) }

  private func levels(_ variable: String) -> [String] { spec["factors"]?[variable]?.array.map(\.text) ?? [] }

  /// Values by group, in the order of its levels, missing ones left out.
  private func groups(_ variable: String, _ group: String? = nil) throws -> [[Double]] {
    let table = try reference.table()
    let values = table.numbers(variable)
    let cells = table.text(group ?? name("group"))
    return levels(group ?? name("group")).map { level in
      zip(values, cells).filter { $1 == level && !$0.isNaN }.map(\.0)
    }
  }

  private func pairs() throws -> ([Double], [Double]) {
    if let second = spec["y2"]?.string {
      let table = try reference.table().complete([name("y"), second])
      return (table.numbers(name("y")), table.numbers(second))
    }
    let table = try reference.table()
    let levels = spec["levels"]?.array.map(\.text) ?? []
    let identifiers = table.text(name("pair"))
    let cells = table.text(name("group"))
    let y = table.numbers(name("y"))
    var sides: [[String: Double]] = [[:], [:]]
    for row in y.indices {
      if let side = levels.firstIndex(of: cells[row]) { sides[side][identifiers[row]] = y[row] }
    }
    let common = sides[0].keys.filter { sides[1][$0] != nil }.sorted()
    return (common.compactMap { sides[0][$0] }, common.compactMap { sides[1][$0] })
  }

  private func independentT() throws -> [String: Double?] {
    let parts = try groups(name("y"))
    let test =
      name("kind") == "t.welch"
      ? try TTest.welch(parts[0], parts[1], confidenceLevel: level)
      : try TTest.pooled(parts[0], parts[1], confidenceLevel: level)
    return [
      "statistic": test.statistic, "df": test.degreesOfFreedom, "p": test.pValue, "lower": test.limits.lower,
      "upper": test.limits.upper, "mean1": test.firstMean, "mean2": test.secondMean, "diff": test.difference,
      "se": test.standardError,
    ]
  }

  private func pairedT() throws -> [String: Double?] {
    let (first, second) = try pairs()
    let test = try TTest.paired(first, second, confidenceLevel: level)
    return [
      "statistic": test.statistic, "df": test.degreesOfFreedom, "p": test.pValue, "lower": test.limits.lower,
      "upper": test.limits.upper, "mean.diff": test.difference,
    ]
  }

  private func rankSum() throws -> [String: Double?] {
    let parts = try groups(name("y"))
    let test = try WilcoxonRankSum.test(
      parts[0], parts[1], exact: spec["exact"]?.bool, continuityCorrection: spec["correct"]?.bool ?? true)
    return ["statistic": test.statistic, "p": test.pValue]
  }

  private func signedRank() throws -> [String: Double?] {
    let (first, second) = try pairs()
    let test = try WilcoxonSignedRank.test(
      first, second, exact: spec["exact"]?.bool, continuityCorrection: spec["correct"]?.bool ?? true)
    return ["statistic": test.statistic, "p": test.pValue]
  }

  private func kruskal(_ test: KruskalWallis) -> [String: Double?] {
    ["statistic": test.statistic, "df": Double(test.degreesOfFreedom), "p": test.pValue]
  }

  private func variance() throws -> [String: Double?] {
    let parts = try groups(name("y"))
    let isWelch = name("kind") == "anova.welch"
    let test = isWelch ? try AnalysisOfVariance.welch(parts) : try AnalysisOfVariance.oneWay(parts)
    var result: [String: Double?] = [
      "statistic": test.statistic, "df1": test.numeratorDegreesOfFreedom,
      "df2": test.denominatorDegreesOfFreedom,
      "p": test.pValue, "ss.between": test.betweenSumOfSquares, "ss.within": test.withinSumOfSquares,
    ]
    let names = levels(name("group"))
    for pair in try TukeyHonestDifferences.pairs(parts) {
      let key = "\(names[pair.second])-\(names[pair.first])"
      result["tukey.diff[\(key)]"] = pair.difference
      result["tukey.p[\(key)]"] = pair.pValue
    }
    return result
  }

  private func contingency(_ first: String, _ second: String) throws -> ContingencyTable {
    let table = try reference.table()
    func codes(_ variable: String) -> [Int32] {
      table.text(variable).map { Int32(levels(variable).firstIndex(of: $0) ?? -1) }
    }
    return try ContingencyTable(
      rows: codes(first), columns: codes(second), rowCount: levels(first).count,
      columnCount: levels(second).count)
  }

  private func chiSquared() throws -> [String: Double?] {
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

  private func fisher() throws -> [String: Double?] {
    let test = try FisherExactTest.test(try contingency(name("row"), name("col")), confidenceLevel: level)
    return [
      "p": test.pValue, "or.conditional": test.oddsRatio, "lower": test.limits.lower,
      "upper": test.limits.upper,
      "or.sample": test.sampleOddsRatio,
    ]
  }

  private func mcNemar() throws -> [String: Double?] {
    let test = try McNemarTest.test(
      try contingency(name("row"), name("col")), continuityCorrection: spec["correct"]?.bool ?? true)
    return [
      "statistic": test.statistic, "df": Double(test.degreesOfFreedom), "p": test.pValue,
      "b": Double(test.discordant[0]), "c": Double(test.discordant[1]), "p.exact": test.exactPValue,
    ]
  }

  private func correlation() throws -> [String: Double?] {
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

  private func quantiles() throws -> [String: Double?] {
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

  private func proportion() throws -> [String: Double?] {
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

  private func differences() throws -> [String: Double?] {
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
        return (known.count { $0.0 == item["value"]?.text }, known.count)
      }
      result["smd[\(variable)]"] = StandardisedDifference.ofProportions(
        counts[0].0, of: counts[0].1, counts[1].0, of: counts[1].1)
    }
    return result
  }

  private func tableOne() throws -> [String: Double?] {
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

  private func adjusted() -> [String: Double?] {
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
