// Decimals that cells of one table share, so that a column reads as one quantity.

extension Table {
  /// The table with the decimals that its cells have together; those that a cell has of its own stay.
  ///
  /// Percentages of counts follow the style's rule for the smallest denominator of the table. Percentages of survival and
  /// incidence have in a column as many decimals as the cell that needs most, lest 99.7 be printed as 100. Times, and columns that
  /// say so, have as many as the most exact of them, within four significant digits of the largest. Ratios keep their own.
  public func sharingDecimals(_ style: JournalStyle) -> Table {
    let denominators = rows.lazy.flatMap(\.cells).compactMap { cell -> Double? in
      guard case .countPercent(_, let total, nil) = cell, total > 0 else { return nil }
      return total
    }
    let share = denominators.min().map { style.percent.digits(denominator: $0) }
    let shared = columns.indices.map { index in
      let cells = rows.lazy.compactMap { $0.cells.indices.contains(index) ? $0.cells[index] : nil }
      return ColumnDecimals(
        percents: cells.compactMap { $0.percentDigits(style) }.max(),
        numbers: ColumnDecimals.shared(
          cells.flatMap { $0.leadingNumbers(sharing: columns[index].sharesDecimals) }))
    }
    return replacingRows(
      rows.map { row in
        let cells = row.cells.enumerated().map { index, cell -> TableCell in
          guard shared.indices.contains(index) else { return cell }
          return cell.settled(shared[index], share: share, sharing: columns[index].sharesDecimals)
        }
        return TableRow(cells, role: row.role, indent: row.indent)
      })
  }
}

/// What the cells of a column have in common.
private struct ColumnDecimals {
  let percents: Int?
  let numbers: Int?

  static func shared(_ numbers: [(value: Double, digits: Int)]) -> Int? {
    guard let most = numbers.map(\.digits).max(), let largest = numbers.map(\.value.magnitude).max() else {
      return nil
    }
    var decimals = 3
    var bound = 10.0
    while decimals > 0, largest >= bound {
      decimals -= 1
      bound *= 10
    }
    return min(most, decimals)
  }
}

extension TableCell {
  fileprivate var format: ValueFormat? {
    switch self {
    case .quantity(_, let format), .estimate(_, let format), .interval(_, let format),
      .pair(_, _, let format):
      format
    case .empty, .text, .countPercent, .pValue, .reference: nil
    }
  }

  fileprivate func percentDigits(_ style: JournalStyle) -> Int? {
    guard let format, format.asPercent, format.kind == .proportion, format.digits == nil else { return nil }
    return style.percentDigits(quantities)
  }

  private func isShared(_ sharing: Bool) -> Bool {
    guard let format, format.digits == nil, !format.asPercent else { return false }
    return format.kind == .time || (sharing && format.kind == .number)
  }

  /// The number that decides the decimals of the cell, and how many it would have alone.
  fileprivate func leadingNumbers(sharing: Bool) -> [(value: Double, digits: Int)] {
    guard isShared(sharing), let format,
      let number = quantities.lazy.compactMap(\.number).first(where: \.isFinite)
    else { return [] }
    return [(number, DigitRule.digits(format.kind, number))]
  }

  fileprivate func settled(_ column: ColumnDecimals, share: Int?, sharing: Bool) -> TableCell {
    if case .countPercent(let count, let total, let digits) = self {
      return .countPercent(count, of: total, digits: digits ?? share)
    }
    guard let format, format.digits == nil else { return self }
    let digits =
      format.asPercent && format.kind == .proportion
      ? column.percents : isShared(sharing) ? column.numbers : nil
    guard let digits else { return self }
    switch self {
    case .quantity(let quantity, let format): return .quantity(quantity, format.digits(digits))
    case .estimate(let estimate, let format): return .estimate(estimate, format.digits(digits))
    case .interval(let estimate, let format): return .interval(estimate, format.digits(digits))
    case .pair(let value, let spread, let format): return .pair(value, spread, format.digits(digits))
    case .empty, .text, .countPercent, .pValue, .reference: return self
    }
  }
}
