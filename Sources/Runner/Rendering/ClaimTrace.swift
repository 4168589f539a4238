// What `claims: show` leaves of claims in the output.

import AnalysisDocument
import Diagnostics

/// Marks that say whether claims hold: a list in the place of a block, one mark in the place of an inline claim.
struct ClaimTrace {
  static let holds = "✓"
  static let fails = "✗"

  let check: ClaimCheck

  /// The mark of a claim; `nil` when a directive it rests on failed.
  func mark(of claim: SourceText) -> String? {
    check.holds(claim).map { $0 ? Self.holds : Self.fails }
  }

  /// A block's claims, one per line, between markers of their own; `nil` when there is none to show.
  func list(_ block: DirectiveBlock, id: String) -> String? {
    let (claims, _) = ClaimsBlock.expressions(block)
    let lines = claims.compactMap { claim -> String? in
      guard let mark = mark(of: claim) else { return nil }
      let text = claim.string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let fence = text.contains("`") ? "`` " : "`"
      return "- \(mark) \(fence)\(text)\(String(fence.reversed()))"
    }
    guard !lines.isEmpty else { return nil }
    return ResultMarker.begin(id) + "\n\n" + lines.joined(separator: "\n") + "\n\n" + ResultMarker.end(id)
  }

  /// Names for the blocks of a document, which need no id of their own.
  static func ids(count: Int, besides taken: Set<String>) -> [String] {
    var ids: [String] = []
    var number = 1
    while ids.count < count {
      let id = number == 1 ? "claims" : "claims_\(number)"
      if !taken.contains(id) { ids.append(id) }
      number += 1
    }
    return ids
  }
}
