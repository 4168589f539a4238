// Runs the directives of a plan, each after what it needs.

import Diagnostics
import Directives

/// The outputs of a document's directives, and why some have none.
struct DirectiveExecution: Sendable {
  private(set) var outputs: [String: DirectiveOutput] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// Directives that failed, or rest on one that did.
  private(set) var failed: Set<String> = []
  private var messages: [String: String] = [:]

  static func run(
    _ prepared: PreparedDocument, plan: RunPlan, files: any DataFileOpening, options: RunOptions
  ) -> DirectiveExecution {
    var execution = DirectiveExecution()
    // Blocks that could not even be prepared have failed as well.
    execution.failed = Set(prepared.document.directives.compactMap { $0.id?.string })
      .subtracting(prepared.directives.map(\.id))
    let requests = Dictionary(
      prepared.directives.map { ($0.id, DirectiveRequest(type: $0.type, options: $0.options)) },
      uniquingKeysWith: { first, _ in first })
    for (index, id) in plan.order.enumerated() {
      guard let directive = prepared.directive(id) else { continue }
      let isSound = directive.isSound && !plan.unsound.contains(id)
      if !isSound || !directive.options.use.ids.isDisjoint(with: execution.failed) {
        // What it rests on has been reported already.
        execution.failed.insert(id)
        continue
      }
      let context = DirectiveContext(
        id: id, style: prepared.settings.style, compatibility: prepared.settings.compatibility,
        threads: options.threads,
        outputs: execution.outputs, files: files, demandedColumns: plan.demandedColumns[id] ?? [],
        observer: options.observer, requests: requests)
      let stage = RunStage(
        directive.specification.name, of: id, position: index + 1, count: plan.order.count)
      options.observer.during(stage) { execution.run(directive, in: context) }
    }
    return execution
  }

  private mutating func run(_ directive: PreparedDirective, in context: DirectiveContext) {
    do {
      let output = try directive.type.run(directive.options, in: context)
      diagnostics += output.warnings
      if output.warnings.containsError {
        failed.insert(directive.id)
      } else {
        outputs[directive.id] = directive.options.hidesTables ? output.hidingTables : output
      }
    } catch let diagnostic as Diagnostic {
      fail(directive, [diagnostic])
    } catch let list as DiagnosticList {
      fail(directive, list.diagnostics)
    } catch {
      fail(
        directive,
        [
          Diagnostic(
            .internalFault, "'\(directive.specification.name)': \(error)", at: directive.block.header)
        ])
    }
  }

  /// What to say in the place of a failed directive's result.
  func message(of id: String) -> String {
    messages[id] ?? "not computed, because a directive it rests on failed"
  }

  private mutating func fail(_ directive: PreparedDirective, _ problems: [Diagnostic]) {
    failed.insert(directive.id)
    messages[directive.id] = problems.first { $0.severity == .error }.map {
      "\($0.message) [\($0.code.rawValue)]"
    }
    for problem in problems { report(problem, of: directive) }
  }

  /// A fault of the data's declaration that several analyses meet is one fault, with a note for each of them.
  private mutating func report(_ problem: Diagnostic, of directive: PreparedDirective) {
    let block = DiagnosticLocation(
      SourceRange(file: directive.block.header.file, bytes: directive.block.range))
    guard let place = problem.location, place.path == block.path,
      !(block.start.line...block.end.line).contains(place.start.line)
    else {
      diagnostics.append(problem)
      return
    }
    let user = Diagnostic.Note("'\(directive.id)' uses it", at: DiagnosticLocation(directive.block.header))
    let known = diagnostics.firstIndex { other in
      other.code == problem.code && other.message == problem.message && other.location == problem.location
    }
    if let known {
      diagnostics[known] = diagnostics[known].adding(user)
    } else {
      diagnostics.append(problem.adding(user))
    }
  }
}

extension Diagnostic {
  fileprivate func adding(_ note: Note) -> Diagnostic {
    Diagnostic(
      severity, code, message, at: location, remedy: remedy, notes: notes + [note], values: values)
  }
}
