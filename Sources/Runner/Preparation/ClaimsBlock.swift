// The `{claims}` block: a list of expressions that must hold.

import AnalysisDocument
import Diagnostics

enum ClaimsBlock {
  static let name = "claims"

  /// The expressions of the block, one per list item.
  static func expressions(_ block: DirectiveBlock) -> ([SourceText], [Diagnostic]) {
    guard let options = block.options else { return ([], []) }
    guard let items = options.sequence?.elements else {
      return (
        [],
        [
          Diagnostic(
            .yaml, "expected a list of claims, found \(options.kindInWords)", at: options.range,
            remedy: "write each claim on a line of its own that begins with '- '")
        ]
      )
    }
    var sources: [SourceText] = []
    var diagnostics: [Diagnostic] = []
    for item in items {
      if let scalar = item.scalar, !scalar.isNull {
        sources.append(scalar.text)
      } else {
        diagnostics.append(
          Diagnostic(
            .yaml, "expected a claim, found \(item.kindInWords)", at: item.range,
            remedy: "put a claim that holds ': ' or begins with a bracket in quotation marks"))
      }
    }
    return (sources, diagnostics)
  }
}
