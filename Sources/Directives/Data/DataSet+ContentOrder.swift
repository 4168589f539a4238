// The rows of a data set in an order that does not depend on the file's.

import DataTables
import NumericalMethods

extension DataSet {
  /// Some rows, ascending, ordered by what they hold: sums over them then have the same bits whatever the order of the file.
  ///
  /// Rows that hold the same are interchangeable. An analysis sees its own columns only, so that others do not matter.
  func arrangedByContent(_ rows: [Int32], threads: Int) -> [Int32] {
    let columns = table.columns.sorted {
      $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars)
    }
    let content = ContentOrder(rowCount: table.rowCount, threads: threads) { rows in
      for column in columns { column.mix(into: rows) }
    }
    if rows.count == table.rowCount { return content.order() }
    return content.order(of: rows).map { rows[Int($0)] }
  }

  /// The same data set with times as they are written: likelihoods of times see no ties.
  var withTimesAsGiven: DataSet {
    var rules = compatibility
    rules.nearEqualTimes = .distinct
    return following(rules)
  }
}

extension Column {
  /// Tells rows apart by this column: by code or by number, in whatever width these are stored.
  fileprivate func mix(into rows: ContentOrder.Rows) {
    guard !type.hasLevels else {
      switch storage {
      case .uint8(let codes): rows.add { codes[$0] == ColumnStorage.missingUInt8 ? .max : UInt64(codes[$0]) }
      case .int16(let codes):
        rows.add { codes[$0] == ColumnStorage.missingInt16 ? .max : UInt64(truncatingIfNeeded: codes[$0]) }
      case .int32(let codes):
        rows.add { codes[$0] == ColumnStorage.missingInt32 ? .max : UInt64(truncatingIfNeeded: codes[$0]) }
      case .double: rows.add { _ in .max }
      }
      return
    }
    // −0 is 0; what is missing has one form.
    switch storage {
    case .uint8(let values):
      rows.add { values[$0] == ColumnStorage.missingUInt8 ? .max : Double(values[$0]).bitPattern }
    case .int16(let values):
      rows.add { values[$0] == ColumnStorage.missingInt16 ? .max : Double(values[$0]).bitPattern }
    case .int32(let values):
      rows.add { values[$0] == ColumnStorage.missingInt32 ? .max : Double(values[$0]).bitPattern }
    case .double(let values): rows.add { values[$0].isNaN ? .max : (values[$0] + 0).bitPattern }
    }
  }
}
