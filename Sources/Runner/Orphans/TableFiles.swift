// The CSV files of tables: which of them are Meier's.

import DataTables

/// A table's CSV file has no place for a mark, so `results.json` records what was written: a file is Meier's while it
/// holds that still.
enum TableFiles {
  /// By name, of the tables among a result's files.
  static func digests(_ files: [PlannedFile]) -> [String: String] {
    let tables = files.filter { $0.path.hasSuffix(".csv") }.map { (FilePath.name($0.path), digest($0.bytes)) }
    return Dictionary(tables) { first, _ in first }
  }

  private static func digest(_ bytes: [UInt8]) -> String { String(FileDigest.sha256(bytes).prefix(16)) }

  /// Files of the last run that are still as it wrote them and are written no more; absolute.
  ///
  /// - Parameter failed: ids of directives that would have written theirs, had they not failed.
  static func outdated(
    _ last: LastResults, in folder: String, written: Set<String>, failed: Set<String> = []
  ) -> [String] {
    last.tables.keys.sorted().compactMap { name in
      let path = FilePath.join(folder, name)
      let id = String(FilePath.stem(name).prefix { $0 != "-" })
      // The record is a file that anybody may have written: it must not lead anywhere else.
      guard !name.contains("/"), name.hasSuffix(".csv"), !written.contains(path), !failed.contains(id),
        !FileSystem.isLink(path), let bytes = try? FileSystem.read(path), digest(bytes) == last.tables[name]
      else { return nil }
      return path
    }
  }
}
