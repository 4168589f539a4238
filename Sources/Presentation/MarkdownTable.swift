// Tables as Markdown pipe tables: one row per line, cells not padded.

extension Table {
  /// Head, rule and rows, each line ended by a line feed. A changed value changes one line.
  public func markdownGrid(_ style: JournalStyle) -> String {
    guard !columns.isEmpty else { return "" }
    var lines = [
      Self.line(columns.map { MarkdownText.cell($0.flatHeading(style)) }),
      "|" + columns.map { Self.rule($0.alignment) + "|" }.joined(),
    ]
    for row in sharingDecimals(style).rows {
      let texts = cells(of: row).map { MarkdownText.cell($0.text(style)) }
      // An entity, because several renderers trim even Unicode spaces at a cell's ends.
      let indent = String(repeating: "&emsp;", count: max(0, min(row.indent, 8)))
      lines.append(Self.line(texts.enumerated().map { $0.offset == 0 ? indent + $0.element : $0.element }))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Caption, table, notes, separated by empty lines; `number` as printed.
  public func markdown(number: String, style: JournalStyle) -> String {
    let notes = MarkdownText.paragraph(noteLine(style))
    return [
      style.captions.markdown(label: "Table", number: number, caption: caption) + "\n", markdownGrid(style),
      notes.isEmpty ? "" : notes + "\n",
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func line(_ texts: [String]) -> String {
    "|" + texts.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
  }

  private static func rule(_ alignment: ColumnAlignment) -> String {
    switch alignment {
    case .left: ":--"
    case .right: "--:"
    case .center: ":-:"
    }
  }
}
