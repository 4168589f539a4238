// A document after everything that can be checked without its data was checked.

import AnalysisDocument
import Diagnostics
import Directives
import Expressions

/// A directive whose name, id and options are in order.
struct PreparedDirective: Sendable {
  let block: DirectiveBlock
  let type: any Directive.Type
  let id: String
  let options: ResolvedOptions
  /// Whether nothing was found wrong with it: others are reported and not run.
  let isSound: Bool
  /// Names of the parameters in its options, sorted.
  let parameters: [String]

  var specification: DirectiveSpecification { type.specification }
}

/// A sentence of the document that the results must bear out.
struct Claim: Sendable {
  let expression: Expression
}

/// A place in the document where a result is printed.
struct InlineValue: Sendable {
  let span: InlineSpan
  let inline: InlineExpression
}

/// What can be run of a document, and all that is wrong with the rest.
struct PreparedDocument: Sendable {
  let document: ParsedDocument
  let settings: DocumentSettings
  /// In document order.
  let directives: [PreparedDirective]
  let claims: [Claim]
  let inlineValues: [InlineValue]
  /// The front matter's abstract and each directive's caption may hold inline values.
  let fragments: [Fragment]
  let diagnostics: [Diagnostic]

  /// A Markdown fragment outside the document's text, such as a caption.
  struct Fragment: Sendable {
    enum Place: Sendable, Equatable {
      case abstract
      /// The caption of the directive with this id.
      case caption(String)
    }
    let place: Place
    let text: InlineText
    /// The same as the author wrote it.
    let written: String
    /// One per value segment, in order; `nil` where it could not be read.
    let values: [InlineExpression?]
  }

  var file: SourceFile { document.file }

  /// The ids of all directives, those that cannot be run included, in document order.
  var allIDs: [String] { document.directives.compactMap { $0.id?.string } }

  /// What sentences and claims ask of results.
  var resultExpressions: [Expression] {
    inlineValues.map(\.inline.expression) + claims.map(\.expression)
      + fragments.flatMap { $0.values.compactMap { $0?.expression } }
  }

  func directive(_ id: String) -> PreparedDirective? { directives.first { $0.id == id } }
}
