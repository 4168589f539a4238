// Tables as comma-separated values (RFC 4180).

extension Table {
  /// Head and rows with the style's digits, but point, hyphen-minus and no groups, so that programs can read
  /// them; a level has its variable's name before it; lines end in CRLF.
  public func csv(_ style: JournalStyle = .plain) -> String {
    var style = style
    style.number = .machine
    var lines = [columns.map { Self.csvField($0.flatHeading(style)) }]
    for (row, label) in zip(sharingDecimals(style).rows, fullLabels) {
      let texts = cells(of: row).map { $0.text(style) }
      lines.append(texts.enumerated().map { Self.csvField($0.offset == 0 ? label : $0.element) })
    }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// Quoted where a comma, a quote or a line break asks for it.
  static func csvField(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy { !",\"\r\n".unicodeScalars.contains($0) }
    if plain { return text }
    return "\"" + text.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
  }
}
