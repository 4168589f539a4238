// Faults that several directives meet.

import AnalysisDocument
import Diagnostics

extension [Diagnostic] {
  /// A fault of the data's declaration that several analyses meet is one fault, with a note for each of them.
  mutating func report(_ problem: Diagnostic, of id: String, _ block: DirectiveBlock) {
    let own = DiagnosticLocation(SourceRange(file: block.header.file, bytes: block.range))
    guard let place = problem.location, place.path == own.path,
      !(own.start.line...own.end.line).contains(place.start.line)
    else {
      append(problem)
      return
    }
    let user = Diagnostic.Note("'\(id)' uses it", at: DiagnosticLocation(block.header))
    let known = firstIndex { other in
      other.code == problem.code && other.message == problem.message && other.location == problem.location
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
