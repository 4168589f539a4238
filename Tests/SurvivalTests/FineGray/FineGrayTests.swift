// The Fine–Gray model against cmprsk::crr, and where it must agree with Cox's.

import Foundation
import NumericalMethods
import Testing

@testable import Survival

@Suite struct FineGrayTests {
  @Test func agreesWithR() throws {
    for reference in try CoxReferenceCase.all("finegray") {
      let response = try #require(reference.spec["response"] as? [String: Any])
      let causes = try #require(response["causes"] as? [NSNumber]).map(\.intValue)
      let statuses = reference.text(try #require(response["event"] as? String))
      let event = statuses.map { text in UInt8(causes.contains { "\($0)" == text } ? Int(text) ?? 0 : 0) }
      let outcome = try SurvivalOutcome(
        time: reference.numbers(try #require(response["time"] as? String)), event: event)
      let design = try CoxDesign(rowCount: outcome.rowCount, columns: reference.columns().columns)
      let cause = UInt8(try #require(reference.spec["cause"] as? NSNumber).intValue)
      let fit = try FineGrayModel.fit(outcome: outcome, cause: cause, covariates: design)
      reference.check("n", [], Double(fit.observationCount))
      reference.check("events", [], Double(fit.eventCount))
      reference.check("events.competing", [], Double(fit.competingCount))
      reference.check("events.censored", [], Double(fit.censoredCount))
      reference.check("loglik", [], fit.logLikelihood)
      reference.check("loglik.null", [], fit.nullLogLikelihood)
      for entry in fit.coefficientTable {
        #expect(reference.expect["coef[\(entry.name)]"] != nil)
        reference.check("coef", [entry.name], entry.coefficient)
        reference.check("se", [entry.name], entry.robustStandardError)
        reference.check("z", [entry.name], entry.z)
        reference.check("p", [entry.name], entry.pValue)
        reference.check("shr", [entry.name], entry.hazardRatio)
        reference.check("shr.lower", [entry.name], entry.hazardRatioInterval.lower)
        reference.check("shr.upper", [entry.name], entry.hazardRatioInterval.upper)
      }
      let newRows = reference.spec["newdata"] as? [[String: Any]] ?? []
      let rows = try CoxDesign(rowCount: newRows.count, columns: reference.columns(newRows: newRows).columns)
      for index in newRows.indices {
        for time in reference.spec["times"] as? [NSNumber] ?? [] {
          reference.check(
            "cif", ["new=\(index + 1)", "t=\(time)"],
            fit.cumulativeIncidence(row: rows.row(index), at: time.doubleValue))
        }
      }
    }
  }

  /// Without competing events it is Breslow's Cox model.
  @Test func withoutCompetingEventsItIsCox() throws {
    var random = RandomGenerator(seed: 5)
    let time = (0..<80).map { _ in Double(1 + random.below(30)) }
    let event = (0..<80).map { _ in UInt8(random.below(2)) }
    let design = try CoxDesign(
      [("x", (0..<80).map { _ in random.normal() }), ("z", (0..<80).map { _ in random.normal() })],
      rowCount: 80)
    let outcome = try SurvivalOutcome(time: time, event: event)
    var options = CoxOptions()
    options.ties = .breslow
    options.isRobust = true
    let cox = try CoxModel.fit(outcome: outcome, covariates: design, options: options)
    let fit = try FineGrayModel.fit(outcome: outcome, cause: 1, covariates: design)
    for index in 0..<2 {
      #expect(abs(fit.coefficients[index] - cox.coefficients[index]) < 1e-10)
      #expect(abs(fit.variance[index, index] - cox.variance[index, index]) < 1e-10)
    }
    #expect(abs(fit.logLikelihood - cox.logLikelihood) < 1e-9)
  }

  /// Without censoring the weights are 1: Cox's model with competing events censored after everything else.
  @Test func withoutCensoringItIsCoxWithEndlessFollowUp() throws {
    var random = RandomGenerator(seed: 6)
    let time = (0..<60).map { _ in Double(1 + random.below(20)) }
    let event = (0..<60).map { _ in UInt8(1 + random.below(2)) }
    let design = try CoxDesign([("x", (0..<60).map { _ in random.normal() })], rowCount: 60)
    let fit = try FineGrayModel.fit(
      outcome: SurvivalOutcome(time: time, event: event), cause: 1, covariates: design)
    var options = CoxOptions()
    options.ties = .breslow
    options.isRobust = true
    let endless = try SurvivalOutcome(
      time: zip(time, event).map { $1 == 1 ? $0 : 100 }, event: event.map { $0 == 1 ? 1 : 0 })
    let cox = try CoxModel.fit(outcome: endless, covariates: design, options: options)
    #expect(abs(fit.coefficients[0] - cox.coefficients[0]) < 1e-10)
    #expect(abs(fit.variance[0, 0] - cox.variance[0, 0]) < 1e-10)
  }

  /// Heavy ties, and competing events before the first event of the cause (Fixtures/fine-gray-ties.R). The coefficients
  /// are those of `coxph` on rows expanded with the censoring distribution of `cmprsk::crr`; R's `finegray` lets events
  /// come before censorings at one time, and differs (0.419, −0.406).
  @Test func tiesAreHandledAsByCrr() throws {
    let rows = try Self.tiedRows()
    let outcome = try SurvivalOutcome(time: rows.map { $0[0] }, event: rows.map { UInt8($0[1]) })
    let design = try CoxDesign([("x", rows.map { $0[2] }), ("z", rows.map { $0[3] })], rowCount: rows.count)
    let first = try #require(zip(rows, outcome.event).filter { $0.1 == 1 }.map { $0.0[0] }.min())
    #expect(rows.contains { $0[1] == 2 && $0[0] < first })
    let fit = try FineGrayModel.fit(outcome: outcome, cause: 1, covariates: design)
    #expect(abs(fit.coefficients[0] - 0.41600163071624741) < 1e-10)
    #expect(abs(fit.coefficients[1] + 0.41395491130394196) < 1e-10)
    // crr's own, at coefficients that its iteration leaves 1e-8 off.
    #expect(abs(fit.variance[0, 0] - 0.023941529377150089) < 1e-8)
    #expect(abs(fit.variance[1, 0] + 0.002551988365406575) < 1e-8)
    #expect(abs(fit.variance[1, 1] - 0.092871617225039713) < 1e-8)
    let alone = try FineGrayModel.fit(
      outcome: outcome, cause: 1, covariates: design,
      clusters: GroupCodes(
        codes: rows.indices.map { Int32($0) }, names: rows.indices.map { "\($0)" }, role: .clusters))
    for index in 0..<2 {
      #expect(abs(alone.variance[index, index] - fit.variance[index, index]) < 1e-12)
    }
  }

  @Test func neitherOrderOfRowsNorThreadsShow() throws {
    let rows = try Self.tiedRows()
    let reversed = Array(rows.reversed())
    func fit(_ rows: [[Double]], threads: Int) throws -> FineGrayFit {
      var options = CoxOptions()
      options.threads = threads
      return try FineGrayModel.fit(
        outcome: SurvivalOutcome(time: rows.map { $0[0] }, event: rows.map { UInt8($0[1]) }), cause: 1,
        covariates: CoxDesign([("x", rows.map { $0[2] }), ("z", rows.map { $0[3] })], rowCount: rows.count),
        options: options)
    }
    let one = try fit(rows, threads: 1)
    let two = try fit(reversed, threads: 2)
    #expect(one.coefficients == two.coefficients)
    #expect(one.variance == two.variance)
    #expect(one.logLikelihood == two.logLikelihood)
  }

  /// Time, status, x and z of each row.
  private static func tiedRows() throws -> [[Double]] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/fine-gray-ties.csv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",").compactMap { Double($0) }
    }
  }

  @Test func refusesWhatItCannotDo() throws {
    let design = try CoxDesign([("x", [0, 1, 2])], rowCount: 3)
    let delayed = try SurvivalOutcome(time: [2, 3, 4], event: [1, 2, 0], entry: [0, 1, 1])
    #expect(throws: SurvivalInputError.self) {
      try FineGrayModel.fit(outcome: delayed, cause: 1, covariates: design)
    }
    let outcome = try SurvivalOutcome(time: [2, 3, 4], event: [1, 1, 0])
    #expect(throws: SurvivalInputError(.cause, .empty)) {
      try FineGrayModel.fit(outcome: outcome, cause: 2, covariates: design)
    }
  }
}
