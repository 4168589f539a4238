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
    /// As they stand in the output, with the anchors that their printed values give them.
    var headings: [Heading] = []
    var diagnostics: [Diagnostic] = []
  }

  var document: ParsedDocument { prepared.document }
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
    rendered.headings = printedHeadings(rendered.edits)
    checkCaptions(&rendered)
    if !isInPlace { addReferences(&rendered) } else { checkReferences(&rendered) }
    rendered.edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    return rendered
  }

  // MARK: Directives

  /// What each directive writes, by id: markers included, with the figures that belong to it.
  ///
  /// - Parameter keys: of the outputs that are exactly what an earlier run may have written.
  func regions(_ keys: [String: ResultKey], _ memory: RunMemory) -> [String: RegionRenderer.Rendered] {
    let renderer = RegionRenderer(
      style: prepared.settings.style, numbering: numbering, figureLink: figureLink,
      figureDirectory: figureDirectory)
    var regions: [String: RegionRenderer.Rendered] = [:]
    for directive in prepared.directives {
      let id = directive.id
      if let output = outputs[id] {
        regions[id] = renderer.render(
          id: id, blocks: output.blocks, caption: values.caption(of: id).map(withReferences), keys[id], memory
        )
      } else if let failure = failures[id] {
        regions[id] = renderer.render(id: id, failure: failure)
      }
    }
    memory.keepRegions(of: prepared.allIDs)
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
}
