// A document written in both ways.

import AnalysisDocument

extension HostileTally {
  /// `output/`: values in the place of spans, results in the place of directives or below what shows them, claims gone.
  /// - Returns: why it may not be written.
  mutating func checkManuscript(_ document: ParsedDocument, _ bytes: [UInt8], _ parts: KeptBytes?) -> String?
  {
    var edits = document.edits(removing: document.spans.filter { $0.kind == .claim })
    edits += document.spans.filter { $0.kind != .claim }.map { document.edit(replacing: $0, with: "12.5") }
    for (number, directive) in document.directives.enumerated() {
      let result = Self.result("d\(number)", "| a | b |\n|:--|--:|\n| 1 | 2 |")
      edits.append(
        documents.isMultiple(of: 3) || (number + documents).isMultiple(of: 2)
          ? document.edit(replacing: directive, with: result) : document.edit(removing: directive))
    }
    edits += document.references.map { document.edit(linking: $0, words: "Table 1", anchor: "tbl-1") }
    let (result, refusal) = settle(document, edits, bytes)
    guard let written = result else { return refusal }
    let (after, _) = Self.parse(written)
    if !after.spans.isEmpty { fail("a span is left in the manuscript: \(Self.sample(written))", bytes) }
    if !after.directives.isEmpty {
      fail("a directive is left in the manuscript: \(Self.sample(written))", bytes)
    }
    if let parts, document.regions.isEmpty,
      !parts.areIn(
        manuscript: written, values: ["12.5", "&#49;2.&#53;"],
        words: ["[Table 1](#tbl-1)", "Table 1", "&#84;able &#49;"])
    {
      fail("the author's bytes changed: \(Self.sample(written))", bytes)
    }
    return nil
  }

  /// In place: values with their comments, results below their directives; a second run changes nothing.
  /// - Returns: why it may not be written.
  mutating func checkInPlace(_ document: ParsedDocument, _ bytes: [UInt8], _ parts: KeptBytes?) -> String? {
    let (result, refusal) = settle(document, Self.inPlaceEdits(document), bytes)
    guard let once = result else { return refusal }
    if let parts, !parts.areIn(place: once) {
      fail("the author's bytes changed: \(Self.sample(once))", bytes)
    }
    let (again, diagnostics) = Self.parse(once)
    if diagnostics.containsError {
      fail("the written document has errors: \(diagnostics[0].message): \(Self.sample(once))", bytes)
      return nil
    }
    let expressions = again.spans.map(\.expression.string)
    if expressions != document.spans.map(\.expression.string) {
      fail("expressions changed: \(expressions) in \(Self.sample(once))", bytes)
      return nil
    }
    if let twice = settle(again, Self.inPlaceEdits(again), once).result, twice != once {
      fail("the second run changes bytes: \(Self.sample(once)) → \(Self.sample(twice))", bytes)
    }
    return nil
  }

  private static func inPlaceEdits(_ document: ParsedDocument) -> [Edit] {
    var edits = document.spans.filter { $0.kind != .claim }.map {
      document.edit(recording: "\\>0.99", at: $0)
    }
    for directive in document.directives {
      guard let id = directive.id?.string else { continue }
      let text = result(id, "**Table 1.** `{= x}`\n\n- a")
      if let region = document.region(id: id) {
        edits.append(document.edit(replacing: region, with: text))
      } else {
        edits.append(document.edit(inserting: text, below: directive))
      }
    }
    return edits
  }

  private static func result(_ id: String, _ content: String) -> String {
    ResultMarker.begin(id) + "\n\n" + content + "\n\n" + ResultMarker.end(id)
  }

  /// The document with its edits, or where they would change the text around them.
  private mutating func settle(_ document: ParsedDocument, _ edits: [Edit], _ bytes: [UInt8]) -> (
    result: [UInt8]?, refusal: String?
  ) {
    do {
      let settlement = try StructureGuard.settle(document, edits: edits)
      guard let complaint = settlement.complaints.first else { return (settlement.result, nil) }
      let start = complaint.location?.start
      return (nil, "\(start?.line ?? 0):\(start?.column ?? 0)")
    } catch {
      fail("the edits overlap: \(error)", bytes)
      return (nil, nil)
    }
  }
}
