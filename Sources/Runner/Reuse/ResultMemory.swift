// Results, models and parsed data in memory from one run to the next, for a process that stays.

import Directives
import Synchronization

/// What `meier watch` remembers: for each document the outputs of its last run, artifacts included.
final class ResultMemory: Sendable {
  struct Entry: Sendable {
    let kept: KeptOutput
    let artifact: (any Sendable)?
    /// Of a data set.
    let digests: DataSetDigests?
  }

  let contents = FileContents()
  private let entries = Mutex<[String: [ResultKey: Entry]]>([:])
  private let runs = Mutex<[String: RunMemory]>([:])

  /// What is remembered of the document's last run besides its results.
  func run(of document: String) -> RunMemory {
    runs.withLock { runs in
      let run = runs[document] ?? RunMemory()
      runs[document] = run
      return run
    }
  }

  func entry(_ key: ResultKey, of document: String) -> Entry? {
    entries.withLock { $0[document]?[key] }
  }

  /// Replaces all that is remembered of a document: what its last run did not use is forgotten.
  func remember(_ used: [ResultKey: Entry], of document: String) {
    entries.withLock { $0[document] = used }
  }
}
