// What must not show in the result: how columns are held, threads, and the order of the file.

import NumericalMethods
import Testing

@testable import Survival

@Suite struct LargeDesignTests {
  /// Heavily tied follow-up with factors, a few-valued and two continuous columns.
  private struct Sample {
    var time: [Double] = []
    var entry: [Double] = []
    var event: [UInt8] = []
    var weights: [Double] = []
    var region: [Int32] = []
    var group: [Int32] = []
    var year: [Double] = []
    var age: [Double] = []
    var marker: [Double] = []
    var stratum: [Int32] = []

    init(count: Int, seed: UInt64) {
      var random = RandomGenerator(seed: seed)
      for _ in 0..<count {
        region.append(Int32(random.below(5)))
        group.append(Int32(random.below(2)))
        year.append(Double(2003 + random.below(8)) + 1e6)
        age.append((random.normal() * 10 + 60).rounded())
        marker.append(random.normal() * 1e-6)
        stratum.append(Int32(random.below(3)))
        let rate = Elementary.exp(0.03 * (age[age.count - 1] - 60) + (group[group.count - 1] == 1 ? 0.5 : 0))
        let stop = (random.exponential() * 40 / rate).rounded(.up) + 1
        time.append(Swift.min(stop, 60))
        entry.append(Double(random.below(Int(Swift.min(stop, 60)))))
        event.append(stop < 60 && random.uniform() < 0.7 ? 1 : 0)
        weights.append(Double(1 + random.below(4)) / 4)
      }
    }

    func taking(_ rows: [Int]) -> Sample {
      var result = self
      result.time = rows.map { time[$0] }
      result.entry = rows.map { entry[$0] }
      result.event = rows.map { event[$0] }
      result.weights = rows.map { weights[$0] }
      result.region = rows.map { region[$0] }
      result.group = rows.map { group[$0] }
      result.year = rows.map { year[$0] }
      result.age = rows.map { age[$0] }
      result.marker = rows.map { marker[$0] }
      result.stratum = rows.map { stratum[$0] }
      return result
    }

    func model(
      _ options: CoxOptions = CoxOptions(), hasEntry: Bool = false, hasWeights: Bool = false,
      hasStrata: Bool = false, isNarrow: Bool = false
    ) throws -> CoxModel {
      let columns: [CoxColumn] =
        [.numeric("age", age)]
        + (1..<5).map { .indicator("region \($0)", codes: region, level: $0, levelCount: 5) }
        + [
          .numeric("marker", marker), .indicator("group", codes: group, level: 1, levelCount: 2),
          .numeric("year", year),
        ]
      // The columns of a factor share their codes.
      let bytes = [region, group].map { $0.map { UInt8($0) } }
      let design = try CoxDesign(
        rowCount: time.count,
        columns: columns.map { column in
          guard isNarrow, case .coded(let codes, let table) = column.values else { return column }
          return CoxColumn(
            name: column.name, values: .narrow(codes: bytes[codes == region ? 0 : 1], table: table))
        })
      return try CoxModel(
        outcome: SurvivalOutcome(
          time: time, event: event, entry: hasEntry ? entry : nil, weights: hasWeights ? weights : nil),
        design: design, strata: hasStrata ? GroupCodes(codes: stratum, names: ["a", "b", "c"]) : nil,
        options: options)
    }
  }

