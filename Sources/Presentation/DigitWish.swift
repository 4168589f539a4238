// Decimals that an author asked of a whole directive.

/// `digits:` and `percent-digits:`; `nil` leaves the decimals to kind, magnitude and style.
public struct DigitWish: Sendable, Hashable {
  /// Of estimates with their limits: ratios, times, coefficients, means.
  public var estimates: Int?
  /// Of percentages: of counts, of survival, of incidence.
  public var percents: Int?

  /// No wish unless one is given.
  public init(estimates: Int? = nil, percents: Int? = nil) {
    self.estimates = estimates
    self.percents = percents
  }

  /// Whether the author asked for anything.
  public var isEmpty: Bool { estimates == nil && percents == nil }

  /// The format with these decimals, where it has none of its own.
  func applied(to format: ValueFormat) -> ValueFormat {
    guard format.digits == nil else { return format }
    if format.asPercent || format.kind == .percent { return format.digits(percents) }
    switch format.kind {
    case .ratio, .time, .coefficient, .number, .proportion: return format.digits(estimates)
    case .count, .percent, .pValue, .statistic, .text, .date: return format
    }
  }
}

extension TableCell {
  /// The cell with these decimals, where it has none of its own.
  func with(_ wish: DigitWish) -> TableCell {
    switch self {
    case .quantity(let quantity, let format): .quantity(quantity, wish.applied(to: format))
    case .estimate(let estimate, let format): .estimate(estimate, wish.applied(to: format))
    case .interval(let estimate, let format): .interval(estimate, wish.applied(to: format))
    case .pair(let value, let spread, let format): .pair(value, spread, wish.applied(to: format))
    case .countPercent(let count, let total, let digits):
      .countPercent(count, of: total, digits: digits ?? wish.percents)
    case .empty, .text, .pValue, .reference: self
    }
  }
}

extension Table {
  /// The table with these decimals, wherever its cells have none of their own.
  public func with(_ wish: DigitWish) -> Table {
    replacingRows(rows.map { TableRow($0.cells.map { $0.with(wish) }, role: $0.role, indent: $0.indent) })
  }

  func replacingRows(_ rows: [TableRow]) -> Table {
    var table = Table(
      name: name, caption: caption, columns: columns, rows: rows, notes: notes, abbreviations: abbreviations)
    table.isHidden = isHidden
    return table
  }
}
