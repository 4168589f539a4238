// What an outcome accepts, refuses and derives.

import Testing

@testable import Survival

@Suite struct SurvivalOutcomeTests {
  private func error(_ body: () throws -> Void) -> SurvivalInputError? {
    do { try body() } catch let error as SurvivalInputError { return error } catch {}
    return nil
  }

  @Test func namesTheRoleAndAllRowsAtFault() {
    #expect(error { _ = try SurvivalOutcome(time: [], event: []) } == SurvivalInputError(.time, .empty))
    #expect(
      error { _ = try SurvivalOutcome(time: [1, .nan, 2, .infinity], event: [0, 0, 0, 0]) }
        == SurvivalInputError(.time, .notFinite, rows: [1, 3]))
    #expect(
      error { _ = try SurvivalOutcome(time: [1, -2], event: [0, 0]) }
        == SurvivalInputError(.time, .negative, rows: [1]))
    #expect(
      error { _ = try SurvivalOutcome(time: [1, 2], event: [0]) }
        == SurvivalInputError(.event, .lengthMismatch(expected: 2, found: 1)))
    #expect(
      error { _ = try SurvivalOutcome(time: [1, 2, 3], event: [0, 1, 1], entry: [0, 2, 4]) }
        == SurvivalInputError(.entry, .endNotAfterStart, rows: [1, 2]))
    #expect(
      error { _ = try SurvivalOutcome(time: [1, 2], event: [0, 1], weights: [1, -1]) }
        == SurvivalInputError(.weights, .negative, rows: [1]))
    #expect(
      error { _ = try SurvivalOutcome(time: [1, 2], event: [0, 1]).weighted(by: [.nan, 1]) }
        == SurvivalInputError(.weights, .notFinite, rows: [0]))
  }

  @Test func allowsNegativeTimesOnRequest() throws {
    let outcome = try SurvivalOutcome(time: [-2, 1], event: [1, 0], allowsNegativeTimes: true)
    #expect(outcome.order.times == [-2, 1])
  }

  @Test func refusesAnIntervalClosedByMergingNearEqualTimes() {
    #expect(
      error { _ = try SurvivalOutcome(time: [5, 1 + 1e-9], event: [1, 1], entry: [0, 1]) }
        == SurvivalInputError(.entry, .endNotAfterStart, rows: [1]))
  }

  @Test func derivesOutcomesThatShareTheOrder() throws {
    let outcome = try SurvivalOutcome(time: [3, 1, 2], event: [2, 0, 1], weights: [1, 2, 3])
    #expect(outcome.selecting(cause: 2).event == [1, 0, 0])
    #expect(outcome.anyEvent.event == [1, 0, 1])
    #expect(outcome.reversed.event == [0, 1, 0])
    #expect(outcome.unweighted.weights == nil)
    #expect(try outcome.weighted(by: [5, 5, 5]).weights == [5, 5, 5])
    #expect(outcome.reversed.order.rank == outcome.order.rank)
  }

  @Test func landmarkCountsTimeAnewFromThoseStillObserved() throws {
    let outcome = try SurvivalOutcome(
      time: [1, 2, 3, 5, 8], event: [1, 0, 1, 0, 1], entry: [0, 0, 1, 0, 4], weights: [1, 2, 3, 4, 5])
    let landmark = try outcome.landmark(at: 2)
    #expect(landmark.rows == [2, 3, 4])
    #expect(Array(landmark.outcome.time) == [1, 3, 6])
    #expect(landmark.outcome.entry == [0, 0, 2])
    #expect(landmark.outcome.event == [1, 0, 1])
    #expect(landmark.outcome.weights == [3, 4, 5])
    #expect(landmark.eventsBefore == 1)
    #expect(landmark.censoredBefore == 1)
    #expect(error { _ = try outcome.landmark(at: 8) } == SurvivalInputError(.times, .empty))
  }
}
