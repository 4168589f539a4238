// Deciding each column's type and making the column.

import Diagnostics

struct ColumnResolver {
  let reader: CSVReader
  let header: CSVHeader
  let plan: ReadPlan
  let rows: ParsedRows
  let decimalMarkIsCertain: Bool

  struct Resolved {
    var columns: [Column]
    var diagnostics: [Diagnostic]
    var needsDecimalComma: Bool
  }

  /// What became of one field.
  enum Outcome: Sendable {
    case column(Column)
    /// A column, and what there is to say about it.
    case doubtful(Column, Diagnostic)
    case fault(Diagnostic)
  }

  func columns() -> Resolved {
    let wanted = plan.fields.indices.filter { plan.fields[$0].mode != .skip }
    var segments = wanted.map { index in rows.chunks.map { $0.segments[index] } }
    let irregular = wanted.indices.filter { segments[$0].contains { $0 == nil } }
    if !irregular.isEmpty {
      let fields = irregular.map { wanted[$0] }
      let again = reader.parser(header).parse(plan.rereading(Set(fields)), again: rows.chunks)
      for position in irregular { segments[position] = again.map { $0.segments[wanted[position]] } }
    }
    let parts = segments.map { $0.compactMap(\.self) }
    let results = Parallel.map(wanted.count, threads: rows.rowCount < 2_000 ? 1 : reader.threads) {
      position in
      resolve(wanted[position], parts[position])
    }
    let commas = results.contains { $0.hasDecimalComma } && !results.contains { $0.hasDecimalPoint }
    var resolved = Resolved(columns: [], diagnostics: [], needsDecimalComma: !decimalMarkIsCertain && commas)
    for result in results {
      switch result.outcome {
      case .column(let column): resolved.columns.append(column)
      case .doubtful(let column, let warning):
        resolved.columns.append(column)
        resolved.diagnostics.append(warning)
      case .fault(let diagnostic): resolved.diagnostics.append(diagnostic)
      }
    }
    return resolved
  }

  private struct Result: Sendable {
    var outcome: Outcome
    var hasDecimalComma = false
    var hasDecimalPoint = false
  }

  private func resolve(_ index: Int, _ segments: [ColumnSegment]) -> Result {
    let name = header.names[index]
    let metadata = reader.options.dictionary[name] ?? ColumnMetadata()
    let field = plan.fields[index]
    guard segments.contains(where: { $0.texts != nil }) else {
      let storage = ColumnAssembly.joined(segments.map(\.storage), rowCount: rows.rowCount)
      let missing = storage.missingCount
      let isWhole = segments.allSatisfy(\.isWhole)
      let type: ColumnType =
        missing == rows.rowCount && reader.options.types[name] != .date
        ? .number : field.mode == .date ? .date : isWhole ? .integer : .number
      return Result(
        outcome: .column(
          Column(name: name, type: type, storage: storage, metadata: metadata, missingCount: missing)),
        hasDecimalPoint: !isWhole)
    }
    let texts = TextColumn(
      name: name, segments: segments, rowCount: rows.rowCount, field: field, mark: plan.decimalMark)
    var result = Result(outcome: outcome(texts, metadata))
    if !decimalMarkIsCertain {
      result.hasDecimalComma = texts.entries.contains { NumberParser.isDecimal($0.bytes, mark: 0x2C) }
      result.hasDecimalPoint = texts.entries.contains { NumberParser.isDecimal($0.bytes, mark: 0x2E) }
    }
    return result
  }

  // MARK: From texts

  private func outcome(_ texts: TextColumn, _ metadata: ColumnMetadata) -> Outcome {
    if let format = reader.options.dates[texts.name] { return date(texts, metadata, writtenAs: format) }
    if let levels = metadata.levels { return declared(levels, texts, metadata) }
    switch reader.options.types[texts.name] {
    case .number: return number(texts, metadata)
    case .date: return date(texts, metadata)
    case .flag: return flag(texts, metadata)
    case .text: return found(texts, .text, metadata)
    case .factor: return found(texts, .factor, metadata)
    case nil: break
    }
    let tally = texts.tally()
    switch TypeRules.infer(tally) {
    case .number: return number(texts, metadata)
    case .date: return date(texts, metadata)
    case .flag: return flag(texts, metadata)
    case .text:
      let outcome = found(texts, .text, metadata)
      guard case .column(let column) = outcome, let odd = TypeRules.oddCells(tally) else { return outcome }
      return .doubtful(column, warning(of: odd, texts))
    }
  }

  private func number(_ texts: TextColumn, _ metadata: ColumnMetadata) -> Outcome {
    let misfits = texts.readings.map { reading in
      switch reading {
      case .number, .missing: false
      default: true
      }
    }
    if let fault = fault(.number, misfits, texts) { return fault }
    let values = texts.readings.map { reading in
      if case .number(let number) = reading { number.value } else { Double.nan }
    }
    let column = Column(name: texts.name, numbers: texts.doubles(values), metadata: metadata)
    guard column.missingCount == column.count else { return .column(column) }
    return .column(Column(name: texts.name, type: .number, storage: column.storage, metadata: metadata))
  }

