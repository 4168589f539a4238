// A description as a Markdown table, and as a data directive ready to paste.

extension DataDescription {
  /// A pipe table, one row per column of the data.
  public var markdown: String {
    var lines = [
      "| Column | Type | Missing | Distinct | Values |",
      "|:--|:--|--:|--:|:--|",
    ]
    for column in columns {
      lines.append(
        "| \(Self.cell(column.name)) | \(column.type.rawValue) | \(column.missingCount) | \(column.distinctCount) "
          + "| \(Self.cell(column.summary)) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ text: String) -> String {
    var cell = ""
    let scalars = Array(text.unicodeScalars)
    func isLetter(_ index: Int) -> Bool {
      index >= 0 && index < scalars.count && scalars[index].properties.isAlphabetic
    }
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "_" where isLetter(index - 1) && isLetter(index + 1): cell += "_"
      case "|": cell += "\\|"
      case "<": cell += "&lt;"
      case "&": cell += "&amp;"
      case "\\", "`", "*", "_", "[": cell += "\\" + String(scalar)
      case "\n", "\r", "\t": cell += " "
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return cell
  }

  /// A `{data}` directive that declares what was found: labels to improve, levels to put in order, and the types
  /// of the other columns, so that a later file that differs is reported.
  /// - Parameters:
  ///   - id: the directive's id; made from the table's name by default.
  ///   - source: the path to write, as the document will see it.
  public func dataBlock(id: String? = nil, source: String) -> String {
    var lines = ["```{data #\(id ?? Self.identifier(name))}", "source: \(YAMLText.scalar(source))"]
    let typed = columns.filter {
      !$0.name.isEmpty && $0.shownLevels == nil && $0.content != .empty && $0.guess?.formats.isEmpty ?? true
    }
    if !typed.isEmpty {
      lines.append("types:")
      lines += typed.map { "  \(YAMLText.scalar($0.name)): \($0.declaredType.rawValue)" }
    }
    let dated = columns.compactMap { column in column.guess.map { (column.name, $0.formats) } }.filter {
      !$0.0.isEmpty && !$0.1.isEmpty
    }
    if !dated.isEmpty {
      lines.append("dates:")
      for (name, formats) in dated {
        let others = formats.dropFirst().map(\.rawValue).joined(separator: " or ")
        lines.append(
          "  \(YAMLText.scalar(name)): \(formats[0].rawValue)"
            + (others.isEmpty ? "" : " # or \(others): no day tells"))
      }
    }
    let days = derivedDays
    if !days.isEmpty {
      lines.append("derive:")
      lines += days.map { "  \($0.name): \($0.expression)" }
    }
    lines += keyLines + outcomeLines
    if !columns.isEmpty { lines.append("dictionary:") }
    for column in columns where !column.name.isEmpty {
      let name = YAMLText.scalar(column.name)
      let label = YAMLText.scalar(column.label ?? Self.label(column.name))
      let unit = column.unit.map { ", unit: \(YAMLText.scalar($0))" } ?? ""
      let remark =
        column.similarLevels.map { " # levels differ in \($0.difference) alone: \($0.remedy(column.name))" }
        ?? ""
      if let levels = column.shownLevels {
        lines.append("  \(name):")
        lines.append("    label: \(label)")
        lines.append(
          "    levels: [\(levels.map(YAMLText.scalar).joined(separator: ", "))] # the first is the reference")
      } else {
        lines.append("  \(name): {label: \(label)\(unit)}\(remark)")
      }
    }
    lines += days.map { "  \($0.name): {label: \(YAMLText.scalar($0.label))}" }
    return lines.joined(separator: "\n") + "\n```\n"
  }

  /// Columns of days for texts that hold a time of day as well.
  private var derivedDays: [(name: String, expression: String, label: String)] {
    var taken = Set(columns.map(\.name))
    return columns.compactMap { column in
      guard let timed = column.guess?.timedDates, !column.name.isEmpty,
        !column.name.contains(where: { $0 == "\"" || $0 == "\\" || $0.isNewline })
      else { return nil }
      let isPlain =
        column.name.unicodeScalars.allSatisfy {
          $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0))
        } && column.name.unicodeScalars.first?.properties.isAlphabetic == true
      let expressions = timed.expressions(of: isPlain ? column.name : "col(\"\(column.name)\")")
      var name = Self.identifier(column.name) + "_day"
      while !taken.insert(name).inserted { name += "_" }
      let others = expressions.dropFirst().joined(separator: " or ")
      return (
        name, (expressions.first ?? "") + (others.isEmpty ? "" : " # or \(others): no day tells"),
        column.label ?? Self.label(column.name)
      )
    }
  }

  /// The name as an id: lower case, digits and underscores.
  static func identifier(_ name: String) -> String {
    var id = ""
    for scalar in name.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": id.unicodeScalars.append(scalar)
      default: if !id.hasSuffix("_") { id += "_" }
      }
    }
    while id.hasSuffix("_") { id.removeLast() }
    while id.hasPrefix("_") { id.removeFirst() }
    guard let first = id.unicodeScalars.first else { return "data" }
    return ("a"..."z").contains(first) ? id : "data_" + id
  }

  /// The name as a person would write it: `os_months` becomes `Os months`.
  static func label(_ name: String) -> String {
    let words = name.split { $0 == "_" || $0 == "." || $0 == " " }.joined(separator: " ")
    return words.isEmpty ? name : words.prefix(1).uppercased() + words.dropFirst()
  }
}

extension ColumnDescription {
  /// The column's values in a few words.
  public var summary: String {
    if let guess { return guess.words }
    switch content {
    case .empty: return ""
    case .numbers(let minimum, let median, let maximum):
      return
        "\(NumberText.shortest(minimum)) to \(NumberText.shortest(maximum)), median \(NumberText.rounded(median))"
    case .dates(let first, let median, let last):
      return "\(first.text) to \(last.text), median \(median.text)"
    case .flags(let ones, let zeros): return "true \(ones), false \(zeros)"
    case .levels(let levels):
      return levels.map { "\($0.level) \($0.count)" }.joined(separator: ", ")
        + (similarLevels.map { "; some differ in \($0.difference) alone" } ?? "")
    case .manyLevels: return "\(distinctCount) different texts"
    }
  }

  /// Levels worth listing in a dictionary: more than one and no more than are shown.
  var shownLevels: [String]? {
    if guess == nil, similarLevels == nil, case .levels(let levels) = content, levels.count > 1 {
      levels.map(\.level)
    } else {
      nil
    }
  }

  var declaredType: DeclaredType {
    // Declared as what they nearly are, the first run names the cells that are not.
    if guess?.kind == .numbers { return .number }
    return switch type {
    case .integer, .number: .number
    case .flag: .flag
    case .date: .date
    case .text: .text
    case .factor: .factor
    }
  }
}

/// Scalars of YAML.
enum YAMLText {
  /// Plain where that is safe in every context, else in double quotes.
  static func scalar(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  private static let words: Set<String> = [
    "true", "false", "yes", "no", "on", "off", "y", "n", "null", "~", "nan", "inf",
  ]

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, text.last != " " else {
      return false
    }
    if words.contains(text.lowercased()) { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case " ", "_", "-", ".", "/", "+", "(", ")", "0"..."9": true
      default: scalar.properties.isAlphabetic
      }
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
