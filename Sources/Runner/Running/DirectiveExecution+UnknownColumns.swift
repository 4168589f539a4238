// Every unknown column of a directive, whatever else is wrong with it or with the data set it names.

import Diagnostics
import Directives

extension DirectiveExecution {
  /// The unknown columns of an analysis that cannot run, or stopped at the first of them.
  ///
  /// - Parameter problems: what stopped it; `nil` when its options did, or a directive it rests on. What they tell is not told
  ///   again.
  func unknownColumns(of directive: PreparedDirective, besides problems: [Diagnostic]? = nil) -> [Diagnostic]
  {
    let use = directive.options.use
    if let problems, !problems.contains(where: { $0.code == .unknownColumn }) { return [] }
    // With several data sets, or a model's, the directive alone knows whose columns are meant.
    guard !directive.isDataSet, use.ids.count == 1, let id = use.ids.first, let known = columns(of: id)
    else { return [] }
    return known.unknown(use.names).untold(besides: problems ?? [])
  }

  /// Finds out what is known of the names of a data set that could not be made, and tells what is wrong with them.
  mutating func checkNames(of directive: PreparedDirective, besides problems: [Diagnostic] = []) {
    let check = DataDirective.checkNames(
      directive.options, directive.block.options?.mapping?.entries ?? [],
      parent: directive.options.use.ids.first.flatMap(columns),
      in: context(directive.id, outputs: outputs, among: nil, files: files, demanded: []))
    knownColumns[directive.id] = check.known
    report(check.problems.untold(besides: problems), of: directive)
  }

  /// Unknown columns in what sentences ask of data sets that could not be made.
  func unknownColumnsOfSentences() -> [Diagnostic] {
    prepared.resultUses.flatMap { use in knownColumns[use.id]?.unknown(use.columns) ?? [] }
  }

  private func columns(of id: String) -> KnownColumns? {
    outputs[id]?.dataSet?.knownColumns ?? knownColumns[id]
  }
}

extension [Diagnostic] {
  /// Without those at whose place something is told already.
  fileprivate func untold(besides told: [Diagnostic]) -> [Diagnostic] {
    let places = told.compactMap(\.location)
    return filter { problem in
      !places.contains { $0.path == problem.location?.path && $0.start == problem.location?.start }
    }
  }
}
