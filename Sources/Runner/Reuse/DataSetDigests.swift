// The digests of a data set's columns, each computed when it is first asked for.

import DataTables
import Directives
import Synchronization

/// What the columns of one data set hold: exactly, to find results again, and without regard to order, to record.
final class DataSetDigests: Sendable {
  let dataSet: DataSet
  private let threads: Int
  private let known = Mutex<[String: String]>([:])

  init(_ dataSet: DataSet, threads: Int) {
    self.dataSet = dataSet
    self.threads = threads
  }

  /// Computes, in one pass over the rows, what `content` and `rows` will be asked for.
  func prepare(_ sets: [Set<String>]) {
    var wanted: [String: Set<String>] = [:]
    for set in sets {
      wanted[Self.key(set)] = set
      for column in set where dataSet.table[column] != nil { wanted[Self.key([column])] = [column] }
    }
    let unknown = known.withLock { known in
      wanted.filter { known[$0.key] == nil }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }
    let fingerprints = Fingerprint.all(dataSet.table, columns: unknown.map(\.value), threads: threads)
    known.withLock { known in
      for (entry, fingerprint) in zip(unknown, fingerprints) { known[entry.key] = fingerprint.short }
    }
  }

  /// Of a column's values, in whatever order of rows.
  func content(_ column: String) -> String { rows([column]) }

  /// Of the rows, in whatever order, as far as the columns show them.
  func rows(_ columns: Set<String>) -> String {
    memo(Self.key(columns)) { Fingerprint(dataSet.table, columns: columns, threads: threads).short }
  }

  private static func key(_ columns: Set<String>) -> String {
    "rows " + columns.sorted().map { "\($0.utf8.count):\($0)" }.joined()
  }

  /// Of all that an analysis can see of the data set as it stands isolated for it.
  func exact(_ isolated: DataSet) -> String {
    var key = KeyWriter("data set")
    key.add(isolated.id)
    key.add(isolated.table.name)
    key.add(String(isolated.table.rowCount))
    key.add(memo("origin") { dataSet.table.origin?.exactDigest() ?? "none" })
    key.add(isolated.table.unreadColumnNames)
    key.add(isolated.derivedNames)
    key.add(isolated.repeatedPatientColumn ?? "")
    for column in isolated.table.columns {
      key.add(memo("exact \(column.name)") { column.exactDigest() })
    }
    for outcome in isolated.outcomeTexts { key.add([outcome.name, outcome.text]) }
    for step in isolated.steps {
      key.add([
        step.id, String(step.rowCount), String(step.excluded), String(step.undecided), step.condition ?? "",
        step.patientCount.map { String($0) } ?? "", step.givenPatientCount.map { String($0) } ?? "",
      ])
    }
    return key.finish().text
  }

  private func memo(_ key: String, _ compute: () -> String) -> String {
    if let text = known.withLock({ $0[key] }) { return text }
    let text = compute()
    known.withLock { $0[key] = text }
    return text
  }
}
