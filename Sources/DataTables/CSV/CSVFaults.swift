// The wording of what can be wrong with a CSV file.

import Diagnostics

enum CSVFaults {
  /// How many diagnostics one file may cause before the rest are only counted.
  static let limit = 20
  /// How many places of one kind are named.
  static let placesNamed = 5

  static func diagnostic(_ failure: FileBytes.Failure, path: String) -> Diagnostic {
    let place = DiagnosticLocation(path: path, start: SourcePosition(line: 1, column: 1))
    switch failure {
    case .missing: return Diagnostic(.missingFile, "there is no file '\(path)'")
    case .directory: return Diagnostic(.unreadableFile, "'\(path)' is a folder, not a data file")
    case .unreadable(let code):
      return Diagnostic(.unreadableFile, "'\(path)' cannot be read (system error \(code))")
    case .corruptCompression:
      return Diagnostic(
        .unreadableFile, "the compressed data file is damaged or cut short", at: place,
        remedy: "copy or compress it again")
    case .tooLarge:
      return Diagnostic(.unreadableFile, "the data file is too large when decompressed", at: place)
    }
  }

  static func diagnostic(_ fault: ByteCheck.Fault, in bytes: FileBytes, path: String) -> Diagnostic {
    let place = DiagnosticLocation(path: path, start: CellLocator.position(of: fault.offset, in: bytes))
    switch fault.kind {
    case .nul:
      return Diagnostic(
        .nulByte, "the data file holds a NUL byte: it is no text file, or it is damaged", at: place,
        remedy: "save the data as CSV, UTF-8")
    case .invalidUTF8:
      return Diagnostic(
        .invalidUTF8, "the data file is not UTF-8 text", at: place,
        remedy: "it looks like Windows-1252 or Latin-1: save it as “CSV UTF-8”, or convert it with iconv")
    }
  }

  static func otherFormat(_ format: String, path: String) -> Diagnostic {
    Diagnostic(
      .unreadableFile, "the data file is \(format), not a text with separators",
      at: DiagnosticLocation(path: path, start: .init(line: 1, column: 1)),
      remedy: "export it as “CSV UTF-8”")
  }

  static func utf16(path: String) -> Diagnostic {
    Diagnostic(
      .invalidUTF8, "the data file is UTF-16 text",
      at: DiagnosticLocation(path: path, start: .init(line: 1, column: 1)),
      remedy: "save it as “CSV UTF-8”")
  }

  static func diagnostic(
    _ fault: FieldScanner.Fault, row: Int?, at place: DiagnosticLocation
  ) -> Diagnostic {
    let subject = row.map { "row \($0)" } ?? "the header"
    switch fault {
    case .unclosedQuote:
      return Diagnostic(
        .unclosedQuote, "\(subject): the quote that opens here is never closed", at: place,
        remedy: "close it, and write a quote that belongs to the text twice")
    case .textAfterQuote:
      return Diagnostic(
        .unclosedQuote, "\(subject): text follows the closing quote", at: place,
        remedy: "write a quote that belongs to the text twice")
    }
  }

  static let mergeMarker = Array("<<<<<<< ".utf8)

  static func unresolvedMerge(at place: DiagnosticLocation) -> Diagnostic {
    Diagnostic(
      .unresolvedMerge, "an unresolved merge: two versions of some rows stand in the data file", at: place,
      remedy: "keep the rows of one of them, and delete the lines <<<<<<<, ======= and >>>>>>>")
  }

  static func ragged(row: Int, found: Int, expected: Int, isEveryRow: Bool, at place: DiagnosticLocation)
    -> Diagnostic
  {
    let fields = found == 1 ? "1 field" : "\(found) fields"
    let remedy =
      found < expected
      ? isEveryRow
        ? "add what is missing, or remove the separator at the end of the header"
        : "add what is missing, if only the separators"
      : isEveryRow
        ? "name the further column in the header, or remove the separator at the end of each line"
        : "put fields that hold the separator in quotes"
    return Diagnostic(
      .raggedRow, "row \(row) has \(fields) where the header has \(expected)", at: place, remedy: remedy)
  }

  /// A cell that does not fit its column's type.
  enum Misfit: Sendable, Equatable {
    case number, flag, level
    case date(DateFormat)
    /// All cells are dates, written in one of these ways.
    case dateOtherwise([DateFormat])

