// One reading of a file for all who want its columns.

import Diagnostics
import Synchronization

/// Keeps what was read of data files, so that several documents read a file once. Everything a reading depends on is part
/// of its key: the path, the options, and the file's size and time of change.
public final class SharedReadings: Sendable {
  private struct Key: Hashable {
    let path: String
    let options: CSVOptions
  }

  /// Readings of one file; whoever comes second waits for the first.
  private final class Entry: Sendable {
    let kept = Mutex<Kept?>(nil)
  }

  private struct Kept: Sendable {
    let identity: FileBytes.Identity
    /// `nil` for all.
    let columns: Set<String>?
    let allNames: [String]
    let reading: DataReading
  }

  private let entries = Mutex<[Key: Entry]>([:])
  /// Columns that somebody will ask for, by path; `nil` for all.
  private let expected: [String: Set<String>?]

  /// - Parameter expected: by absolute path the columns that will be asked for, all together; `nil` for all.
  public init(expected: [String: Set<String>?] = [:]) { self.expected = expected }

  /// The source itself, reading through what is kept.
  public func sharing(_ source: CSVSource) -> any DataSource { SharedSource(source: source, readings: self) }

  fileprivate func read(
    _ source: CSVSource, columns: Set<String>?, threads: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(DiagnosticList) -> DataReading {
    guard let path = source.filePath, let identity = FileBytes.identity(of: path) else {
      return try source.read(columns: columns, threads: threads, progress: progress)
    }
    let entry = entries.withLock { entries in
      let key = Key(path: path, options: source.options)
      let entry = entries[key] ?? Entry()
      entries[key] = entry
      return entry
    }
    let outcome: Result<DataReading, DiagnosticList> = entry.kept.withLock { kept in
      if let known = kept, known.identity == identity, let part = Self.part(known, columns, source.name) {
        return .success(part)
      }
      // All that is expected at once; where that meets a fault, a document must hear of its own columns alone.
      let wanted =
        expected.keys.contains(path) ? Self.union(columns, expected[path].flatMap(\.self)) : columns
      if wanted != columns {
        _ = Self.keep(source, wanted, identity, threads, progress, &kept)
        if let known = kept, known.identity == identity, let part = Self.part(known, columns, source.name) {
          return .success(part)
        }
      }
      return Self.keep(source, columns, identity, threads, progress, &kept)
    }
    return try outcome.get()
  }

  private static func union(_ first: Set<String>?, _ second: Set<String>?) -> Set<String>? {
    guard let first, let second else { return nil }
    return first.union(second)
  }

  /// Reads, and keeps what could have come out no other way for fewer columns.
  private static func keep(
    _ source: CSVSource, _ columns: Set<String>?, _ identity: FileBytes.Identity, _ threads: Int,
    _ progress: @escaping @Sendable (Double) -> Void, _ kept: inout Kept?
  ) -> Result<DataReading, DiagnosticList> {
    do {
      let reading = try source.read(columns: columns, threads: threads, progress: progress)
      if reading.diagnostics.isEmpty, !reading.dependsOnColumns, let names = try? source.columnNames() {
        kept = Kept(identity: identity, columns: columns, allNames: names, reading: reading)
      }
      return .success(reading)
    } catch {
      return .failure(error)
    }
  }

  /// The table as reading these columns alone would give it; `nil` when some of them were not read.
  private static func part(_ kept: Kept, _ columns: Set<String>?, _ name: String) -> DataReading? {
    guard let columns else { return kept.columns == nil ? kept.reading.named(name) : nil }
    if let known = kept.columns, !columns.isSubset(of: known) { return nil }
    let table = kept.reading.table
    let selected = table.columns.filter { columns.contains($0.name) }
    let unread = kept.allNames.filter { !columns.contains($0) }
    let part = try? DataTable(
      name: name, columns: selected, rowCount: table.rowCount, origin: table.origin, unreadColumnNames: unread
    )
    return part.map { DataReading(table: $0) }
  }
}

extension DataReading {
  fileprivate func named(_ name: String) -> DataReading { DataReading(table: table.named(name)) }
}

/// A file whose readings are shared.
private struct SharedSource: DataSource {
  let source: CSVSource
  let readings: SharedReadings

  func columnNames() throws(DiagnosticList) -> [String] { try source.columnNames() }

  func read(columns: Set<String>?, threads: Int) throws(DiagnosticList) -> DataReading {
    try readings.read(source, columns: columns, threads: threads, progress: { _ in })
  }

  func read(
    columns: Set<String>?, threads: Int, progress: @escaping @Sendable (Double) -> Void
  ) throws(DiagnosticList) -> DataReading {
    try readings.read(source, columns: columns, threads: threads, progress: progress)
  }
}