  /// Codes of one byte are the same codes, whether rows are classified by them or gathered.
  @Test(arguments: [900, 6_000]) func narrowCodesChangeNothing(_ count: Int) throws {
    let sample = Sample(count: count, seed: 12)
    let wide = try sample.model(hasWeights: true).fit()
    let narrow = try sample.model(hasWeights: true, isNarrow: true).fit()
    #expect(narrow.coefficients == wide.coefficients)
    #expect(narrow.variance.elements == wide.variance.elements)
    #expect(narrow.means == wide.means)
    #expect(
      narrow.model.design.linearPredictor([0, 1, 2, 3, 4, 0, 5, 0])
        == wide.model.design.linearPredictor([0, 1, 2, 3, 4, 0, 5, 0]))
    #expect(try narrow.concordance() == (try wide.concordance()))
  }

  /// Whole numbers as they were read are the same numbers.
  @Test(arguments: [900, 6_000]) func wholeNumbersChangeNothing(_ count: Int) throws {
    let model = try Sample(count: count, seed: 13).model(hasWeights: true)
    func held(_ values: WholeNumbers) throws -> CoxFit {
      let columns = model.design.columns.map {
        $0.name == "age" ? CoxColumn(name: $0.name, values: .whole(values)) : $0
      }
      return try CoxModel(outcome: model.outcome, design: CoxDesign(rowCount: count, columns: columns)).fit()
    }
    let fit = try model.fit()
    let age = try #require(model.design.columns.first).values.numbers
    for other in [try held(.bytes(age.map { UInt8($0) })), try held(.words(age.map { Int16($0) }))] {
      #expect(other.coefficients == fit.coefficients && other.means == fit.means)
      #expect(other.variance.elements == fit.variance.elements)
      #expect(other.linearPredictor == fit.linearPredictor)
      #expect(other.martingaleResiduals == fit.martingaleResiduals)
    }
  }

  /// Rows that were let go of are arranged again as they were.
  @Test func rowsLetGoOfComeBack() throws {
    let model = try Sample(count: 6_000, seed: 14).model()
    let (kept, released) = (try model.fit(), try model.fit())
    released.letGoOfRows()
    #expect(released.coefficientTable == kept.coefficientTable)
    #expect(released.waldTest == kept.waldTest)
    #expect(try released.concordance() == (try kept.concordance()))
    released.letGoOfRows()
    #expect(released.proportionalHazardsTest().terms == kept.proportionalHazardsTest().terms)
  }

  @Test(arguments: [TiesMethod.efron, .breslow], [0, 1, 2, 3])
  func cellsAndDenseColumnsAgree(_ ties: TiesMethod, _ kind: Int) throws {
    var options = CoxOptions()
    options.ties = ties
    let model = try Sample(count: 900, seed: 3).model(
      options, hasEntry: kind == 1, hasWeights: kind == 2, hasStrata: kind == 3)
    let (cells, dense) = (PreparedCox(model, cellThreshold: 0), PreparedCox(model))
    #expect(cells.covariates.cells?.columns.count == 6)
    #expect(dense.covariates.cells == nil)
    let at = [0.01, 0.2, -0.1, 0.3, 0, 2e4, 0.4, -0.02]
    let (first, second) = (cells.likelihood(ties: ties, threads: 1), dense.likelihood(ties: ties, threads: 1))
    first.move(to: cells.scaled(at))
    second.move(to: dense.scaled(at))
    #expect(abs(first.logLikelihood - second.logLikelihood) < 1e-9)
    let (one, other) = (first.derivatives(), second.derivatives())
    // Columns are divided by different spreads when there are strata: compare in units of the dense ones.
    let units = at.indices.map { cells.covariates.spread[$0] / dense.covariates.spread[$0] }
    for row in at.indices {
      #expect(abs(one.score[row] * units[row] - other.score[row]) < 1e-9)
      for column in at.indices {
        let information = one.information[row, column] * units[row] * units[column]
        #expect(abs(information - other.information[row, column]) < 1e-8)
      }
      let (left, right) = (ScoreResiduals(first).column(row), ScoreResiduals(second).column(row))
      for (place, source) in cells.layout.rows.enumerated() where place % 50 == 0 {
        let partner = try #require(dense.layout.rows.firstIndex(of: source))
        #expect(abs(left[place] * units[row] - right[partner]) < 1e-9)
      }
    }
  }

  /// Every bit, for any number of threads and any order of the rows.
  @Test(arguments: [0, 1, 2, 3])
  func neitherThreadsNorFileOrderShow(_ kind: Int) throws {
    let sample = Sample(count: 5000, seed: 8)
    var random = RandomGenerator(seed: 1)
    let shuffled = sample.taking(random.permutation(5000))
    let fit = { (sample: Sample, threads: Int) -> CoxFit in
      var options = CoxOptions()
      options.threads = threads
      return try sample.model(options, hasEntry: kind == 1, hasWeights: kind == 2, hasStrata: kind == 3).fit()
    }
    let (one, two, other) = (try fit(sample, 1), try fit(sample, 2), try fit(shuffled, 2))
    #expect(one.prepared.covariates.cells != nil)
    for next in [two, other] {
      #expect(one.coefficients == next.coefficients)
      #expect(one.modelVariance == next.modelVariance)
      #expect(one.logLikelihood == next.logLikelihood)
      #expect(one.scoreTest == next.scoreTest)
      #expect(one.proportionalHazardsTest().global == next.proportionalHazardsTest().global)
      #expect(one.baselineHazard().first?.cumulativeHazard == next.baselineHazard().first?.cumulativeHazard)
    }
    let concordances = try [one, two, other].map { try $0.concordance() }
    #expect(concordances[0].estimate == concordances[1].estimate)
    #expect(concordances[0].standardError == concordances[1].standardError)
    #expect(concordances[0].counts == concordances[2].counts)
    #expect(concordances[0].standardError == concordances[2].standardError)
  }

  @Test func fileOrderShowsInNoOtherModel() throws {
    let sample = Sample(count: 700, seed: 21)
    var random = RandomGenerator(seed: 2)
    let shuffled = sample.taking(random.permutation(700))
    let fineGray = try [sample, shuffled].map { sample -> FineGrayFit in
      let outcome = try SurvivalOutcome(
        time: sample.time, event: zip(sample.event, sample.group).map { $0 == 0 ? 0 : UInt8(1 + $1) })
      return try FineGrayModel.fit(
        outcome: outcome, cause: 1,
        covariates: CoxDesign([("age", sample.age), ("marker", sample.marker)], rowCount: 700),
        clusters: GroupCodes(codes: sample.region, names: ["a", "b", "c", "d", "e"]))
    }
    #expect(fineGray[0].coefficients == fineGray[1].coefficients)
    #expect(fineGray[0].variance == fineGray[1].variance)
    let parametric = try [sample, shuffled].map { sample -> ParametricFit in
      try ParametricModel.fit(
        outcome: SurvivalOutcome(time: sample.time, event: sample.event, weights: sample.weights),
        distribution: .weibull,
        covariates: CoxDesign([("age", sample.age), ("marker", sample.marker)], rowCount: 700),
        strata: GroupCodes(codes: sample.stratum, names: ["a", "b", "c"]))
    }
    #expect(parametric[0].coefficients == parametric[1].coefficients)
    #expect(parametric[0].variance == parametric[1].variance)
    #expect(parametric[0].logLikelihood == parametric[1].logLikelihood)
    let robust = try [sample, shuffled].map { sample -> CoxFit in
      var options = CoxOptions()
      options.isRobust = true
      return try sample.model(options, hasEntry: true, hasWeights: true).fit()
    }
    #expect(robust[0].robustVariance == robust[1].robustVariance)
    #expect(robust[0].robustScoreTest == robust[1].robustScoreTest)
  }

  /// Columns of any origin and unit give the same standardised answer: years plus a million, scales of 1e±8.
  @Test func unitsDoNotShow() throws {
    let sample = Sample(count: 400, seed: 4)
    let fit = { (scale: Double, origin: Double) -> CoxFit in
      try CoxModel.fit(
        outcome: SurvivalOutcome(time: sample.time, event: sample.event),
        covariates: CoxDesign(
          [("year", sample.year.map { ($0 - 1e6 + origin) * scale }), ("age", sample.age)], rowCount: 400))
    }
    let plain = try fit(1, 0)
    for (scale, origin) in [(1.0, 1e6), (1e8, 0), (1e-8, 0), (1e-3, 1e9)] {
      let other = try fit(scale, origin)
      #expect(abs(other.coefficients[0] * scale / plain.coefficients[0] - 1) < 1e-7)
      #expect(abs(other.coefficients[1] / plain.coefficients[1] - 1) < 1e-7)
      #expect(abs(other.logLikelihood - plain.logLikelihood) < 1e-7)
      let z = (other.coefficientTable[0].z, plain.coefficientTable[0].z)
      #expect(abs(z.0 / z.1 - 1) < 1e-7)
    }
  }
}

extension ScoreResiduals {
  /// The residuals of a column in scanning order.
  fileprivate func column(_ column: Int) -> [Double] {
    var result: [Double] = []
    forEachChunk(column) { rows, values in result += (0..<rows.count).map { values[$0] } }
    return result
  }
}
