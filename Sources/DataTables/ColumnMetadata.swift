// What the dictionary says about a column.

/// Label, unit and coding of a column, as the author's dictionary gives them.
public struct ColumnMetadata: Sendable, Hashable {
  /// The words that tables and figures print for the column; its name when `nil`.
  public var label: String?
  public var unit: String?
  /// All values the column may hold, in their order; the first is the reference level unless `reference`
  /// names another. A value outside the list is an error.
  public var levels: [String]?
  public var reference: String?
  /// Cells that mean "missing" in this column, besides those that do in every column.
  public var missingCodes: [String]

  public init(
    label: String? = nil, unit: String? = nil, levels: [String]? = nil, reference: String? = nil,
    missingCodes: [String] = []
  ) {
    self.label = label
    self.unit = unit
    self.levels = levels
    self.reference = reference
    self.missingCodes = missingCodes
  }
}
