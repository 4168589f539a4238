// Which directives rest on which, and which run at the same time.

import Directives

extension DirectiveExecution {
  /// Analyses of more rows get all threads, one after the other, so that one at a time takes memory.
  private static let rowsOfOneThread = 50_000
  /// How far ahead others are looked for that can run at the same time.
  private static let batchReach = 64

  /// The first that waits, and of the next ones those analyses that rest on nothing that waits, where all are of few rows.
  func batch(of waiting: ArraySlice<String>) -> [String] {
    guard let first = waiting.first else { return [] }
    let isAlone = options.threads < 2 || options.observer.needsOrder || !isSmallAnalysis(first)
    if isAlone { return [first] }
    return waiting.prefix(Self.batchReach).filter { id in
      isSmallAnalysis(id)
        && prepared.directive(id).map { inputs(of: $0, in: prepared).isDisjoint(with: waiting) } ?? false
    }
  }

  /// The ids a directive rests on: those it names, and those that the analyses among them name.
  func inputs(of directive: PreparedDirective, in prepared: PreparedDocument) -> Set<String> {
    var ids = directive.options.use.ids
    var waiting = ids.sorted()
    while let id = waiting.popLast() {
      guard let next = prepared.directive(id), !next.isDataSet else { continue }
      for reference in next.options.use.ids.sorted() where ids.insert(reference).inserted {
        waiting.append(reference)
      }
    }
    return ids
  }

  private func isSmallAnalysis(_ id: String) -> Bool {
    guard let directive = prepared.directive(id), !directive.isDataSet else { return false }
    return inputs(of: directive, in: prepared).allSatisfy {
      (digests[$0]?.dataSet.table.rowCount ?? 0) <= Self.rowsOfOneThread
    }
  }
}
