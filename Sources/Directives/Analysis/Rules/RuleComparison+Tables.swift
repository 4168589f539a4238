// The two tables of a comparison of rules: the results side by side, and the rules behind their differences.

import Expressions
import Presentation

extension RuleComparison {
  /// Estimates and P values, a column per program; only those that differ where there are many.
  ///
  /// - Parameter labels: of the columns, by name.
  func resultTable(caption: String, labels: [String: String], style: JournalStyle) -> Table {
    let paths = pathsBySubject
    var shown = paths.filter(isShown)
    // Where the difference lies in other quantities, such as quartiles, these are shown.
    if shown.allSatisfy(printsAlike) { shown = paths.filter { isShown($0) || !isAgreed($0) } }
    let differing = shown.filter { !printsAlike($0) }
    let rows = shown.count > 40 && !differing.isEmpty ? differing : shown
    var notes = [
      "under the defaults of each program; options that the author gave hold in all of them"
    ]
    if rows.count < shown.count {
      notes.append("\(shown.count - rows.count) quantities that agree are not shown")
    }
    for run in runs { if let reason = run.reason { notes.append("\(run.rules.preset.program): \(reason)") } }
    return Table(
      caption: caption,
      columns: [TableColumn("Quantity", alignment: .left)]
        + runs.map { TableColumn($0.rules.preset.program) },
      rows: zip(rows, cells(rows, style)).map { path, cells in
        TableRow([.text(QuantityWords.words(of: path, labels: labels))] + cells)
      }, notes: notes)
  }

  /// Every program's cells of the rows. Rows of one kind of quantity, such as the medians of all groups, share decimals as the
  /// column of a table does.
  private func cells(_ paths: [String], _ style: JournalStyle) -> [[TableCell]] {
    var cells = paths.map { path in runs.map { cell($0, path, style) } }
    let kinds = Dictionary(grouping: paths.indices) { QuantityWords.kind(of: paths[$0]) }
    for rows in kinds.values {
      let column = Table(
        caption: "", columns: [TableColumn("")], rows: rows.flatMap { cells[$0] }.map { TableRow([$0]) }
      ).sharingDecimals(style).rows.compactMap(\.cells.first)
      for (place, cell) in column.enumerated() where rows.indices.contains(place / runs.count) {
        cells[rows[place / runs.count]][place % runs.count] = cell
      }
    }
    // Written here, since a program's way of rounding is part of its rules.
    return cells.map { row in
      zip(runs, row).map { run, cell in
        guard case .estimate(let estimate, _) = cell, estimate.value.number != nil else { return cell }
        var style = style
        style.number.rounding = run.rules.rounding
        return .text(cell.text(style))
      }
    }
  }

  /// The rules that move a result, what each program takes, and how far it goes.
  func decisionTable(style: JournalStyle) -> Table {
    Table(
      caption: "Rules that move the results",
      columns: [TableColumn("Rule", alignment: .left)]
        + runs.map { TableColumn($0.rules.preset.program, alignment: .left) }
        + [TableColumn("Quantities moved"), TableColumn("Largest change")],
      rows: decisions.map { decision in
        let change = NumberFormat.significant(decision.largestChange * 100, digits: 2, style: style.number)
        return TableRow(
          [.text(decision.choice.words)] + runs.map { .text(decision.choice.text($0.rules)) }
            + [
              .count(decision.movedCount),
              .text(
                decision.movedCount == 0 ? "print only" : decision.largestChange == 0 ? "" : "\(change)%"),
            ])
      },
      notes: ["each rule changed alone from Meier's; rules on which nothing here depends are left out"])
  }

  /// What is said of one column or group in rows that follow one another, and of each level of it; subjects in the order in
  /// which they first occur.
  private var pathsBySubject: [String] {
    Self.grouped(paths) { QuantityWords.subject(of: $0, level: false) }.flatMap { paths in
      Self.grouped(paths) { QuantityWords.subject(of: $0, level: true) }.joined()
    }
  }

  private static func grouped(_ paths: [String], by key: (String) -> String) -> [[String]] {
    var order: [String] = []
    var groups: [String: [String]] = [:]
    for path in paths {
      let key = key(path)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(path)
    }
    return order.compactMap { groups[$0] }
  }

  /// Whether a quantity and its interval, which stand in one cell, are the same everywhere.
  private func printsAlike(_ path: String) -> Bool {
    isAgreed(path) && isAgreed(path + ".lower") && isAgreed(path + ".upper")
  }

  /// Whether tables print such a quantity: estimates with intervals, and P values.
  private func isShown(_ path: String) -> Bool {
    // The median is shown under its own name.
    if path.hasSuffix(".quantile(0.5)") || path.contains(".per(") { return false }
    return path.hasSuffix(".p") || runs.contains { $0.values[path]?.confidenceLevel != nil }
  }

  private func cell(_ run: Run, _ path: String, _ style: JournalStyle) -> TableCell {
    guard let value = run.values[path], case .quantity(let quantity) = value.content else { return .empty }
    var style = style
    style.number.rounding = run.rules.rounding
    let followsLastTime = decisions.contains { $0.choice.name == Compatibility.beyondChoice.name }
    if quantity == .notEstimable, followsLastTime, path.hasSuffix(".survival") {
      switch run.rules.beyondLastTime {
      case .notEstimable: break
      case .blank: return .empty
      case .missing: return .text(".")
      }
    }
    guard value.format.kind != .pValue else { return .text(style.text(quantity, .pValue)) }
    guard let level = value.confidenceLevel else {
      return quantity == .value(1) ? .reference : .text(style.text(quantity, value.format))
    }
    func limit(_ name: String) -> Quantity {
      guard case .quantity(let limit)? = run.values["\(path).\(name)"]?.content else { return .notEstimable }
      return limit
    }
    let estimate = Estimate(quantity, lower: limit("lower"), upper: limit("upper"), level: level)
    return .estimate(estimate, value.format)
  }
}
