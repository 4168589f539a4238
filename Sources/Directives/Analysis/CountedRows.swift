// Rows that an analysis needs no more of than how many there are of each kind.

import DataTables
import ModelFormula
import Survival

/// The rows of a data set counted by time, event and group.
struct CountedRows: Sendable {
  /// One unit for each group; one in all without groups.
  let tally: EventTally
  let groups: Groups?
  /// The names of the units.
  var names: [String] { groups?.names ?? [""] }

  /// All rows of a data set in narrow columns; `nil` where a value is missing, or where the rows must be looked at one by
  /// one, be it for a message.
  static func all(
    _ followUp: NarrowFollowUp, _ model: ModelFrame, _ grouping: Grouping?, in dataSet: DataSet,
    outcome: String, threads: Int
  ) -> CountedRows? {
    guard model.terms.strata.isEmpty, model.terms.clusters.isEmpty, model.requirements(dataSet).isEmpty else {
      return nil
    }
    let merges = dataSet.compatibility.nearEqualTimes.merges
    let texts = model.terms.variables.map(\.text)
    let key = (["\(merges)", outcome] + texts).map { "\($0.utf8.count):\($0)" }.joined()
    return dataSet.shared.counted(key) {
      let groups: Groups?
      do {
        groups = try grouping.map { try Groups.all($0, rowCount: dataSet.table.rowCount) }
      } catch {
        return nil
      }
      return EventTally.counting(
        followUp, groups: groups?.codes, mergesNearEqualTimes: merges, threads: threads
      ).map { CountedRows(tally: $0, groups: groups) }
    }
  }
}

extension NarrowColumn {
  /// `nil` for columns of other numbers, and where a value is missing.
  init?(_ column: Column) {
    guard column.missingCount == 0 else { return nil }
    switch column.storage {
    case .uint8(let values): self = .uint8(values)
    case .int16(let values): self = .int16(values)
    case .int32(let values): self = .int32(values)
    case .double: return nil
    }
  }
}

extension SurvivalColumns.Narrow {
  /// `nil` where a time is missing.
  var followUp: NarrowFollowUp? {
    NarrowColumn(time).map { NarrowFollowUp(time: $0, event: event, outcomes: answers, outcomeCount: 2) }
  }
}
