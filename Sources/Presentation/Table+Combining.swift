// Several tables in one: side by side, or under one another.

/// A table with the name that tells it from the others it is combined with.
public struct NamedTable: Sendable, Hashable {
  /// What the combined table calls it.
  public let name: String
  /// What is combined; its own name and caption are not used.
  public let table: Table

  /// A table and its heading (side by side) or section (under one another).
  public init(_ name: String, _ table: Table) {
    self.name = name
    self.table = table
  }
}

extension Table {
  /// Each row's label behind those of the rows it belongs to: `Treatment: observation`.
  public var fullLabels: [String] {
    var parents: [(indent: Int, label: String)] = []
    return rows.map { row in
      let label = row.cells.first?.text(.plain) ?? ""
      while let last = parents.last, last.indent >= row.indent { parents.removeLast() }
      let full = (parents.map(\.label) + [label]).filter { !$0.isEmpty }.joined(separator: ": ")
      parents.append((row.indent, label))
      return full
    }
  }

  /// The tables side by side, rows of the same name in one line; a row that only a later table has follows the row
  /// that it follows there.
  public static func merged(_ parts: [NamedTable], caption: String) -> Table {
    var order: [RowKey] = []
    var rows: [RowKey: TableRow] = [:]
    var found: [[RowKey: TableRow]] = []
    for part in parts {
      var position = 0
      var own: [RowKey: TableRow] = [:]
      for (key, row) in zip(part.table.rowKeys, part.table.rows) {
        own[key] = row
        if rows[key] == nil {
          rows[key] = row
          order.insert(key, at: position)
          position += 1
        } else if let known = order.firstIndex(of: key) {
          position = known + 1
        }
      }
      found.append(own)
    }
    let heading = parts.lazy.compactMap { $0.table.columns.first?.heading }.first { !$0.isEmpty } ?? ""
    var columns = [TableColumn(heading, alignment: .left)]
    for part in parts {
      columns += part.table.columns.dropFirst().map { column in
        let group = [part.name, column.group ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        return TableColumn(column.heading, group: group, alignment: column.alignment)
      }
    }
    let merged = order.compactMap { key in
      rows[key].map { row in
        var cells: [TableCell] = [row.cells.first ?? .empty]
        for (part, own) in zip(parts, found) {
          cells +=
            own[key].map { Array(part.table.cells(of: $0).dropFirst()) }
            ?? Array(repeating: .empty, count: max(0, part.table.columns.count - 1))
        }
        return TableRow(cells, role: row.role, indent: row.indent)
      }
    }
    return Table(
      caption: caption, columns: columns, rows: merged, notes: combinedNotes(parts),
      abbreviations: combinedAbbreviations(parts))
  }

  /// The tables under one another, each below its name; columns of the same heading are one.
  public static func stacked(_ parts: [NamedTable], caption: String) -> Table {
    let headings = Set(parts.compactMap { $0.table.columns.first?.heading })
    var columns: [TableColumn] = []
    for column in parts.flatMap({ $0.table.columns.dropFirst() })
    where !columns.contains(where: { $0.flatHeading == column.flatHeading }) { columns.append(column) }
    var rows: [TableRow] = []
    for part in parts {
      let places = columns.map { column in
        part.table.columns.dropFirst().firstIndex { $0.flatHeading == column.flatHeading }
      }
      if !part.name.isEmpty { rows.append(.header(part.name)) }
      for row in part.table.rows {
        let cells = part.table.cells(of: row)
        rows.append(
          TableRow(
            [cells.first ?? .empty] + places.map { $0.map { cells[$0] } ?? .empty }, role: row.role,
            indent: row.indent + (part.name.isEmpty ? 0 : 1)))
      }
    }
    return Table(
      caption: caption,
      columns: [TableColumn(headings.count == 1 ? headings.first ?? "" : "", alignment: .left)] + columns,
      rows: rows, notes: combinedNotes(parts), abbreviations: combinedAbbreviations(parts))
  }

  /// The rows of these labels in this order, each with the rows that belong to it.
  ///
  /// - Returns: the table, and the labels that no row has.
  public func selecting(rows labels: [String]) -> (table: Table, unknown: [String]) {
    var chosen: [TableRow] = []
    var unknown: [String] = []
    let full = fullLabels
    for label in labels {
      let start = rows.indices.first { full[$0] == label || rows[$0].cells.first?.text(.plain) == label }
      guard let start else {
        unknown.append(label)
        continue
      }
      chosen.append(rows[start])
      chosen += rows[(start + 1)...].prefix { $0.indent > rows[start].indent }
    }
    return (replacing(columns: columns, rows: chosen), unknown)
  }

  /// The first column and those of these headings in this order.
  ///
  /// - Returns: the table, and the headings that no column has.
  public func selecting(columns headings: [String]) -> (table: Table, unknown: [String]) {
    var places = columns.isEmpty ? [] : [0]
    var unknown: [String] = []
    for heading in headings {
      let matches = columns.indices.dropFirst().filter {
        columns[$0].flatHeading == heading || columns[$0].heading == heading
      }
      if matches.isEmpty { unknown.append(heading) }
      places += matches.filter { !places.contains($0) }
    }
    // Within each group in the order asked for; the groups stay as they are.
    var groups: [String?] = []
    for column in columns where !groups.contains(column.group) { groups.append(column.group) }
    places = groups.flatMap { group in places.filter { columns[$0].group == group } }
    let chosen = rows.map { row in
      let cells = cells(of: row)
      return TableRow(places.map { cells[$0] }, role: row.role, indent: row.indent)
    }
    return (replacing(columns: places.map { columns[$0] }, rows: chosen), unknown)
  }

  private func replacing(columns: [TableColumn], rows: [TableRow]) -> Table {
    Table(
      name: name, caption: caption, columns: columns, rows: rows, notes: notes, abbreviations: abbreviations)
  }

  private struct RowKey: Hashable {
    let label: String
    let occurrence: Int
  }

  private var rowKeys: [RowKey] {
    var seen: [String: Int] = [:]
    return fullLabels.map { label in
      let occurrence = seen[label, default: 0]
      seen[label] = occurrence + 1
      return RowKey(label: label, occurrence: occurrence)
    }
  }

  /// What each table says of its own behind its name, then what all of them say.
  private static func combinedNotes(_ parts: [NamedTable]) -> [String] {
    let common = (parts.first?.table.notes ?? []).filter { note in
      parts.allSatisfy { $0.table.notes.contains(note) }
    }
    let own = parts.compactMap { part -> String? in
      let notes = part.table.notes.filter { !common.contains($0) }
      guard !notes.isEmpty else { return nil }
      return (part.name.isEmpty ? "" : part.name + ": ") + notes.joined(separator: ", ")
    }
    return own + common
  }

  private static func combinedAbbreviations(_ parts: [NamedTable]) -> [String] {
    var all: [String] = []
    for text in parts.flatMap(\.table.abbreviations) where !all.contains(text) { all.append(text) }
    return all
  }
}
