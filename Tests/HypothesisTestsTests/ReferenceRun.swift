// The procedure that a reference case names: comparisons of groups and pairs.

import HypothesisTests
import NumericalMethods
import TestSupport

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

  func name(_ key: String) -> String { spec[key]?.string ?? "" }
  func column(_ key: String) throws -> [Double] { try reference.table().numbers(name(key)) }

  func levels(_ variable: String) -> [String] { spec["factors"]?[variable]?.array.map(\.text) ?? [] }

  /// Values by group, in the order of its levels, missing ones left out.
  func groups(_ variable: String, _ group: String? = nil) throws -> [[Double]] {
    let table = try reference.table()
    let values = table.numbers(variable)
    let cells = table.text(group ?? name("group"))
    return levels(group ?? name("group")).map { level in
      zip(values, cells).filter { $1 == level && !$0.isNaN }.map(\.0)
    }
  }

  func pairs() throws -> ([Double], [Double]) {
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

  func independentT() throws -> [String: Double?] {
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

  func pairedT() throws -> [String: Double?] {
    let (first, second) = try pairs()
    let test = try TTest.paired(first, second, confidenceLevel: level)
    return [
      "statistic": test.statistic, "df": test.degreesOfFreedom, "p": test.pValue, "lower": test.limits.lower,
      "upper": test.limits.upper, "mean.diff": test.difference,
    ]
  }

  func rankSum() throws -> [String: Double?] {
    let parts = try groups(name("y"))
    let test = try WilcoxonRankSum.test(
      parts[0], parts[1], exact: spec["exact"]?.bool, continuityCorrection: spec["correct"]?.bool ?? true)
    return ["statistic": test.statistic, "p": test.pValue]
  }

  func signedRank() throws -> [String: Double?] {
    let (first, second) = try pairs()
    let test = try WilcoxonSignedRank.test(
      first, second, exact: spec["exact"]?.bool, continuityCorrection: spec["correct"]?.bool ?? true)
    return ["statistic": test.statistic, "p": test.pValue]
  }

  func kruskal(_ test: KruskalWallis) -> [String: Double?] {
    ["statistic": test.statistic, "df": Double(test.degreesOfFreedom), "p": test.pValue]
  }

  func variance() throws -> [String: Double?] {
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
}
