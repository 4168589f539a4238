// Results compared between two moments of a project.

import Diagnostics

/// What changed in the results of a project's documents.
public struct ResultDiff: Sendable {
  public struct Document: Sendable {
    /// The document, or its results file where it has none, from the top of the repository.
    public let name: String
    public let claims: [ClaimChange]
    public let changes: [ResultChange]
    public let unchangedCount: Int
    /// By the id of the directive.
    public let causes: [String: ChangeCauses]
    /// What is to be known about the comparison itself.
    public let remarks: [String]

    public var hasChanges: Bool { !claims.isEmpty || !changes.isEmpty }

    /// How many quantities changed, came and went, in words.
    var summary: String {
      let both = changes.filter { !$0.isOneSided }
      let more = both.filter(\.isFlagged).count
      let added = changes.filter { $0.old == nil }.count
      let removed = changes.count - both.count - added
      var words = "\(both.count) quantit\(both.count == 1 ? "y" : "ies") changed"
      if !both.isEmpty { words += ", \(more) in more than digits" }
      if added > 0 { words += "; \(added) added" }
      if removed > 0 { words += "; \(removed) removed" }
      return words + "; \(unchangedCount) did not change"
    }

    /// All causes of the document together.
    public var allCauses: ChangeCauses {
      var all = ChangeCauses()
      for change in changes { all.formUnion(causes[change.id] ?? ChangeCauses()) }
      return all
    }
  }

  public let old: String
  public let new: String
  /// Sorted by name; those without a change included.
  public let documents: [Document]

  public var changedDocuments: [Document] { documents.filter(\.hasChanges) }
}
