// Numbered references: their links, their faults, and those in captions.

import AnalysisDocument
import Diagnostics
import Directives
import Presentation

extension DocumentRenderer {
  struct Link {
    let words: String
    let target: String
    /// `[Table 2](#tbl-os)`
    var markdown: String { "[\(words)](#\(target))" }
  }

  func link(_ reference: CrossReference, _ rendered: inout Rendered) -> Link? {
    let target = reference.target.string
    switch reference.kind {
    case .table, .figure:
      if let link = numberedLink(reference) { return link }
      // A directive that failed has no numbers; its error was reported.
      if prepared.directive(target) != nil, outputs[target] == nil { return nil }
      report(reference, among: numbering.targets(reference.kind), &rendered)
    case .section:
      if let heading = rendered.headings.first(where: { $0.sectionID?.string == "sec-" + target }) {
        return Link(words: MarkdownText.inline(heading.text), target: heading.slug)
      }
      if let heading = rendered.headings.first(where: { $0.slug == target }) {
        return Link(words: MarkdownText.inline(heading.text), target: heading.slug)
      }
      let known = rendered.headings.map { $0.sectionID.map { String($0.string.dropFirst(4)) } ?? $0.slug }
      report(reference, among: known, &rendered)
    }
    return nil
  }

  private func report(_ reference: CrossReference, among known: [String], _ rendered: inout Rendered) {
    let target = reference.target.string
    let words = ["tbl": "table", "fig": "figure", "sec": "section"]
    let kind = words[reference.kind.rawValue] ?? "target"
    rendered.diagnostics.append(
      Diagnostic(
        .unknownReference, "there is no \(kind) '\(target)' to refer to",
        at: SourceRange(file: document.file, bytes: reference.range),
        remedy: NearMiss.best(for: target, among: known).map {
          "did you mean '@\(reference.kind.rawValue)-\($0)'?"
        }
          ?? (known.isEmpty
            ? "the document has no \(kind)"
            : "there are: \(known.map { "@\(reference.kind.rawValue)-\($0)" }.joined(separator: ", "))")
      ))
  }

  /// `Table 2`, `Figure S1`; sections have no numbers.
  private func numberedLink(_ reference: CrossReference) -> Link? {
    guard reference.kind != .section else { return nil }
    let target = reference.target.string
    let word = reference.kind == .table ? "Table" : "Figure"
    return numbering.number(reference.kind, target: target).map {
      Link(words: "\(word) \($0)", target: "\(reference.kind.rawValue)-\(target)")
    }
  }

  /// The headings of the output. A value in a heading changes its anchor, and may change those of its namesakes.
  func printedHeadings(_ edits: [Edit]) -> [Heading] {
    let headings = prepared.document.headings
    let refersToSections =
      prepared.document.references.contains { $0.kind == .section }
      || prepared.fragments.contains { $0.written.contains("@sec-") }
    let haveValues = headings.contains { heading in
      prepared.document.spans.contains { heading.range.overlaps($0.range) }
    }
    guard refersToSections, haveValues, let bytes = try? Splice.apply(edits, to: prepared.file.bytes) else {
      return headings
    }
    let printed = ParsedDocument.parse(file: SourceFile(path: prepared.file.path, bytes: bytes)).0.headings
    return printed.count == headings.count ? printed : headings
  }

  /// A caption with its references printed: links in Markdown, words alone in a figure's title.
  func withReferences(_ caption: InlineEvaluation.Caption) -> InlineEvaluation.Caption {
    InlineEvaluation.Caption(
      written: caption.written,
      markdown: CrossReference.replacing(in: caption.markdown) { numberedLink($0)?.markdown },
      plain: CrossReference.replacing(in: caption.plain) { numberedLink($0)?.words })
  }

  /// Reports references of captions and of the abstract to what is not there.
  func checkCaptions(_ rendered: inout Rendered) {
    for fragment in prepared.fragments {
      for case .literal(let text) in fragment.text.segments {
        for (reference, range) in CrossReference.find(in: text) {
          let link = link(reference, &rendered)
          guard fragment.place == .abstract, options.mode != .inPlace, let link else { continue }
          rendered.edits.append(
            Edit(range: text.range(range).bytes, replacement: Array(link.words.utf8)))
        }
      }
    }
  }
}
