// One result of a document's run, and what it rests on.

import Diagnostics

/// A directive's result with the record of its inputs, now and at the last run.
public struct DocumentResult: Sendable {
  public let id: String
  /// Where the directive stands.
  public let place: DiagnosticLocation
  public let record: DependencyRecord
  /// `nil` when the last run recorded none.
  public let lastRecord: DependencyRecord?
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
  public var changes: [DependencyRecord.Change] { lastRecord.map { record.changes(since: $0) } ?? [] }
}
