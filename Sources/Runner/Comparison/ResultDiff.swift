// Results compared between two moments of a project.

import Diagnostics

/// What changed in the results of a project's documents.
public struct ResultDiff: Sendable {
  struct Document: Sendable {
    /// The document, or its results file where it has none, from the top of the repository.
    let name: String
    let claims: [ClaimChange]
    let changes: [ResultChange]
    let unchangedCount: Int
    /// By the id of the directive.
    let causes: [String: ChangeCauses]
    /// What is to be known about the comparison itself.
    let remarks: [String]

    var hasChanges: Bool { !claims.isEmpty || !changes.isEmpty }

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
    var allCauses: ChangeCauses {
      var all = ChangeCauses()
      for change in changes { all.formUnion(causes[change.id] ?? ChangeCauses()) }
      return all
    }
  }

  let old: String
  let new: String
  /// Sorted by name; those without a change included.
  let documents: [Document]

  var changedDocuments: [Document] { documents.filter(\.hasChanges) }
}
