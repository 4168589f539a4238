// Lists what each result of a document rests on.

import DataTables
import Directives

/// Makes the records of a document's results, after they were computed.
///
/// Whatever becomes an input of results later (a parameter, an included file) is one more entry here.
struct DependencyRecorder {
  /// Raised whenever the same numbers are written in another way: results of an older version are stale.
  static let presentationVersion = 1

  let prepared: PreparedDocument
  let plan: RunPlan
  let execution: DirectiveExecution
  let numbering: Numbering
  let values: InlineEvaluation

  /// By id, of every directive that has a result.
  func records() -> [String: DependencyRecord] {
    var records: [String: DependencyRecord] = [:]
    prepareDigests()
    for id in plan.order {
      guard let directive = prepared.directive(id), execution.outputs[id] != nil else { continue }
      records[id] = record(of: directive, before: records)
    }
    return records
  }

  /// Everything that the records follow from; `nil` where that cannot be told.
  ///
  /// - Parameter analysis: the document's `analysisText`.
  func key(_ analysis: ExactBytes) -> ExactBytes? {
    var writer = KeyWriter("records")
    writer.add(analysis.bytes)
    let keys = execution.exactKeys
    for id in plan.order {
      guard let output = execution.outputs[id] else { continue }
      guard let key = keys[id] else { return nil }
      writer.add([id, key.text, values.caption(of: id)?.markdown ?? ""])
      writer.add(numbering.words(id: id, blocks: output.blocks) ?? "")
    }
    return writer.exact
  }

  /// The rows of a large data set are walked through once, and not for every result.
  private func prepareDigests() {
    var sets: [String: [Set<String>]] = [:]
    for directive in plan.order.compactMap(prepared.directive) where execution.outputs[directive.id] != nil {
      if directive.isDataSet {
        let names = plan.demandedColumns[directive.id] ?? []
        columns(directive.id, names).map { sets[directive.id, default: []].append($0) }
      }
      for id in directive.options.use.ids.sorted() where !directive.isDataSet {
        columns(id, plan.names(of: id, usedBy: [directive])).map { sets[id, default: []].append($0) }
      }
    }
    for (id, sets) in sets { execution.digests[id]?.prepare(sets) }
  }

  private func columns(_ id: String, _ names: Set<String>?) -> Set<String>? {
    guard let dataSet = execution.digests[id]?.dataSet else { return nil }
    return dataSet.columns(for: names) ?? Set(dataSet.table.columnNames)
  }

  private func record(
    of directive: PreparedDirective, before records: [String: DependencyRecord]
  ) -> DependencyRecord {
    var entries = shared(directive)
    let use = directive.options.use
    if directive.isDataSet {
      // Its options are in the entries of the columns, whose content they shape; it prints nothing of the dictionary.
      entries += dataEntries(directive.id, names: plan.demandedColumns[directive.id] ?? [], prefix: "")
        .filter { !$0.name.hasPrefix("dictionary ") }
      entries += selection(of: directive.id)
      entries += provider(behind: directive.id, records)
    } else {
      for option in directive.options.texts {
        entries.append(Dependency("option \(option.name)", digestOf: option.canonical))
      }
      let dataSets = use.ids.filter { execution.digests[$0] != nil }.sorted()
      for id in dataSets {
        let prefix = dataSets.count > 1 ? id + "." : ""
        entries += dataEntries(id, names: plan.names(of: id, usedBy: [directive]), prefix: prefix)
        entries += provider(behind: id, records)
      }
      for id in use.ids.subtracting(dataSets).sorted() {
        if let record = records[id] { entries.append(Dependency("result \(id)", mark: record.mark)) }
      }
      if directive.specification.reportsSelection {
        for id in execution.inputs(of: directive, in: prepared).sorted() { entries += selection(of: id) }
      }
    }
    return DependencyRecord(
      directive: directive.specification.name, semantics: directive.specification.semanticsVersion,
      entries: entries)
  }

  /// What every result rests on.
  private func shared(_ directive: PreparedDirective) -> [Dependency] {
    var entries = [
      Dependency(DependencyName.presentation, mark: String(Self.presentationVersion)),
      Dependency(DependencyName.style, mark: prepared.settings.style.name),
      Dependency(DependencyName.compatibility, mark: prepared.settings.compatibility.mark),
    ]
    if let caption = values.caption(of: directive.id) {
      entries.append(Dependency(DependencyName.caption, digestOf: caption.markdown))
    }
    if let numbers = numbering.words(
      id: directive.id, blocks: execution.outputs[directive.id]?.blocks ?? [])
    {
      entries.append(Dependency(DependencyName.numbering, mark: numbers))
    }
    return entries
  }

