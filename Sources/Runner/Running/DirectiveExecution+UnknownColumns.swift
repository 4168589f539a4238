// Every unknown column of a directive, whatever else is wrong with it.

import Diagnostics
import Directives

extension DirectiveExecution {
  /// The unknown columns of a directive that cannot run, or stopped at the first of them.
  ///
  /// - Parameter problems: what stopped it; `nil` when its options did. What they tell is not told again.
  func unknownColumns(of directive: PreparedDirective, besides problems: [Diagnostic]? = nil) -> [Diagnostic]
  {
    let use = directive.options.use
    if let problems, !problems.contains(where: { $0.code == .unknownColumn }) { return [] }
    // With several data sets, or a model's, the directive alone knows whose columns are meant.
    guard use.ids.count == 1, let dataSet = use.ids.first.flatMap({ outputs[$0]?.dataSet }) else { return [] }
    let told = (problems ?? []).compactMap(\.location)
    return dataSet.unknownColumns(use.names).filter { problem in
      !told.contains { $0.path == problem.location?.path && $0.start == problem.location?.start }
    }
  }
}
