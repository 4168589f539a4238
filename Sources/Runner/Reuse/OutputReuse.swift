// Which results of a run come from earlier runs.

import AnalysisDocument
import DataTables
import Diagnostics
import Directives

/// Finds earlier results by their keys, in memory first, then on disk, and keeps those of this run.
struct OutputReuse: Sendable {
  private let prepared: PreparedDocument
  private let plan: RunPlan
  private let cache: ResultCache?
  private let memory: ResultMemory?
  private let readsMemory: Bool
  private let settings: String?
  private var keys: [String: ResultKey] = [:]
  private var withoutArtifact: Set<String> = []
  private var used: [ResultKey: ResultMemory.Entry] = [:]
  private var new: [(key: ResultKey, output: KeptOutput)] = []
  /// Whether a model or a data set of an earlier run is in use.
  private(set) var usedMemory = false
  var hasFreshDiagnostics = false
  /// By id, of the analyses whose results are kept.
  var keptKeys: [String: ResultKey] {
    keys.filter { used[$0.value]?.digests == nil && used[$0.value] != nil }
  }

  /// By id, of all directives whose outputs are kept, data sets included.
  var exactKeys: [String: ResultKey] { keys.filter { used[$0.value] != nil } }

  init(
    _ prepared: PreparedDocument, _ plan: RunPlan, cache: ResultCache?, memory: ResultMemory?,
    readsMemory: Bool = true
  ) {
    self.prepared = prepared
    self.plan = plan
    self.cache = cache
    self.memory = memory
    self.readsMemory = readsMemory
    settings =
      cache == nil && memory == nil
      ? nil : AnalysisInputs.settings(prepared, memory?.run(of: prepared.file.path))
  }

  private var document: String { prepared.file.path }

  // MARK: Data sets

  /// `nil` where data are not kept: only a process that stays keeps rows, and only in its memory.
  mutating func key(ofData directive: PreparedDirective, demanded: Set<String>?, files: ProjectFiles)
    -> ResultKey?
  {
    guard memory != nil, let settings else { return nil }
    var writer = KeyWriter("data")
    writer.add([settings, String(directive.specification.semanticsVersion), directive.id])
    for option in directive.options.texts { writer.add([option.name, option.exact]) }
    writer.add(demanded.map { $0.sorted() } ?? ["all"])
    writer.add(demanded == nil ? "all" : "named")
    for id in directive.options.use.ids.sorted() {
      guard let key = keys[id] else { return nil }
      writer.add([id, key.text])
    }
    if let declaration = try? DataDeclaration(id: directive.id, options: directive.options),
      let source = declaration.source
    {
      guard let content = files.content(of: source, at: directive.options.block) else { return nil }
      let settings = prepared.settings
      writer.add([source, content, settings.decimalMark?.rawValue ?? "", settings.delimiter?.rawValue ?? ""])
    }
    let key = writer.finish()
    keys[directive.id] = key
    return key
  }

  mutating func data(_ key: ResultKey?, _ block: DirectiveBlock) -> (DirectiveOutput, DataSetDigests)? {
    guard readsMemory, let key, let entry = memory?.entry(key, of: document), let digests = entry.digests,
      let output = entry.kept.output(of: block, artifact: entry.artifact)
    else { return nil }
    used[key] = entry
    usedMemory = true
    return (output, digests)
  }

  // MARK: Analyses

  /// The isolated inputs of an analysis; its key is made when something may be found under it.
  mutating func inputs(
    _ directive: PreparedDirective, ids: Set<String>, outputs: [String: DirectiveOutput],
    digests: [String: DataSetDigests]
  ) -> AnalysisInputs {
    let inputs = isolated(directive, ids: ids, outputs: outputs, digests: digests)
    keys[directive.id] = inputs.key
    return inputs
  }

  func isolated(
    _ directive: PreparedDirective, ids: Set<String>, outputs: [String: DirectiveOutput],
    digests: [String: DataSetDigests]
  ) -> AnalysisInputs {
    AnalysisInputs(
      directive, ids: ids, in: prepared, plan: plan, outputs: outputs, digests: digests, keys: keys,
      settings: settings)
  }

  mutating func output(of directive: PreparedDirective, _ key: ResultKey?) -> DirectiveOutput? {
    guard let key else { return nil }
    if readsMemory, let entry = memory?.entry(key, of: document),
      let output = entry.kept.output(of: directive.block, artifact: entry.artifact)
    {
      used[key] = entry
      usedMemory = usedMemory || entry.artifact != nil
      if entry.kept.hasArtifact, entry.artifact == nil { withoutArtifact.insert(directive.id) }
      return output
    }
    guard let kept = cache?.output(key), let output = kept.output(of: directive.block) else { return nil }
    used[key] = ResultMemory.Entry(kept: kept, artifact: nil, digests: nil)
    if kept.hasArtifact { withoutArtifact.insert(directive.id) }
    return output
  }

  func lacksArtifact(_ ids: Set<String>) -> Bool { !withoutArtifact.isDisjoint(with: ids) }

  mutating func hasArtifact(_ id: String, _ artifact: (any Sendable)?) {
    withoutArtifact.remove(id)
    if let key = keys[id], let entry = used[key] {
      used[key] = ResultMemory.Entry(
        kept: entry.kept, artifact: memory == nil ? nil : artifact, digests: entry.digests)
    }
  }

  /// The result rests on something that its key does not hold; so does whatever builds on it.
  mutating func keyIsIncomplete(_ id: String) { keys[id] = nil }

  // MARK: Keeping

  mutating func keep(
    _ output: DirectiveOutput, digests: DataSetDigests?, _ key: ResultKey?, of directive: PreparedDirective
  ) {
    guard let key, let kept = KeptOutput(output, of: directive.block) else { return }
    // Only who runs the document again has a use for models that nothing in it names any more.
    used[key] = ResultMemory.Entry(
      kept: kept, artifact: memory == nil ? nil : output.artifact, digests: digests)
    // Sentences ask a data set for more than it printed.
    if digests == nil, !(output.artifact is DataSet) { new.append((key, kept)) }
  }

  /// Writes what is new and forgets what was not used.
  func finish() {
    memory?.remember(used, of: document)
    cache?.store(new)
  }
}