  /// The columns of a data set that names stand for, what the dictionary says about them, and their definitions.
  private func dataEntries(_ id: String, names: Set<String>?, prefix: String) -> [Dependency] {
    guard let digests = execution.digests[id] else { return [] }
    let dataSet = digests.dataSet
    let columns = columns(id, names) ?? []
    var entries = [Dependency(prefix + DependencyName.rows, mark: digests.rows(columns))]
    for column in dataSet.table.columns where columns.contains(column.name) {
      let name = prefix + column.name
      entries.append(Dependency("column \(name)", mark: digests.content(column.name)))
      entries += dictionary(name, column.metadata)
    }
    return entries + definitions(id, names: names, prefix: prefix)
  }

  private func dictionary(_ name: String, _ metadata: ColumnMetadata) -> [Dependency] {
    var entries: [Dependency] = []
    func add(_ key: String, _ text: String?) {
      if let text { entries.append(Dependency("dictionary \(name).\(key)", digestOf: text)) }
    }
    add("label", metadata.label)
    add("unit", metadata.unit)
    add("levels", metadata.levels.map { $0.map { "\($0.utf8.count):\($0)" }.joined() })
    add(
      "codes", metadata.codes.map { $0.map { $0.map { "\($0.utf8.count):\($0)" }.joined() + ";" }.joined() })
    add("reference", metadata.reference)
    add("digits", metadata.digits.map { String($0) })
    add("per", metadata.per.map { $0.description })
    return entries
  }

  /// Derivations, outcomes and conditions, from the data set back to its file.
  private func definitions(_ id: String, names: Set<String>?, prefix: String) -> [Dependency] {
    var entries: [Dependency] = []
    var known: Set<String> = []
    var names = names
    var next: String? = id
    // The plan has no circles; the set keeps this loop from trusting that.
    while let current = next, known.insert(current).inserted, let directive = prepared.directive(current),
      directive.isDataSet, let declaration = try? DataDeclaration(id: current, options: directive.options)
    {
      let behind = declaration.definitions(behind: names)
      for definition in behind.definitions {
        // A condition, or a split, is its data set's, whose name needs no prefix.
        let isOfRows = definition.kind == .condition || definition.kind == .split
        let name = isOfRows ? definition.name : prefix + definition.name
        let entry = Dependency("\(definition.kind.rawValue) \(name)", digestOf: definition.text)
        if !entries.contains(where: { $0.name == entry.name }) { entries.append(entry) }
      }
      names = behind.names
      next = declaration.from?.id
    }
    return entries
  }

  /// The analysis whose rows a data set is made of, where it comes from no file.
  private func provider(behind id: String, _ records: [String: DependencyRecord]) -> [Dependency] {
    var known: Set<String> = []
    var next = id
    while known.insert(next).inserted, let directive = prepared.directive(next), directive.isDataSet,
      let from = (try? DataDeclaration(id: next, options: directive.options))?.from
    {
      next = from.id
    }
    guard next != id, let record = records[next], prepared.directive(next)?.isDataSet == false else {
      return []
    }
    return [Dependency("result \(next)", mark: record.mark)]
  }

  /// How the rows came to be these.
  private func selection(of id: String) -> [Dependency] {
    guard let digests = execution.digests[id] else { return [] }
    let steps = digests.dataSet.steps.map { step in
      "\(step.id) \(step.rowCount) \(step.excluded) \(step.undecided)"
        + (step.patientCount.map { " \($0)" } ?? "")
    }
    return [Dependency("\(DependencyName.selection) \(id)", digestOf: steps.joined(separator: "\n"))]
  }
}

extension Numbering {
  /// `Table 2, Figure 1`; `nil` for a result without either.
  func words(id: String, blocks: [OutputBlock]) -> String? {
    let words = blocks.compactMap { block -> String? in
      switch block {
      case .table(_, let name): number(.table, id: id, name: name).map { "Table \($0)" }
      case .figure(_, let name, _): number(.figure, id: id, name: name).map { "Figure \($0)" }
      case .paragraph: nil
      }
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}

extension Compatibility {
  /// The program's name, with a digest where some of its choices were replaced.
  fileprivate var mark: String {
    let preset = preset.rawValue
    return self == .preset(self.preset) ? preset : "\(preset) \(Dependency.digest("\(self)"))"
  }
}
