// `id:` of a data set: whose rows they are.

import DataTables
import Diagnostics

/// The column that tells patients apart, and whether some have several rows.
struct PatientIdentity: Sendable, Equatable {
  let column: String
  /// Where nobody has two rows, rows are patients and nothing needs to know more.
  let isRepeated: Bool
  /// Patients among the rows; rows without an id are each a patient of their own.
  let count: Int

  init?(_ column: String, in table: DataTable) {
    guard let values = table[column] else { return nil }
    self.column = column
    count = PatientCodes(values).count()
    isRepeated = count < table.rowCount
  }
}

extension DataSet {
  /// The column of a given name, or of the data set's `id` where patients have several rows.
  func patientColumn(_ given: ColumnName?) throws(Diagnostic) -> Column? {
    if let given { return try column(given.name, at: given.range) }
    return repeatedPatientColumn.flatMap { table[$0] }
  }

  /// Whose rows these are; `nil` where nobody has two.
  func repeatedPatients(_ given: ColumnName?) throws(Diagnostic) -> PatientCodes? {
    guard let column = try patientColumn(given) else { return nil }
    let patients = PatientCodes(column)
    return patients.count() < table.rowCount ? patients : nil
  }

  /// The name of the column of patients, where some have several rows: analyses then see it unasked.
  public var repeatedPatientColumn: String? {
    patient.flatMap { $0.isRepeated ? $0.column : nil }
  }
}
