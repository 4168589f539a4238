// What the sentences of a document come to.

import Diagnostics
import Directives

/// Inline values, claims and numbers typed by hand, held against the results.
struct SentenceEvaluation: Sendable {
  /// All results, those included that sentences ask for besides.
  let store: ResultStore
  let inline: InlineEvaluation
  let claims: ClaimCheck
  let typed: HandTypedNumbers
  private let units: [Diagnostic]

  var diagnostics: [Diagnostic] {
    units + inline.diagnostics + claims.diagnostics + typed.diagnostics
  }

  init(
    _ prepared: PreparedDocument, _ plan: RunPlan, _ execution: DirectiveExecution, last: LastResults,
    _ memory: RunMemory
  ) {
    var store = ResultStore(
      ids: prepared.allIDs, failed: execution.failed,
      outputs: plan.order.compactMap { id in execution.outputs[id].map { (id, $0) } },
      keys: execution.exactKeys, memory: memory)
    let change = UnitsOfChange(store)
    units = prepared.resultExpressions.flatMap(change.diagnostics)
    inline = InlineEvaluation(prepared, store: store, memory: memory)
    claims = ClaimCheck(prepared.claims, store: store, last: last.values, memory: memory.sentences)
    for (path, value) in inline.recorded.merging(claims.recorded, uniquingKeysWith: { first, _ in first }) {
      store.record(path, value)
    }
    typed = HandTypedNumbers(prepared, store: store, last: last.values, memory: memory.sentences)
    self.store = store
  }
}
