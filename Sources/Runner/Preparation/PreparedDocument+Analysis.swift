// What a document asks to be computed, apart from where it says so.

import Directives
import Expressions

extension PreparedDocument {
  /// Every directive with its options and everything that sentences ask for, as one text. Two documents with the same
  /// text have the same plan, whatever their prose is and wherever in it the directives stand.
  var analysisText: ExactBytes {
    var writer = KeyWriter("analysis")
    writer.add(allIDs)
    for directive in directives {
      writer.add([directive.specification.name, directive.id, directive.isSound ? "sound" : "unsound"])
      writer.add(directive.options.texts.flatMap { [$0.name, $0.exact] })
    }
    let expressions =
      claims.map(\.expression) + inlineValues.map(\.inline.expression)
      + fragments.flatMap { $0.values.compactMap { $0?.expression } }
    writer.add(String(expressions.count))
    for expression in expressions { writer.add(expression.source.bytes) }
    return writer.exact
  }
}
