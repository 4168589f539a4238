// A data set in an order of rows that does not depend on the file's.

import DataTables
import NumericalMethods

extension DataSet {
  /// The same rows ordered by what they hold: sums over them then have the same bits whatever the order of the file.
  ///
  /// Rows that hold the same are interchangeable. An analysis sees its own columns only, so that others do not matter.
  func arrangedByContent(threads: Int) -> DataSet {
    var content = ContentOrder(rowCount: table.rowCount, threads: threads)
    let columns = table.columns.sorted {
      $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars)
    }
    for column in columns {
      if column.type.hasLevels {
        let codes = column.factorCodes()
        codes.withUnsafeBufferPointer { codes in
          content.add { UInt64(truncatingIfNeeded: codes[$0]) }
        }
      } else {
        // −0 is 0; what is missing has one form.
        let numbers = column.numbers()
        numbers.withUnsafeBufferPointer { numbers in
          content.add { numbers[$0].isNaN ? .max : (numbers[$0] + 0).bitPattern }
        }
      }
    }
    return DataSet(
      id: id, table: table.filtered(keeping: content.order()), outcomes: outcomes, steps: steps,
      derivedNames: derivedNames, compatibility: compatibility)
  }

  /// The same data set with times as they are written: likelihoods of times see no ties.
  var withTimesAsGiven: DataSet {
    var rules = compatibility
    rules.nearEqualTimes = .distinct
    return following(rules)
  }
}
