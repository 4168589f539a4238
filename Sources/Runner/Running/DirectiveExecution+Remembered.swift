// The execution of the last run again, for a document that asks for the same of the same data.

import Directives

extension DirectiveExecution {
  /// Everything that a document's outputs follow from; `nil` where that cannot be told, and where nothing is remembered.
  ///
  /// - Parameter analysis: the document's `analysisText`.
  static func key(
    _ analysis: ExactBytes, _ prepared: PreparedDocument, _ files: ProjectFiles, _ memory: RunMemory
  ) -> ExactBytes? {
    guard files.contents != nil, let settings = AnalysisInputs.settings(prepared, memory) else { return nil }
    var writer = KeyWriter("execution")
    writer.add([settings, prepared.settings.decimalMark?.rawValue ?? ""])
    writer.add(prepared.settings.delimiter?.rawValue ?? "")
    writer.add(analysis.bytes)
    for directive in prepared.directives where directive.isDataSet {
      guard let declaration = try? DataDeclaration(id: directive.id, options: directive.options) else {
        return nil
      }
      guard let source = declaration.source else { continue }
      guard let content = files.content(of: source, at: directive.options.block) else { return nil }
      writer.add([directive.id, content])
    }
    return writer.exact
  }

  /// Whether nothing was said, so that it is the same wherever the directives stand, and every output has its key.
  var isSilent: Bool {
    failed.isEmpty && standing.isEmpty && diagnostics.isEmpty
      && outputs.allSatisfy { $0.value.warnings.isEmpty } && exactKeys.count == outputs.count
  }

  /// The same of a document with the same key.
  func remembered(_ prepared: PreparedDocument, _ plan: RunPlan, _ files: ProjectFiles) -> DirectiveExecution
  {
    var execution = self
    execution.prepared = prepared
    execution.plan = plan
    execution.files = files
    execution.computed = []
    return execution
  }
}
