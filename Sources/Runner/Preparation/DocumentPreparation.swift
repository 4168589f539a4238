// Checks all of a document that can be checked without its data.

import AnalysisDocument
import Diagnostics
import Directives
import Expressions
import Presentation

/// Parses a document and resolves every directive, option, claim and inline value, collecting all problems.
struct DocumentPreparation {
  private let document: ParsedDocument
  private var diagnostics: [Diagnostic]
  private var directives: [PreparedDirective] = []
  private var claims: [Claim] = []
  private var fragments: [PreparedDocument.Fragment] = []

  static func prepare(_ file: SourceFile) -> PreparedDocument {
    let (document, diagnostics) = ParsedDocument.parse(file: file, foreignLanguages: [])
    var preparation = DocumentPreparation(document: document, diagnostics: diagnostics)
    return preparation.run()
  }

  private init(document: ParsedDocument, diagnostics: [Diagnostic]) {
    self.document = document
    self.diagnostics = diagnostics
  }

  private mutating func run() -> PreparedDocument {
    let (settings, problems) = DocumentSettings.read(document.frontMatter)
    diagnostics += problems + (document.frontMatter?.claimProblems ?? [])
    for block in document.directives { prepare(block) }
    let inlineValues = prepareSpans()
    if let abstract = document.frontMatter?.options?["abstract"]?.scalar {
      addFragment(.abstract, abstract.text)
    }
    return PreparedDocument(
      document: document, settings: settings, directives: directives, claims: claims,
      inlineValues: inlineValues,
      fragments: fragments, diagnostics: diagnostics)
  }

  private mutating func prepare(_ block: DirectiveBlock) {
    if block.name.string == ClaimsBlock.name { return prepareClaims(block) }
    guard let type = DirectiveRegistry.directive(named: block.name.string) else {
      let names = DirectiveRegistry.all.map { $0.specification.name } + [ClaimsBlock.name]
      diagnostics.append(
        Diagnostic(
          .unknownDirective, "no directive '\(block.name.string)'", at: block.name.range(),
          remedy: NearMiss.remedy(for: block.name.string, among: names)
            ?? "list another tool's language under 'foreign:' in the front matter, or see 'meier explain'"))
      return
    }
    let specification = type.specification
    if block.id == nil, specification.needsID {
      diagnostics.append(
        Diagnostic(
          .missingID, "'\(specification.name)' needs an id", at: block.header,
          remedy: "write {\(specification.name) #name}: lower-case letters, digits and '_'"))
    }
    let entries: [OptionMapping.Entry]
    switch block.options {
    case .mapping(let mapping): entries = mapping.entries
    case nil:
      // Options that could not be read have been reported: what seems to be missing may stand in them.
      if block.body.bytes.contains(where: { $0 > 0x20 }) { return }
      entries = []
    case .some(let other):
      diagnostics.append(
        Diagnostic(
          .yaml, "expected options, found \(other.kindInWords)", at: other.range,
          remedy: "write one 'option: value' per line"))
      return
    }
    // An id that is missing was reported; a place-holder that no author can write keeps the rest checkable.
    let id = block.id?.string ?? "?\(directives.count)"
    let isClosed = !diagnostics.contains {
      $0.code == .unclosedDirective && $0.location?.start.line == block.lines.lowerBound
    }
    let (options, problems) = specification.resolve(entries, block: block.header)
    if isClosed { diagnostics += problems }
    if let caption = entries.first(where: { $0.key.string == "caption" })?.value.scalar {
      addFragment(.caption(id), caption.text)
    }
    directives.append(
      PreparedDirective(
        block: block, type: type, id: id, options: options, isSound: isClosed && !problems.containsError))
  }

  private mutating func prepareClaims(_ block: DirectiveBlock) {
    let (sources, problems) = ClaimsBlock.expressions(block)
    diagnostics += problems
    for source in sources { addClaim(source) }
  }

  private mutating func addClaim(_ source: SourceText) {
    do {
      claims.append(Claim(expression: try Expression.parse(source)))
    } catch {
      diagnostics += error.diagnostics
    }
  }

  private mutating func prepareSpans() -> [InlineValue] {
    var values: [InlineValue] = []
    for span in document.spans {
      if span.kind == .claim {
        addClaim(span.expression)
      } else if let inline = parseInline(span.expression) {
        values.append(InlineValue(span: span, inline: inline))
      }
    }
    return values
  }

  private mutating func addFragment(_ place: PreparedDocument.Fragment.Place, _ text: SourceText) {
    let (inline, problems) = InlineText.parse(text)
    diagnostics += problems
    var values: [InlineExpression?] = []
    for segment in inline.segments {
      switch segment {
      case .literal: continue
      case .value(let span): values.append(parseInline(span.expression))
      case .claim(let span): addClaim(span.expression)
      }
    }
    fragments.append(
      PreparedDocument.Fragment(place: place, text: inline, written: text.string, values: values))
  }

  private mutating func parseInline(_ source: SourceText) -> InlineExpression? {
    do {
      return try InlineExpression.parse(source, filters: InlineFilter.names)
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }
}
