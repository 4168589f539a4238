// What the command line asks of a run.

import DataTables
import Directives

/// How documents are run.
public struct RunOptions: Sendable {
  /// Where results are written.
  public enum Mode: Sendable, Equatable {
    /// Results go to `output/`, or to the folder given.
    case output(directory: String?)
    /// Results are written into the document, each under its directive.
    case inPlace
  }

  /// Where results are written: `output/` unless said.
  public var mode: Mode
  /// What a run may use; no byte of a result depends on it.
  public var threads: Int
  /// Whether healthy directives are written although others failed.
  public var keepsGoing: Bool
  /// Whether results that somebody edited by hand are replaced.
  public var forces: Bool
  /// Whether the output carries the expression of each inline value in a comment.
  public var annotates: Bool
  /// Folders outside the project from which data may be read.
  public var allowedDirectories: [String]
  /// Values of parameters that take the place of those in the documents.
  public var parameters: [String: String]
  /// Whether numbers typed by hand are replaced by the results they are copies of.
  public var fixesTypedNumbers: Bool
  /// Bytes that a run may use; `nil` for no limit.
  public var availableMemory: Int?
  /// Is told what the run is doing.
  public var observer: any RunObserver
  /// Whether results are kept in the project's `.meier/cache`, and used again while their inputs are the same.
  public var usesCache: Bool

  /// Ids of the results to compute, with what they rest on; the others stay as the last run left them. Empty for all.
  public var only: Set<String>

  /// What is read of data files for several documents at once.
  var readings: SharedReadings?

  /// A plain run into `output/` on one thread, that reads nothing outside the project and uses nothing of
  /// earlier runs.
  public init(
    mode: Mode = .output(directory: nil), threads: Int = 1, keepsGoing: Bool = false, forces: Bool = false,
    annotates: Bool = false, allowedDirectories: [String] = [], parameters: [String: String] = [:],
    fixesTypedNumbers: Bool = false, availableMemory: Int? = nil, observer: any RunObserver = NoObserver(),
    usesCache: Bool = false, only: Set<String> = []
  ) {
    self.mode = mode
    self.threads = threads
    self.keepsGoing = keepsGoing
    self.forces = forces
    self.annotates = annotates
    self.allowedDirectories = allowedDirectories
    self.parameters = parameters
    self.fixesTypedNumbers = fixesTypedNumbers
    self.availableMemory = availableMemory
    self.observer = observer
    self.usesCache = usesCache
    self.only = only
  }
}
