// What the dictionary says about a column.

/// Label, unit and coding of a column, as the author's dictionary gives them.
public struct ColumnMetadata: Sendable, Hashable {
  /// The words that tables and figures print for the column; its name when `nil`.
  public var label: String?
  /// Unit of the values, as printed.
  public var unit: String?
  /// All values the column may hold, in their order; the first is the reference level unless `reference`
  /// names another. A value outside the list is an error.
  public var levels: [String]?
  /// Where `levels` are labels: what stands in the data for each of them, in their order.
  public var codes: [[String]]?
  /// The level that others are compared with; the first when `nil`.
  public var reference: String?
  /// Cells that mean "missing" in this column, besides those that do in every column.
  public var missingCodes: [String]
  /// Decimals with which the column's values, means and quantiles are printed; chosen from the data when `nil`.
  public var digits: Int?
  /// Units of a change whose ratio regression tables and forest plots print: 10 for "per 10 years".
  public var per: Double?

  /// What is not given is not known: the column's name is its label, its levels are those met.
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

  /// What the data may hold for each level: its codes where it is a label, else the level itself.
  public var spellings: [[String]]? { codes ?? levels?.map { [$0] } }

  /// The label of a code; `nil` where the dictionary has no labels, or none for it.
  public func label(ofCode code: String) -> String? {
    guard let codes, let levels, let index = codes.firstIndex(where: { $0.contains(code) }) else {
      return nil
    }
    return levels.indices.contains(index) ? levels[index] : nil
  }
}
