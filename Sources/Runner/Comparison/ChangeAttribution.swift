// Finds what a change of results is due to.

import AnalysisDocument
import Directives
import Presentation

/// One side of a comparison: a document with its results.
struct DocumentVersion: Sendable {
  /// `nil` where the document is not there or cannot be read.
  let prepared: PreparedDocument?
  /// The document's path from the top of the repository.
  let path: String?
  let snapshot: ResultSnapshot
  let tree: any SourceTree
}

/// The causes of change by directive, from three sources: what each run recorded about its inputs, the texts of the
/// two documents, and the bytes of their data files.
struct ChangeAttribution {
  private let old: DocumentVersion
  private let new: DocumentVersion
  private var known: [String: ChangeCauses] = [:]
  private let frontMatter: Set<String>

  init(old: DocumentVersion, new: DocumentVersion) {
    self.old = old
    self.new = new
    frontMatter = Self.changedKeys(old.prepared, new.prepared)
  }

  /// The causes of a directive's change, those of what it builds on included.
  mutating func causes(of id: String) -> ChangeCauses {
    if let known = known[id] { return known }
    // A circle is an error of the document: whatever it holds is not followed twice.
    known[id] = ChangeCauses()
    var causes = recordedCauses(id)
    causes.specification.formUnion(frontMatter)
    let (before, after) = (old.prepared?.directive(id), new.prepared?.directive(id))
    let isRewritten = before.map(Self.specification) != after.map(Self.specification)
    if old.prepared != nil, new.prepared != nil, isRewritten { causes.specification.insert(id) }
    if after?.isDataSet ?? before?.isDataSet ?? false {
      addData(of: id, isRewritten: isRewritten, to: &causes)
    }
    let upstream = (before?.options.use.ids ?? []).union(after?.options.use.ids ?? [])
    for other in upstream.sorted() where other != id { causes.formUnion(self.causes(of: other)) }
    known[id] = causes
    return causes
  }

  // MARK: What the runs recorded

  private func recordedCauses(_ id: String) -> ChangeCauses {
    var causes = ChangeCauses()
    guard let before = old.snapshot.inputs[id], let after = new.snapshot.inputs[id] else { return causes }
    // A record of an older Meier holds less: what it does not have has not changed therefore.
    let uses = InputRecord.usesKey + " "
    let bothAreWhole = [before, after].allSatisfy { $0.keys.contains { $0.hasPrefix(uses) } }
    let names = Set(before.keys).union(after.keys).filter { name in
      before[name] != after[name] && (bothAreWhole || (before[name] != nil && after[name] != nil))
    }
    for name in names where !name.hasSuffix(" caption") {
      switch Self.kind(of: name) {
      case .software: causes.software.insert(Self.versions(name, before, after))
      case .data: causes.data.insert(id)
      case .specification: causes.specification.insert(id)
      case nil: continue
      }
    }
    // Other options select and make other values; and where the documents can be read, their data files tell more.
    if !causes.specification.isEmpty || (old.prepared != nil && new.prepared != nil) { causes.data = [] }
    return causes
  }

  private enum Kind { case data, specification, software }

  /// By the first telling word of the record's name.
  private static func kind(of name: String) -> Kind? {
    for word in name.lowercased().split(whereSeparator: { !$0.isLetter }) {
      switch word {
      case "semantics", "version": return .software
      case "column", "columns", "rows", "fingerprint": return .data
      case "option", "options", "derive", "where", "outcome", "dictionary", "definition", "compat",
        "parameter",
        "params", "include":
        return .specification
      case "result", "selection", "style", "numbers", "values", "directive", "presentation":
        return nil
      default: continue
      }
    }
    return nil
  }

  private static func versions(_ name: String, _ old: [String: String], _ new: [String: String]) -> String {
    let directive = new["directive"] ?? old["directive"] ?? ""
    let subject = directive.isEmpty ? name : "\(name) of \(directive)"
    guard let before = old[name], let after = new[name] else { return subject }
    return "\(subject) \(before) → \(after)"
  }

  // MARK: What the documents say

  /// The options in one spelling: the order of keys, comments, quotes and the caption do not count.
  private static func specification(_ directive: PreparedDirective) -> String {
    let text = directive.block.options.map { spelling($0, leavingOut: ["caption"]) } ?? ""
    return directive.specification.name + " " + text
  }

  private static func spelling(_ tree: OptionTree, leavingOut: Set<String> = []) -> String {
    switch tree {
    case .scalar(let scalar):
      return JSONValue.quoted(scalar.string.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    case .sequence(let sequence):
      return "[" + sequence.elements.map { spelling($0) }.joined(separator: ",") + "]"
    case .mapping(let mapping):
      let entries = mapping.entries.filter { !leavingOut.contains($0.key.string) }
        .sorted { $0.key.string < $1.key.string }
      return "{"
        + entries.map { JSONValue.quoted($0.key.string) + ":" + spelling($0.value) }.joined(separator: ",")
        + "}"
    }
  }

  /// Keys of the front matter that change numbers.
  private static func changedKeys(_ old: PreparedDocument?, _ new: PreparedDocument?) -> Set<String> {
    guard let old, let new else { return [] }
    return Set(
      ["compat", "params"].filter { key in
        let values = [old, new].map { $0.document.frontMatter?.options?[key].map { spelling($0) } }
        return values[0] != values[1]
      })
  }

  // MARK: What the data hold

  private func addData(of id: String, isRewritten: Bool, to causes: inout ChangeCauses) {
    let prints = [old, new].map { $0.snapshot.inputs[id]?["fingerprint"] }
    // Equal rows of the columns in use: whatever else is different in the file does not matter.
    if let first = prints[0], first == prints[1] {
      causes.data.remove(id)
      return
    }
    switch sourcesDiffer(id) {
    case (true, let name)?: causes.data.insert(name)
    case (false, _)?: return
    case nil:
      let isRoot = new.prepared?.directive(id).map { $0.options.use.ids.isEmpty } ?? true
      if isRoot, !isRewritten, prints.allSatisfy({ $0 != nil }) { causes.data.insert(id) }
    }
  }

  /// Whether the two files named by a data directive differ; `nil` when they cannot be compared.
  private func sourcesDiffer(_ id: String) -> (Bool, String)? {
    func source(_ version: DocumentVersion) -> String? {
      guard let path = version.path,
        let source = version.prepared?.directive(id)?.block.options?.mapping?["source"]?.scalar?.string
      else { return nil }
      return FilePath.join(FilePath.directory(path), source)
    }
    guard let before = source(old), let after = source(new) else { return nil }
    guard let first = (try? old.tree.bytes(before)) ?? nil, let second = (try? new.tree.bytes(after)) ?? nil
    else {
      return nil
    }
    return (first != second, after)
  }
}
