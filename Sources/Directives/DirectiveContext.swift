// What a directive may see besides its options.

import DataTables
import Diagnostics
import Presentation

/// The surroundings of one directive's run.
public struct DirectiveContext: Sendable {
  /// The id of the directive that runs: what its messages and figure files are called by.
  public let id: String
  /// The journal style of the document, its rounding already that of `compatibility`.
  public let style: JournalStyle
  /// Whose defaults hold where an option is not given.
  public let compatibility: Compatibility
  /// How many threads a computation may use; results do not depend on it.
  public let threads: Int
  /// Everything that ran before, by id.
  public let outputs: [String: DirectiveOutput]
  /// Opens the data files that `source:` names.
  public let files: any DataFileOpening
  /// The columns of this data set that the document uses; `nil` for all of them.
  public let demandedColumns: Set<String>?
  /// Bytes that the run may use; `nil` when nobody has counted them.
  public let availableMemory: Int?
  /// Is told about parts that take long.
  public let observer: any RunObserver
  /// What the other directives were asked for, by id: for those that run one of them again under other rules.
  public let requests: [String: DirectiveRequest]

  /// Surroundings for one run. Without a limit of memory, an observer or requests of others, these are absent
  /// and nothing fails for it.
  public init(
    id: String, style: JournalStyle, compatibility: Compatibility, threads: Int,
    outputs: [String: DirectiveOutput],
    files: any DataFileOpening, demandedColumns: Set<String>?, availableMemory: Int? = nil,
    observer: any RunObserver = NoObserver(), requests: [String: DirectiveRequest] = [:]
  ) {
    self.id = id
    self.style = style
    self.compatibility = compatibility
    self.threads = threads
    self.outputs = outputs
    self.files = files
    self.demandedColumns = demandedColumns
    self.availableMemory = availableMemory
    self.observer = observer
    self.requests = requests
  }

  /// The same surroundings under other rules.
  func following(_ rules: Compatibility, outputs: [String: DirectiveOutput]? = nil) -> DirectiveContext {
    var style = style
    style.number.rounding = rules.rounding
    return DirectiveContext(
      id: id, style: style, compatibility: rules, threads: threads, outputs: outputs ?? self.outputs,
      files: files, demandedColumns: demandedColumns, availableMemory: availableMemory, observer: observer,
      requests: requests)
  }

  /// Runs a part of the directive's work that is worth a line of its own in a profile.
  public func part<Result>(
    _ name: String, of subject: String = "", _ body: () throws -> Result
  ) rethrows -> Result {
    let stage = RunStage(name, of: subject, depth: 1)
    observer.began(stage)
    defer { observer.ended(stage) }
    return try body()
  }

  /// The data set of an id that the plan has already found to be one.
  public func dataSet(_ id: String, at range: SourceRange) throws(Diagnostic) -> DataSet {
    if let dataSet = outputs[id]?.dataSet { return dataSet.following(compatibility) }
    let known = outputs.compactMap { id, output in output.dataSet == nil ? nil : id }.sorted()
    throw Diagnostic(
      .unknownResult, "'\(id)' is not a data set", at: range,
      remedy: NearMiss.remedy(for: id, among: known) ?? "data sets: \(known.joined(separator: ", "))")
  }

  /// What another directive left for those that build on it.
  ///
  /// - Parameter makers: the directives that leave such a thing, for the message: those of the document are told whether
  ///   or not they have run, since results that are used again leave nothing.
  public func artifact<Artifact>(
    _ type: Artifact.Type, of id: String, called name: String, madeBy makers: [any Directive.Type],
    at range: SourceRange
  ) throws(Diagnostic) -> Artifact {
    if let artifact = outputs[id]?.artifact as? Artifact { return artifact }
    let known = requests.filter { request in makers.contains { $0 == request.value.type } }.keys.sorted()
    throw Diagnostic(
      .unknownResult, "'\(id)' is not \(name)", at: range,
      remedy: NearMiss.remedy(for: id, among: known)
        ?? (known.isEmpty ? "the document has none" : "there are: \(known.joined(separator: ", "))"))
  }
}

/// A directive with the options it was given.
public struct DirectiveRequest: Sendable {
  /// The directive.
  public let type: any Directive.Type
  /// Its options, checked.
  public let options: ResolvedOptions

  /// A request of the document, to be run again under other rules.
  public init(type: any Directive.Type, options: ResolvedOptions) {
    self.type = type
    self.options = options
  }
}

/// Opens a data file for a data directive: the one place where a document reaches the disk.
public protocol DataFileOpening: Sendable {
  /// - Parameter path: as the document gives it, relative to the document's folder.
  /// - Throws: `missing-file`, `unreadable-file`, `outside-project`.
  func open(
    _ path: String, name: String, options: CSVOptions, at range: SourceRange
  ) throws(Diagnostic) -> any DataSource
}
