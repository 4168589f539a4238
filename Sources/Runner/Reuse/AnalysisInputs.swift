// What an analysis may see of the results before it, and the key under which its own are kept.

import Directives
import Presentation

/// The isolated inputs of one analysis.
///
/// The analysis runs on these and on nothing else; the key is made from these and from nothing else. So whatever a
/// result can depend on is in its key.
struct AnalysisInputs: Sendable {
  /// By id: data sets with the columns and outcomes that the analysis names, other results as they are.
  let outputs: [String: DirectiveOutput]
  /// `nil` where an input has no key itself.
  let key: ResultKey?

  /// The build, and what all results of a document share; `nil` where there is no knowing the build.
  static func settings(_ prepared: PreparedDocument, _ memory: RunMemory?) -> String? {
    BuildIdentity.current.map { build in
      let settings = Settings(
        style: prepared.settings.style, compatibility: prepared.settings.compatibility)
      let words = memory?.settings.made(from: settings) { settings.words } ?? settings.words
      var writer = KeyWriter(build)
      writer.add([words, prepared.file.path])
      return writer.finish().text
    }
  }

  struct Settings: Sendable, Equatable {
    let style: JournalStyle
    let compatibility: Compatibility

    /// All of the style's fields, and not its name alone.
    var words: String { "\(style) \(compatibility)" }
  }

  /// Numbers of a data set that follow from the steps of its selection.
  private static let selectionValues = [".n", ".excluded", ".undecided"]

  init(
    _ directive: PreparedDirective, ids: Set<String>, in prepared: PreparedDocument, plan: RunPlan,
    outputs all: [String: DirectiveOutput], digests: [String: DataSetDigests], keys: [String: ResultKey],
    settings: String?
  ) {
    let specification = directive.specification
    var writer = settings.map { settings in
      var writer = KeyWriter("result")
      writer.add([settings, specification.name, String(specification.semanticsVersion), directive.id])
      for option in directive.options.texts { writer.add([option.name, option.exact]) }
      return writer
    }
    var outputs: [String: DirectiveOutput] = [:]
    for id in ids.sorted() {
      guard let output = all[id] else { continue }
      writer?.add(id)
      if let digests = digests[id] {
        // An analysis of an analysis may run that one again, and so sees what that one sees.
        let users = [directive] + ids.sorted().compactMap(prepared.directive)
        let isolated = digests.dataSet.isolating(plan.names(of: id, usedBy: users))
        outputs[id] = DirectiveOutput(
          blocks: [], values: output.values.filter { Self.selectionValues.contains($0.path) },
          artifact: isolated)
        if writer != nil { writer?.add(digests.exact(isolated)) }
      } else {
        outputs[id] = output
        if let key = keys[id] { writer?.add(key.text) } else { writer = nil }
      }
    }
    self.outputs = outputs
    key = writer?.finish()
  }
}
