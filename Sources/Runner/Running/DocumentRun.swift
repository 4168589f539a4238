// What a run of one document came to.

import Diagnostics

/// What a run of one document came to; nothing has been written yet.
public struct DocumentRun: Sendable {
  /// The document's path as messages print it.
  public let document: String
  /// In document order.
  public internal(set) var diagnostics: [Diagnostic] = []
  /// Figures and results first, the Markdown last: the order in which they must be written.
  public internal(set) var files: [PlannedFile] = []
  /// The folder of its figures, in which nobody but Meier writes; `nil` when there is nothing to write.
  var figureDirectory: String?
  var failedClaimCount = 0
  /// In document order.
  var results: [DocumentResult] = []
  /// Ids of the analyses that were computed and not used again, in the order in which they ran.
  public internal(set) var computed: [String] = []
  /// Of all directives, in document order.
  var ids: [String] = []
  /// The file of the results' values and records, absolute; empty when nothing could be computed.
  var resultsPath = ""
  /// What the last run recorded.
  var last = LastResults.none
  /// All files besides the document whose content the run depended on, those that are missing included; absolute.
  var inputFiles: Set<String> = []
  /// The author's files with numbers that were typed by hand replaced by results.
  var corrections: [PlannedFile] = []
  /// Files of the document's earlier runs that it does not write any more.
  var orphans: [String] = []
  /// Tables of the last run that this one does not write, as that run wrote them; absolute.
  var outdatedTables: [String] = []
  /// The document without results whose directive is gone; `nil` when there are none.
  var withoutOrphanedRegions: PlannedFile?

  init(document: String, failedClaimCount: Int = 0) {
    self.document = document
    self.failedClaimCount = failedClaimCount
  }

  /// Whether something besides a claim is wrong with the document.
  public var hasErrors: Bool { DocumentRunner.hasErrors(diagnostics) }
}
