// What several directives have to say alike.

import AnalysisDocument
import Diagnostics

extension [Diagnostic] {
  /// What an analysis says of another place than its own lines (the data's declaration, a cell of the file) names the
  /// analysis; where several say the same, it is said once, with a note for each of them.
  mutating func report(_ problem: Diagnostic, of directive: PreparedDirective) {
    let block = directive.block
    let own = DiagnosticLocation(SourceRange(file: block.header.file, bytes: block.range))
    guard let place = problem.location,
      place.path == own.path
        ? !(own.start.line...own.end.line).contains(place.start.line) : !directive.isDataSet
    else {
      append(problem)
      return
    }
    let user = Diagnostic.Note("'\(directive.id)' uses it", at: DiagnosticLocation(block.header))
    let known = firstIndex { other in
      other.code == problem.code && other.severity == problem.severity && other.message == problem.message
        && other.location == problem.location
    }
    if let known {
      self[known] = self[known].adding(user)
    } else {
      append(problem.adding(user))
    }
  }
}

extension Diagnostic {
  fileprivate func adding(_ note: Note) -> Diagnostic {
    Diagnostic(
      severity, code, message, at: location, remedy: remedy, notes: notes + [note], values: values)
  }
}
