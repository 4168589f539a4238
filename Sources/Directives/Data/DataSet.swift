// What a data directive leaves for the analyses: a table, its outcomes, and how its rows came to be these.

import DataTables
import Diagnostics
import Expressions
import ModelFormula

/// A named table with the outcomes that formulas may name.
public struct DataSet: Sendable {
  /// The id of its directive.
  public let id: String
  /// Rows and columns, those derived included.
  public let table: DataTable
  /// `Surv(...)` calls by name; those of the data set that this one is taken from included.
  public let outcomes: [String: SurvivalSyntax]
  /// From the file to this data set; the last step is this one.
  public let steps: [Step]
  /// Columns derived here or in the data sets before, those included that nothing uses and that are not computed:
  /// their names are known all the same.
  public let derivedNames: [String]
  /// The document's defaults: what analyses of this data set follow where they are not told otherwise.
  public let compatibility: Compatibility
  /// Which column tells patients apart, where that was said.
  let patient: PatientIdentity?
  /// Outcomes that analyses of this data set have asked for.
  let shared: SharedOutcomes

  /// One selection on the way from a file to a data set.
  public struct Step: Sendable {
    /// The data set that the step led to.
    public let id: String
    /// Rows that were left after it.
    public let rowCount: Int
    /// Rows of the data set before that the condition did not hold for.
    public let excluded: Int
    /// Rows among those for which the condition could not be decided because a value was missing.
    public let undecided: Int
    /// The condition as the author wrote it.
    public let condition: String?
    /// Patients behind the rows, where they are known and some have several.
    public var patientCount: Int?
    /// Likewise of the rows before it.
    public var givenPatientCount: Int?
  }

  init(
    id: String, table: DataTable, outcomes: [String: SurvivalSyntax], steps: [Step],
    derivedNames: [String] = [], patient: PatientIdentity? = nil, compatibility: Compatibility = .meier
  ) {
    self.init(
      id: id, table: table, outcomes: outcomes, steps: steps, derivedNames: derivedNames, patient: patient,
      compatibility: compatibility, shared: SharedOutcomes())
  }

  init(
    id: String, table: DataTable, outcomes: [String: SurvivalSyntax], steps: [Step], derivedNames: [String],
    patient: PatientIdentity?, compatibility: Compatibility, shared: SharedOutcomes
  ) {
    self.patient = patient
    self.id = id
    self.table = table
    self.outcomes = outcomes
    self.steps = steps
    self.derivedNames = derivedNames
    self.compatibility = compatibility
    self.shared = shared
  }

  /// The same data set under the given defaults.
  func following(_ compatibility: Compatibility) -> DataSet {
    DataSet(
      id: id, table: table, outcomes: outcomes, steps: steps, derivedNames: derivedNames, patient: patient,
      compatibility: compatibility, shared: shared)
  }

  /// The same data set with the rows for which an analysis' own condition holds.
  public func filtered(by condition: Expression?, threads: Int) throws(DiagnosticList) -> DataSet {
    guard let condition else { return self }
    let selection = try condition.select(from: table, threads: threads)
    let step = Step(
      id: id, rowCount: selection.keptCount, excluded: table.rowCount - selection.keptCount,
      undecided: selection.missingCount, condition: condition.source.string)
    return with(table.filtered(mask: selection.mask), steps: steps + [step])
  }

  /// The same data set with some of its rows, which no condition chose.
  func keeping(_ rows: [Int32]) -> DataSet {
    rows.count == table.rowCount ? self : with(table.filtered(keeping: rows))
  }

  /// The same data set with other rows of its table.
  func with(_ table: DataTable, steps: [Step]? = nil) -> DataSet {
    DataSet(
      id: id, table: table, outcomes: outcomes, steps: steps ?? self.steps, derivedNames: derivedNames,
      patient: patient, compatibility: compatibility)
  }

  /// The column, or an error with the nearest name.
  public func column(_ name: String, at range: SourceRange) throws(Diagnostic) -> Column {
    if let column = table[name] { return column }
    throw Diagnostic(
      .unknownColumn, "no column '\(name)' in '\(id)'", at: range,
      remedy: NearMiss.remedy(for: name, among: table.columnNames + table.unreadColumnNames)
        ?? UnknownName.list(name, among: table.columnNames + table.unreadColumnNames))
  }
}
