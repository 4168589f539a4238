// The document with its results in it: one set of edits for `output/` and for in-place runs.

import AnalysisDocument
import Diagnostics
import Directives
import Expressions
import Presentation

/// Writes results into a document by replacing byte ranges and nothing else.
struct DocumentRenderer {
  let prepared: PreparedDocument
  let outputs: [String: DirectiveOutput]
  /// Messages that stand in place of the result of a directive that failed.
  let failures: [String: String]
  let values: InlineEvaluation
  let claims: ClaimTrace
  let numbering: Numbering
  let options: RunOptions
  let figureLink: String
  let figureDirectory: String

  struct Rendered {
    var edits: [Edit] = []
    var diagnostics: [Diagnostic] = []
  }

  private var document: ParsedDocument { prepared.document }
  private var isInPlace: Bool { options.mode == .inPlace }

  /// All edits that turn the document into its output.
  ///
  /// - Parameter regions: what stands below or instead of each directive.
  func render(_ regions: [String: RegionRenderer.Rendered]) -> Rendered {
    var rendered = Rendered()
    addFrontMatter(&rendered)
    for directive in prepared.directives { rendered.edits += add(directive, regions) }
    addClaims(&rendered)
    addSpans(&rendered)
    if !isInPlace { addReferences(&rendered) } else { checkReferences(&rendered) }
    rendered.edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    return rendered
  }

  // MARK: Directives

  /// What each directive writes, by id: markers included, with the figures that belong to it.
  func regions() -> [String: RegionRenderer.Rendered] {
    let renderer = RegionRenderer(
      style: prepared.settings.style, numbering: numbering, figureLink: figureLink,
      figureDirectory: figureDirectory)
    var regions: [String: RegionRenderer.Rendered] = [:]
    for directive in prepared.directives {
      let id = directive.id
      if let output = outputs[id] {
        regions[id] = renderer.render(id: id, blocks: output.blocks, caption: values.caption(of: id))
      } else if let failure = failures[id] {
        regions[id] = renderer.render(id: id, failure: failure)
      }
    }
    return regions
  }

  private func add(_ directive: PreparedDirective, _ regions: [String: RegionRenderer.Rendered])
    -> [Edit]
  {
    guard let result = regions[directive.id] else { return [] }
    let showsDirective = isInPlace || prepared.settings.echoesDirectives
    switch (document.region(id: directive.id), showsDirective) {
    case (let region?, true): return [document.edit(replacing: region, with: result.text)]
    case (let region?, false):
      return [
        document.edit(replacing: region, with: result.text), document.edit(removing: directive.block),
      ]
    case (nil, true): return [document.edit(inserting: result.text, below: directive.block)]
    case (nil, false): return [document.edit(replacing: directive.block, with: result.text)]
    }
  }

  // MARK: Prose

  private func addSpans(_ rendered: inout Rendered) {
    for value in prepared.inlineValues {
      guard let text = values.text(of: value) else { continue }
      let span = value.span
      // Reported; with `--keep-going` the author's words stay.
      if span.isEdited, isInPlace, !options.forces { continue }
      let escaped = span.isInTableCell ? MarkdownText.cell(text) : MarkdownText.inline(text)
      if isInPlace || options.annotates {
        rendered.edits.append(document.edit(recording: escaped, at: span))
      } else {
        rendered.edits.append(document.edit(replacing: span, with: escaped))
      }
    }
  }

  private func addReferences(_ rendered: inout Rendered) {
    for reference in document.references {
      guard let link = link(reference, &rendered) else { continue }
      rendered.edits.append(document.edit(linking: reference, words: link.words, anchor: link.target))
    }
  }

  private func checkReferences(_ rendered: inout Rendered) {
    for reference in document.references { _ = link(reference, &rendered) }
  }

  private struct Link {
    let words: String
    let target: String
  }

  private func link(_ reference: CrossReference, _ rendered: inout Rendered) -> Link? {
    let target = reference.target.string
    switch reference.kind {
    case .table, .figure:
      let word = reference.kind == .table ? "Table" : "Figure"
      if let number = numbering.number(reference.kind, target: target) {
        return Link(words: "\(word) \(number)", target: "\(reference.kind.rawValue)-\(target)")
      }
      // A directive that failed has no numbers; its error was reported.
      if prepared.directive(target) != nil, outputs[target] == nil { return nil }
      report(reference, among: numbering.targets(reference.kind), &rendered)
    case .section:
      if let heading = document.headings.first(where: { $0.sectionID?.string == "sec-" + target }) {
        return Link(words: MarkdownText.inline(heading.text), target: heading.slug)
      }
      if let heading = document.headings.first(where: { $0.slug == target }) {
        return Link(words: MarkdownText.inline(heading.text), target: heading.slug)
      }
      let known = document.headings.map { $0.sectionID.map { String($0.string.dropFirst(4)) } ?? $0.slug }
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
}