    var code: DiagnosticCode {
      switch self {
      case .number: .notANumber
      case .date, .dateOtherwise: .notADate
      case .flag: .notAFlag
      case .level: .unknownLevel
      }
    }

    var words: String {
      switch self {
      case .number: "not a number"
      case .date(let format): "not a date of the calendar, written \(format.rawValue)"
      case .dateOtherwise: "not a date of the calendar, written YYYY-MM-DD"
      case .flag: "neither true nor false"
      case .level: "not among the levels that the dictionary lists"
      }
    }

    func remedy(_ column: String, _ severity: Severity) -> String {
      if severity == .warning {
        return
          "correct the file, declare what stands there under `missing: [\u{2026}]`, or declare `types: {\(column): text}`"
      }
      return switch self {
      case .number, .date:
        "correct the file, declare what stands there as a missing code, or declare `types: {\(column): text}`"
      case .dateOtherwise(let formats):
        "declare "
          + formats.map { "`dates: {\(column): \($0.rawValue)}`" }.joined(separator: " or ")
          + (formats.count > 1 ? ", whichever is meant" : "")
      case .flag: "write true or false, yes or no, 1 or 0, or declare what stands there as a missing code"
      case .level: "correct the file, add the level to the dictionary, or declare it as a missing code"
      }
    }
  }

  /// One message for all misfits of a column: the first at its place, some others as notes, the rest counted.
  static func misfits(
    _ misfit: Misfit, _ severity: Severity = .error, column: String,
    rows: [(row: Int, cell: CellLocator.Cell?)], count: Int,
    path: String, line: (Int) -> Int
  ) -> Diagnostic {
    func place(_ item: (row: Int, cell: CellLocator.Cell?)) -> DiagnosticLocation {
      DiagnosticLocation(
        path: path, start: item.cell?.position ?? SourcePosition(line: line(item.row), column: 1))
    }
    let isWarning = severity == .warning
    let code = isWarning ? .mixedColumn : misfit.code
    guard let first = rows.first else {
      return Diagnostic(
        severity, code, "column '\(column)': \(misfit.words)", remedy: misfit.remedy(column, severity))
    }
    let others = count == 1 ? "" : count == 2 ? " and 1 other row" : " and \(count - 1) other rows"
    let consequence = isWarning ? ", and all others are: the column is read as text" : ""
    let message = "column '\(column)', row \(first.row + 1)\(others): \(misfit.words)\(consequence)"
    var notes = rows.dropFirst().map { Diagnostic.Note("also row \($0.row + 1)", at: place($0)) }
    if count > rows.count { notes.append(Diagnostic.Note("and \(count - rows.count) more")) }
    return Diagnostic(
      severity, code, message, at: place(first),
      remedy: first.cell.flatMap { specialRemedy(misfit, column, first.row, $0.text) }
        ?? misfit.remedy(column, severity), notes: notes,
      values: rows.compactMap { $0.cell?.text })
  }

  /// What to do where a cell tells more than that it does not fit: the header once more, or a day as Excel counts them.
  private static func specialRemedy(_ misfit: Misfit, _ column: String, _ row: Int, _ cell: String) -> String?
  {
    if cell == column { return "row \(row + 1) repeats the header: delete it" }
    let isDate: Bool
    switch misfit {
    case .date, .dateOtherwise: isDate = true
    case .number, .flag, .level: return nil
    }
    let bytes = Array(cell.utf8)
    if isDate, bytes.count == 5, bytes.allSatisfy({ (0x30...0x39).contains($0) }) {
      return "days as Excel counts them: declare `types: {\(column): number}`, and under `derive:` write "
        + "`name: \(column) + date(\"1899-12-30\")`"
    }
    let parts = cell.split { !$0.isNumber }
    if parts.count == 3, parts.allSatisfy({ $0.utf8.count <= 2 }) {
      return "years of two digits do not name their century: write them with four in the file"
    }
    return nil
  }

  /// At most `limit` diagnostics, and how many more there are.
  static func capped(_ diagnostics: [Diagnostic], path: String) -> [Diagnostic] {
    guard diagnostics.count > limit, let last = diagnostics.dropLast(diagnostics.count - limit).last else {
      return diagnostics
    }
    let note = Diagnostic.Note("\(diagnostics.count - limit) further faults of this file are not shown")
    return diagnostics.prefix(limit - 1) + [
      Diagnostic(
        last.severity, last.code, last.message, at: last.location, remedy: last.remedy,
        notes: last.notes + [note],
        values: last.values)
    ]
  }
}