  private func date(
    _ texts: TextColumn, _ metadata: ColumnMetadata, writtenAs format: DateFormat = .yearMonthDay
  ) -> Outcome {
    let days: [Int32?] = zip(texts.readings, texts.entries).map { reading, entry in
      if case .day(let days) = reading, format == .yearMonthDay { return days }
      return reading == .missing ? nil : format.days(entry.bytes)
    }
    let misfits = zip(texts.readings, days).map { $0 != .missing && $1 == nil }
    if let fault = fault(.date(format), misfits, texts) { return fault }
    let values = days.map { $0 ?? ColumnStorage.missingInt32 }
    return .column(Column(name: texts.name, type: .date, storage: texts.storage(values), metadata: metadata))
  }

  private func flag(_ texts: TextColumn, _ metadata: ColumnMetadata) -> Outcome {
    let flags = zip(texts.readings, texts.entries).map { reading, entry in
      reading == .missing ? nil : Self.flag(reading, entry)
    }
    let misfits = zip(texts.readings, flags).map { $0 != .missing && $1 == nil }
    if let fault = fault(.flag, misfits, texts) { return fault }
    let values = flags.map { flag in flag.map { $0 ? Int32(1) : 0 } ?? ColumnStorage.missingInt32 }
    return .column(Column(name: texts.name, type: .flag, storage: texts.storage(values), metadata: metadata))
  }

  /// A declared flag may also be written 1 and 0, yes and no, or with a first letter.
  private static func flag(_ reading: CellReading, _ entry: TextDictionary.Entry) -> Bool? {
    switch reading {
    case .flag(let value): return value
    case .number(let number): return number.value == 1 ? true : number.value == 0 ? false : nil
    default: break
    }
    switch String(decoding: entry.bytes, as: UTF8.self).lowercased() {
    case "true", "t", "yes", "y": return true
    case "false", "f", "no", "n": return false
    default: return nil
    }
  }

  private func found(_ texts: TextColumn, _ type: ColumnType, _ metadata: ColumnMetadata) -> Outcome {
    let (levels, codes) = LevelOrder.levels(of: texts.entries, readings: texts.readings)
    return .column(
      Column(name: texts.name, type: type, storage: texts.storage(codes), levels: levels, metadata: metadata))
  }

  /// Levels from the dictionary; a number finds its level however either is written.
  private func declared(_ levels: [String], _ texts: TextColumn, _ metadata: ColumnMetadata) -> Outcome {
    var codes: [String: Int32] = [:]
    var sizes: [Double: Int32] = [:]
    for (index, spellings) in (metadata.spellings ?? levels.map { [$0] }).enumerated() {
      let code = Int32(truncatingIfNeeded: index)
      for level in spellings {
        if codes[level] == nil { codes[level] = code }
        let number = Array(level.utf8).withUnsafeBufferPointer {
          NumberParser.parse($0, mark: plan.decimalMark)
        }
        if let number, sizes[number.value] == nil { sizes[number.value] = code }
      }
    }
    let found: [Int32?] = zip(texts.readings, texts.entries).map { reading, entry in
      if reading == .missing { return nil }
      if let code = codes[String(decoding: entry.bytes, as: UTF8.self)] { return code }
      if case .number(let number) = reading { return sizes[number.value] }
      return nil
    }
    let misfits = zip(texts.readings, found).map { $0 != .missing && $1 == nil }
    if let fault = fault(.level, misfits, texts) { return fault }
    return .column(
      Column(
        name: texts.name, type: .factor,
        storage: texts.storage(found.map { $0 ?? ColumnStorage.missingInt32 }),
        levels: levels, metadata: metadata))
  }

  private func fault(_ misfit: CSVFaults.Misfit, _ marked: [Bool], _ texts: TextColumn) -> Outcome? {
    guard marked.contains(true) else { return nil }
    var misfit = misfit
    if case .date(.yearMonthDay) = misfit {
      // Dates that are written in another way throughout are no faults of the file.
      let words = zip(texts.readings, texts.entries).filter { $0.0 != .missing }.map {
        String(decoding: $0.1.bytes, as: UTF8.self)
      }
      let formats = DateFormat.recognised(in: words)
      if !formats.isEmpty { misfit = .dateOtherwise(formats) }
    }
    return .fault(diagnostic(.error, misfit, marked, texts))
  }

  private func warning(of odd: CSVFaults.Misfit, _ texts: TextColumn) -> Diagnostic {
    let marked = texts.readings.map { reading in
      switch reading {
      case .missing: false
      case .number: odd.code != .notANumber
      case .day: odd.code != .notADate
      default: true
      }
    }
    return diagnostic(.warning, odd, marked, texts)
  }

  private func diagnostic(
    _ severity: Severity, _ misfit: CSVFaults.Misfit, _ marked: [Bool], _ texts: TextColumn
  ) -> Diagnostic {
    let bad = texts.rows(marked: marked, limit: CSVFaults.placesNamed)
    let field = header.names.firstIndex(of: texts.name) ?? 0
    let cells = bad.first.map { (row: $0, cell: rows.locator.cell(row: $0, field: field, in: reader.bytes)) }
    return CSVFaults.misfits(
      misfit, severity, column: texts.name, rows: cells, count: bad.count, path: reader.path,
      line: { rows.lines.line($0) })
  }
}
