// One result of a document's run, and what it rests on.

import Diagnostics

/// A directive's result with the record of its inputs, now and at the last run.
struct DocumentResult: Sendable {
  let id: String
  /// Where the directive stands.
  let place: DiagnosticLocation
  let record: DependencyRecord
  /// `nil` when the last run recorded none.
  let lastRecord: DependencyRecord?
  /// What stands between the markers, them included.
  let region: String
  let figures: [PlannedFile]

  init(
    _ directive: PreparedDirective, record: DependencyRecord, last: LastResults,
    region: RegionRenderer.Rendered?
  ) {
    id = directive.id
    place = DiagnosticLocation(directive.block.header)
    self.record = record
    lastRecord = last.records[directive.id]
    self.region = region?.text ?? ""
    figures = region?.files ?? []
  }

  /// What changed in its inputs since the last run.
  var changes: [DependencyRecord.Change] { lastRecord.map { record.changes(since: $0) } ?? [] }
}
