// What is said where an analysis takes rows of one patient for different patients.

import Diagnostics

extension PatientCodes {
  /// A warning where patients have several rows without a start, or rows that overlap, and nothing makes the variance robust.
  ///
  /// - Parameters:
  ///   - entry: `nil` where rows have no start.
  ///   - event: which rows have the event; `nil` where it may come more than once.
  ///   - isClustered: whether rows of a cluster may depend on one another.
  ///   - takesClusters: whether the analysis has an option for that.
  func warning(
    entry: [Double]?, time: [Double], event: [UInt8]?, isClustered: Bool, takesClusters: Bool,
    at range: SourceRange
  ) -> Diagnostic? {
    guard let column, !isClustered else { return nil }
    let robust = takesClusters ? ", or write 'cluster: \(column)' for a variance that knows of them" : ""
    let count = countInTwoRows(entry: entry, time: time)
    guard count > 0 else {
      return event.flatMap { severalEvents($0, takesClusters: takesClusters, at: range) }
    }
    guard entry != nil else {
      return independence(
        count,
        remedy:
          "choose one row of each with 'where', or give rows their start: Surv(start, stop, event)\(robust)",
        at: range)
    }
    return Diagnostic(
      .warning, .repeatedPatients,
      "\(Self.words(count)) \(count == 1 ? "is" : "are") in two rows at the same time, and counted twice then",
      at: range, remedy: "correct start and stop\(robust)")
  }

  private func severalEvents(_ event: [UInt8], takesClusters: Bool, at range: SourceRange) -> Diagnostic? {
    var count = 0
    var events: [Int32: Int] = [:]
    for (code, event) in zip(codes, event) where event != 0 {
      events[code, default: 0] += 1
      if events[code] == 2 { count += 1 }
    }
    guard count > 0, let column else { return nil }
    return Diagnostic(
      .warning, .repeatedPatients,
      "\(Self.words(count)) \(count == 1 ? "has" : "have") the event more than once, which intervals and tests take for different patients",
      at: range,
      remedy: takesClusters
        ? "write 'cluster: \(column)' for a robust variance, or keep the first event of each with 'where'"
        : "keep the first event of each with 'where', or compare by cox or poisson with 'cluster: \(column)'")
  }

  /// A warning where an analysis without times takes each row for a patient of its own.
  func warning(isClustered: Bool, remedy: String, at range: SourceRange) -> Diagnostic? {
    isClustered ? nil : independence(countInTwoRows(entry: nil, time: []), remedy: remedy, at: range)
  }

  private func independence(_ count: Int, remedy: String, at range: SourceRange) -> Diagnostic? {
    guard count > 0 else { return nil }
    return Diagnostic(
      .warning, .repeatedPatients,
      "\(Self.words(count)) \(count == 1 ? "has" : "have") several rows, which are taken for different patients",
      at: range, remedy: remedy)
  }

  private static func words(_ count: Int) -> String { count == 1 ? "1 patient" : "\(count) patients" }
}
