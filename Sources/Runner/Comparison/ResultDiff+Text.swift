// A comparison as a table for the terminal.

import Presentation

/// Prints a comparison for a person at a terminal.
public struct ResultDiffPrinter: Sendable {
  let usesColor: Bool
  /// Whether changes of digits alone are all shown.
  let showsAll: Bool
  /// How many of them are shown otherwise.
  static let limit = 20

  /// - Parameters:
  ///   - usesColor: whether escape sequences of a terminal may be used.
  ///   - showsAll: whether every change of digits is shown, and not the first twenty of a document.
  public init(usesColor: Bool, showsAll: Bool) {
    self.usesColor = usesColor
    self.showsAll = showsAll
  }

  /// Lines for the terminal, ending in a line break; what matters stands first in each document.
  public func text(_ diff: ResultDiff) -> String {
    var lines: [String] = []
    for document in diff.documents where document.hasChanges || !document.remarks.isEmpty {
      lines += self.lines(document, diff) + [""]
    }
    let same = diff.documents.count - diff.changedDocuments.count
    let count = "\(same) document\(same == 1 ? "" : "s")"
    if diff.documents.isEmpty {
      lines.append("there is no document with results in \(diff.old) or \(diff.new)")
    } else if same > 0 {
      lines.append("\(count) without a change of results between \(diff.old) and \(diff.new)")
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ document: ResultDiff.Document, _ diff: ResultDiff) -> [String] {
    var lines = [painted(document.name, "1") + "  \(diff.old) → \(diff.new)"]
    lines += document.remarks.map { "  " + painted("note:", "36") + " \($0)" }
    for detail in document.allCauses.details { lines.append("  because of \(detail)") }
    for claim in document.claims {
      let color = claim.new.isBroken ? "1;31" : "32"
      lines.append(
        "  " + painted("claim \(claim.words)", color)
          + ", line \(claim.line): \(DiffText.printable(claim.text))")
      lines += claim.values.map { "    " + DiffText.printable($0.words) }
    }
    guard !document.changes.isEmpty else { return lines }
    let rows = ChangeRows(document.changes, limit: showsAll ? .max : 3)
    for row in rows.collapsed {
      lines.append("  " + painted(row.flag.words, "33") + ": \(row.count) results of '\(row.id)'")
    }
    let flagged = rows.single.filter(\.isFlagged)
    let plain = Self.ranked(rows.single.filter { !$0.isFlagged })
    let shown = flagged + (showsAll ? plain : Array(plain.prefix(Self.limit)))
    if !shown.isEmpty { lines += [""] + table(shown, document, diff) }
    let hidden = rows.single.count - shown.count
    lines.append("")
    lines.append(
      "  \(document.summary)"
        + (hidden > 0 ? "; \(hidden) changes of digits are not shown (--all shows them)" : ""))
    return lines
  }

  /// What sentences speak of first, what only a method knows last; else in the order given.
  private static func ranked(_ changes: [ResultChange]) -> [ResultChange] {
    func isOne(_ change: ResultChange, _ names: Set<String>) -> Bool {
      change.path.split(separator: ".").last.map { names.contains(String($0)) } ?? false
    }
    let first = changes.filter { isOne($0, spoken) }
    let last = changes.filter { isOne($0, technical) }
    return first + changes.filter { !isOne($0, spoken) && !isOne($0, technical) } + last
  }

  private static let spoken: Set<String> = [
    "hr", "or", "rr", "irr", "shr", "ratio", "difference", "median", "p", "survival", "cumulative_incidence",
    "rmst",
    "events", "n",
  ]
  private static let technical: Set<String> = [
    "se", "sd", "aic", "bic", "coefficient", "z", "t", "statistic", "chi_squared", "df", "log_likelihood",
    "deviance", "fingerprint",
  ]

  private func table(
    _ changes: [ResultChange], _ document: ResultDiff.Document, _ diff: ResultDiff
  ) -> [String] {
    let head = ["quantity", diff.old, diff.new, "change", "because", ""]
    let body = changes.map { change in
      let text = ChangeText(change)
      let causes = (document.causes[change.id] ?? ChangeCauses()).names.joined(separator: ", ")
      return [
        change.path, text.old, text.new, text.difference, causes,
        change.flags.map(\.words).joined(separator: "; "),
      ].map(DiffText.printable)
    }
    let widths = head.indices.map { column in
      ([head] + body).map { DiffText.width($0[column]) }.max() ?? 0
    }
    func line(_ cells: [String], isHead: Bool) -> String {
      var line = "  "
      for (column, cell) in cells.enumerated() {
        let pad = String(repeating: " ", count: widths[column] - DiffText.width(cell))
        let isNumber = (1...3).contains(column)
        let shown = column == 5 && !isHead ? painted(cell, "33") : cell
        line += isNumber ? pad + shown : shown + (column == 5 ? "" : pad)
        line += column < 5 ? "  " : ""
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    return [line(head, isHead: true)] + body.map { line($0, isHead: false) }
  }

  private func painted(_ text: String, _ color: String) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(color)m\(text)\u{1B}[0m" : text
  }
}

/// What a terminal needs to know about text.
enum DiffText {
  /// Columns on a terminal, combining characters not counted.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x0300...0x036F, 0x200B...0x200F: sum
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60,
        0x1F300...0x1FAFF:
        sum + 2
      default: sum + 1
      }
    }
  }

  /// A level's name could hold what drives a terminal.
  static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "\u{FFFD}" : $0 }))
  }
}
