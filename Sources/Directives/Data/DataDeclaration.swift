// What a data directive declares, readable before any file is opened.

import DataTables
import Diagnostics
import Expressions
import ModelFormula

/// The checked options of a data directive.
public struct DataDeclaration: Sendable {
  /// The id of the directive: what formulas and `data:` call the table by.
  public let id: String
  /// The data file as the document names it.
  public let source: String?
  /// The data set whose rows these are taken from; `nil` when a file is named.
  public let from: Reference?
  /// Which rows are kept; `nil` for all.
  public let condition: Expression?
  let derived: [Named<Expression>]
  let outcomes: [Named<SurvivalSyntax>]
  /// Columns that the dictionary describes.
  let described: [Named<ColumnMetadata>]
  /// The columns that tell the rows apart.
  let key: RowKey
  /// The column that tells patients apart, where one may have several rows.
  let patient: ColumnName?
  /// How follow-up is cut, the last thing that is done with the rows.
  let split: FollowUpSplit?

  /// Reads the options of a `{data}` block.
  ///
  /// - Throws: `Diagnostic`, when an option that was checked before is not of its kind.
  public init(id: String, options: ResolvedOptions) throws {
    self.id = id
    source = try options[DataDirective.source]
    from = try options[DataDirective.from]
    condition = try options[DataDirective.condition]
    derived = try options[DataDirective.derive]
    outcomes = try options[DataDirective.outcomes]
    described = try options[DataDirective.dictionary]
    key = RowKey(columns: try options[DataDirective.key])
    patient = try options[DataDirective.patient]
    split = try options[DataDirective.split]
  }

  /// The columns that must be in the table this data set is made from, when analyses use `demanded`.
  ///
  /// Names of outcomes stand for the columns of their `Surv(...)`, derived columns for those of their expression.
  /// - Parameter demanded: columns and outcomes; `nil` for all.
  public func sourceColumns(for demanded: Set<String>?) -> Set<String>? {
    guard var needed = demanded else { return nil }
    if let split {
      needed.subtract(split.madeColumns)
      needed.insert(split.outcome.string)
      needed.formUnion(split.columnUses.map(\.name))
    }
    needed.formUnion(key.columns.map(\.name) + [patient?.name].compactMap(\.self))
    for outcome in outcomes where needed.remove(outcome.string) != nil {
      needed.formUnion(outcome.value.columnUses.map(\.name))
    }
    // Later derivations may use earlier ones, so their columns are found from the last to the first.
    for column in derived.reversed() where needed.remove(column.string) != nil {
      needed.formUnion(column.value.columnNames)
    }
    if let condition { needed.formUnion(condition.columnNames) }
    // A derivation may stand on a column that an earlier one replaced under the same name.
    return needed
  }

  /// Whether the data set needs a column whatever analyses ask for: its key, its id and its split do.
  func keepsAlways(_ name: String) -> Bool {
    if key.columns.contains(where: { $0.name == name }) || patient?.name == name { return true }
    guard let split else { return false }
    let ofOutcome = outcomes.first { $0.string == split.outcome.string }?.value.columnUses ?? []
    return (split.columnUses + ofOutcome).contains { $0.name == name }
  }
}
