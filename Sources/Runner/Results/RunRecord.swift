// What a run records of its results beside their values.

import Presentation

/// What each result rests on and what was written of it: `inputs` in `results.json`.
struct RunRecord: Sendable {
  /// Of the results of this run.
  let now: [String: DependencyRecord]
  /// Those, and of results that were left as they stand what an earlier run recorded.
  let records: [String: DependencyRecord]
  /// Everything that the records follow from; `nil` where that cannot be told.
  let key: ExactBytes?
  private let prepared: PreparedDocument
  private let regions: [String: RegionRenderer.Rendered]

  /// - Parameter analysis: the document's `analysisText`.
  init(
    _ recorder: DependencyRecorder, _ analysis: ExactBytes, last: LastResults,
    regions: [String: RegionRenderer.Rendered], _ memory: RunMemory
  ) {
    let key = recorder.key(analysis)
    now = memory.records.made(from: key) { recorder.records() }
    let standing = recorder.execution.standing
    records = standing.isEmpty ? now : now.merging(last.records.filter { standing.contains($0.key) }) { $1 }
    self.key = standing.isEmpty ? key : nil
    prepared = recorder.prepared
    self.regions = regions
  }

  /// `results.json`.
  func json(_ store: ResultStore, _ memory: RunMemory) -> [UInt8] {
    let written = key.map { key in
      var writer = KeyWriter("inputs")
      writer.add(key.bytes)
      for directive in prepared.directives {
        guard let region = regions[directive.id] else { continue }
        writer.add([directive.id, region.digest])
        writer.add(region.tableDigests.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
      }
      return writer.exact
    }
    return store.json(
      inputs: {
        InputRecord.json(store: store, prepared: prepared, regions: regions, records: records)
      }, from: written, memory: memory)
  }
}
