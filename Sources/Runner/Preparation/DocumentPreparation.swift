// Checks all of a document that can be checked without its data.

import AnalysisDocument
import Diagnostics
import Directives
import Expressions
import Presentation

/// Parses a document and resolves every directive, option, claim and inline value, collecting all problems.
struct DocumentPreparation {
  private let document: ParsedDocument
  private let settings: DocumentSettings
  private var parameters: ParameterReader
  private var diagnostics: [Diagnostic]
  private var directives: [PreparedDirective] = []
  private var claims: [Claim] = []
  private var fragments: [PreparedDocument.Fragment] = []

  /// - Parameter diagnostics: what was found wrong with the document and its settings before.
  static func prepare(
    _ document: ParsedDocument, settings: DocumentSettings, diagnostics: [Diagnostic]
  ) -> PreparedDocument {
    var preparation = DocumentPreparation(
      document: document, settings: settings, parameters: ParameterReader(settings.parameters),
      diagnostics: diagnostics)
    return preparation.run()
  }

  /// A document by itself, without project and included files.
  static func prepare(_ file: SourceFile) -> PreparedDocument {
    let (document, diagnostics) = ParsedDocument.parse(file: file)
    let (settings, problems) = DocumentSettings.read([document.frontMatter?.options].compactMap(\.self))
    return prepare(document, settings: settings, diagnostics: diagnostics + problems)
  }

  private mutating func run() -> PreparedDocument {
    for block in document.directives { prepare(block) }
    let inlineValues = prepareSpans()
    if let abstract = document.frontMatter?.options?["abstract"]?.scalar {
      addFragment(.abstract, abstract.text)
    }
    return PreparedDocument(
      document: document, settings: settings, directives: directives, claims: claims,
      inlineValues: inlineValues,
      fragments: fragments, diagnostics: diagnostics + parameters.diagnostics)
  }

  private mutating func prepare(_ block: DirectiveBlock) {
    if block.name.string == ClaimsBlock.name { return prepareClaims(block) }
    // One that is still there could not be put in place, and has been reported.
    if block.name.string == DocumentAssembly.directiveName { return }
    guard let type = DirectiveRegistry.directive(named: block.name.string) else {
      let names =
        DirectiveRegistry.all.map { $0.specification.name } + [
          ClaimsBlock.name, DocumentAssembly.directiveName,
        ]
      diagnostics.append(
        Diagnostic(
          .unknownDirective, "no directive '\(block.name.string)'", at: block.name.range(),
          remedy: ForeignNames.directive(for: block.name.string).map { "did you mean '\($0)'?" }
            ?? NearMiss.remedy(for: block.name.string, among: names)
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
    var own = ParameterReader(settings.parameters)
    let options = block.options.map { own.options($0) }
    switch options {
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
    let place = DiagnosticLocation(block.header)
    let isClosed = !diagnostics.contains {
      $0.code == .unclosedDirective && $0.location?.start.line == place.start.line
        && $0.location?.path == place.path
    }
    let (resolved, faults) = specification.resolve(entries, block: block.header)
    // What stands in the place of an unknown parameter was not judged.
    let problems =
      own.diagnostics
      + faults.filter { fault in !own.diagnostics.contains { $0.location?.start == fault.location?.start } }
    if isClosed { diagnostics += problems }
    if let caption = entries.first(where: { $0.key.string == "caption" })?.value.scalar {
      addFragment(.caption(id), caption.text)
    }
    directives.append(
      PreparedDirective(
        block: block, type: type, id: id, options: resolved, isSound: isClosed && !problems.containsError,
        parameters: own.used.sorted()))
  }

  private mutating func prepareClaims(_ block: DirectiveBlock) {
    let (sources, problems) = ClaimsBlock.expressions(block)
    diagnostics += problems
    for source in sources { addClaim(source) }
  }

  private mutating func addClaim(_ source: SourceText) {
    do {
      if let source = parameterized(source) { claims.append(Claim(expression: try Expression.parse(source))) }
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
      return try parameterized(source).map { source throws(DiagnosticList) in
        try InlineExpression.parse(source, filters: InlineFilter.names)
      }
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }

  /// The expression with its parameters; `nil` after an unknown one was reported.
  private mutating func parameterized(_ source: SourceText) -> SourceText? {
    let before = parameters.diagnostics.count
    let text = parameters.expression(source)
    return parameters.diagnostics.count == before ? text : nil
  }
}
