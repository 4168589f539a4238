// Claims in the output: gone, or shown where the author asks for it.

import AnalysisDocument

extension DocumentRenderer {
  /// Takes claims out of `output/`, or puts marks in their place. An in-place run leaves them as they are.
  func addClaims(_ rendered: inout Rendered) {
    guard options.mode != .inPlace else { return }
    let document = prepared.document
    let shows = prepared.settings.showsClaims
    let blocks = document.directives.filter { $0.name.string == ClaimsBlock.name }
    let ids = ClaimTrace.ids(count: blocks.count, besides: Set(prepared.allIDs))
    for (block, id) in zip(blocks, ids) {
      let list = shows ? claims.list(block, id: id) : nil
      switch (list, prepared.settings.echoesDirectives) {
      case (let list?, true): rendered.edits.append(document.edit(inserting: list, below: block))
      case (let list?, false): rendered.edits.append(document.edit(replacing: block, with: list))
      case (nil, true): continue
      case (nil, false): rendered.edits.append(document.edit(removing: block))
      }
    }
    let spans = document.spans.filter { $0.kind == .claim }
    let marks = spans.map { shows ? claims.mark(of: $0.expression) : nil }
    for (span, mark) in zip(spans, marks) {
      if let mark { rendered.edits.append(document.edit(replacing: span, with: mark)) }
    }
    rendered.edits += document.edits(removing: zip(spans, marks).filter { $0.1 == nil }.map(\.0))
  }
}
