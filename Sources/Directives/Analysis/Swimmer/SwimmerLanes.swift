// From rows to the lanes of a swimmer plot.

import DataTables
import Diagnostics
import Expressions
import Figures

struct SwimmerLanes: Sendable {
  /// In the order in which they are drawn.
  let lanes: [SwimmerFigure.Lane]
  let phaseNames: [String]
  let eventNames: [String]
  /// Rows without a usable time.
  let missing: Int

  init(_ dataSet: DataSet, _ options: ResolvedOptions, threads: Int) throws {
    let table = dataSet.table
    let ends = try options[SwimmerDirective.time].numbers(in: table, threads: threads)
    let phases = try options[SwimmerDirective.phases].map { phase in
      (name: phase.string, ends: try phase.value.numbers(in: table, threads: threads))
    }
    let groups = try options[SwimmerDirective.colour].map {
      try SummaryGroups(
        try dataSet.column($0.name, at: $0.range), named: $0, rowCount: dataSet.table.rowCount)
    }
    let events = try options[SwimmerDirective.events].map { event in
      (
        name: event.string, times: try event.value.at.numbers(in: table, threads: threads),
        applies: try event.value.when?.flags(in: table, threads: threads)
      )
    }
    let ongoing = try options[SwimmerDirective.ongoing]?.flags(in: table, threads: threads)
    let labels = try options[SwimmerDirective.label].map { try dataSet.column($0.name, at: $0.range) }
    let usesGroups = phases.isEmpty && groups != nil
    let names =
      usesGroups ? Self.names(groups) : phases.isEmpty ? ["Observation"] : phases.map(\.name)
    phaseNames = names
    eventNames = events.map(\.name)
    var found: [(lane: SwimmerFigure.Lane, key: SortKey)] = []
    var missing = 0
    let order = try options[SwimmerDirective.order]
    for row in 0..<table.rowCount {
      let end = ends[row]
      let group = groups.map { Int($0.codes[row]) }
      guard end.isFinite, end >= 0, !usesGroups || (group ?? -1) >= 0 else {
        missing += 1
        continue
      }
      var own: [SwimmerFigure.Phase] = []
      if phases.isEmpty {
        let name = group.flatMap { names.indices.contains($0) ? names[$0] : nil } ?? names.first ?? ""
        own.append(SwimmerFigure.Phase(name, from: 0, to: end))
      } else {
        var start = 0.0
        for phase in phases {
          let until = min(phase.ends[row], end)
          guard until.isFinite, until > start else { continue }
          own.append(SwimmerFigure.Phase(phase.name, from: start, to: until))
          start = until
        }
      }
      let marks = events.compactMap { event -> SwimmerFigure.Event? in
        let time = event.times[row]
        guard time.isFinite, event.applies.map({ $0[row] == 1 }) ?? true else { return nil }
        return SwimmerFigure.Event(event.name, at: time)
      }
      let lane = SwimmerFigure.Lane(
        label: labels?.text(row) ?? "", phases: own, events: marks,
        isOngoing: ongoing.map { $0[row] == 1 } ?? false)
      found.append(
        (
          lane,
          SortKey(group: order == .group ? group ?? 0 : 0, end: order == .shortest ? end : -end, lane: lane)
        ))
    }
    lanes = found.sorted { $0.key < $1.key }.map(\.lane)
    self.missing = missing
  }

  /// The end of the longest lane.
  var longest: Double {
    lanes.flatMap { $0.phases.map(\.end) + $0.events.map(\.time) }.filter(\.isFinite).max() ?? 0
  }

  /// Levels such as 0 and 1 say nothing without the column's label.
  private static func names(_ groups: SummaryGroups?) -> [String] {
    guard let groups else { return [] }
    let needsLabel = groups.names.contains { Double($0) != nil }
    return needsLabel ? groups.names.map { "\(groups.label): \($0)" } : groups.headings
  }

  /// Everything that a lane shows, so that the order of the rows does not matter.
  private struct SortKey: Comparable {
    let group: Int
    let end: Double
    let label: String
    let details: [Double]

    init(group: Int, end: Double, lane: SwimmerFigure.Lane) {
      self.group = group
      self.end = end
      label = lane.label
      details =
        lane.phases.map(\.end) + lane.events.map(\.time) + [lane.isOngoing ? 1 : 0]
    }

    static func < (one: SortKey, other: SortKey) -> Bool {
      if one.group != other.group { return one.group < other.group }
      if one.end != other.end { return one.end < other.end }
      if one.label != other.label { return one.label < other.label }
      return one.details.lexicographicallyPrecedes(other.details)
    }

    static func == (one: SortKey, other: SortKey) -> Bool { !(one < other) && !(other < one) }
  }
}
