// What a run on many rows keeps between directives.

import Directives
import NumericalMethods

extension DirectiveExecution {
  /// Rows from which on what is kept between directives counts.
  private static let manyRows = 2_000_000

  /// On many rows, lets go of the rows of models that the next directives do not ask for (they are made again when
  /// somebody does), and gives back what was freed: blocks of the next directive have other sizes.
  func makeRoom(for later: ArraySlice<String>) {
    let isLarge = outputs.values.contains { output in
      (output.artifact as? DataSet).map { $0.table.rowCount >= Self.manyRows } ?? false
    }
    guard isLarge else { return }
    let next = batch(of: later)
    let used = next.reduce(into: Set<String>()) { used, id in
      if let directive = prepared.directive(id) { used.formUnion(inputs(of: directive, in: prepared)) }
    }
    for (id, output) in outputs where !used.contains(id) {
      (output.artifact as? any KeepsRows)?.letGoOfRows()
    }
    FreedMemory.giveBack()
  }
}
