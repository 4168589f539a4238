// Patients behind rows, where one patient may have several.

import DataTables
import ModelFormula
import Survival

/// Which patient each row of an analysis belongs to.
struct PatientCodes: Sendable {
  /// One per row; rows without an id are each a patient of their own.
  let codes: [Int32]
  private let patientCount: Int
  /// The column that says so; `nil` for clusters that may be patients.
  let column: String?

  /// - Parameter rows: of the column's; `nil` for all.
  init(_ column: Column, rows: [Int32]? = nil) {
    func own<Value>(_ values: [Value]) -> [Value] { rows.map { values.gathered($0) } ?? values }
    var codes =
      column.type.hasLevels ? own(column.factorCodes()) : DistinctValues(own(column.numbers())).codes
    var next = (codes.max() ?? -1) + 1
    for row in codes.indices where codes[row] < 0 {
      codes[row] = next
      next += 1
    }
    self.codes = codes
    patientCount = Int(next)
    self.column = column.name
  }

  private init(codes: [Int32], patientCount: Int) {
    self.codes = codes
    self.patientCount = patientCount
    column = nil
  }

  /// Of the column, if one is given, else of clusters that can be patients; `nil` where rows are all that is known.
  static func of(
    _ column: Column?, _ clusters: GroupCodes?, _ columns: SurvivalColumns, rows: [Int32]
  ) -> PatientCodes? {
    if let column { return PatientCodes(column, rows: rows) }
    guard let clusters, let entry = columns.entry else { return nil }
    return PatientCodes(clusters, entry: entry.gathered(rows), time: columns.time.gathered(rows))
  }

  /// Clusters of follow-up in pieces, if they can be patients: nobody is in two rows at once. Centres are not.
  init?(_ clusters: GroupCodes, entry: [Double], time: [Double]) {
    let codes = clusters.codes
    guard codes.count == entry.count, codes.count == time.count else { return nil }
    self.init(codes: codes, patientCount: clusters.names.count)
    if countInTwoRows(entry: entry, time: time) > 0 { return nil }
  }

  /// Rows by patient, and by time within each.
  func order(entry: [Double], time: [Double]) -> [Int] {
    codes.indices.sorted { left, right in
      (codes[left], entry[left], time[left], left) < (codes[right], entry[right], time[right], right)
    }
  }

  /// Patients who are in two rows at once; without entries who have two rows at all.
  func countInTwoRows(entry: [Double]?, time: [Double]) -> Int {
    var twice = [Bool](repeating: false, count: patientCount)
    guard let entry else {
      var isSeen = twice
      for code in codes.map({ Int($0) }) {
        if isSeen[code] { twice[code] = true }
        isSeen[code] = true
      }
      return twice.count { $0 }
    }
    var (patient, followedTo) = (Int32(-1), -Double.infinity)
    for row in order(entry: entry, time: time) {
      if codes[row] != patient { (patient, followedTo) = (codes[row], -.infinity) }
      if entry[row] < followedTo { twice[Int(patient)] = true }
      followedTo = max(followedTo, time[row])
    }
    return twice.count { $0 }
  }

  /// Patients with at least one of the rows.
  func count(where belongs: (Int) -> Bool = { _ in true }) -> Int {
    var isSeen = [Bool](repeating: false, count: patientCount)
    var count = 0
    for row in codes.indices {
      let code = Int(codes[row])
      guard isSeen.indices.contains(code), !isSeen[code], belongs(row) else { continue }
      isSeen[code] = true
      count += 1
    }
    return count
  }
}

extension PatientCodes {
  /// What a column of counts is called: rows are not patients where follow-up comes in pieces.
  static func heading(_ patients: PatientCodes?, hasEntry: Bool, usual: String = "N") -> String {
    patients != nil ? "Patients" : hasEntry ? "Rows" : usual
  }
}
