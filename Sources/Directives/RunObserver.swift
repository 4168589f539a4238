// Who is told what a run is doing, while it does it: progress and profiles.

/// One piece of a run's work.
public struct RunStage: Sendable, Hashable {
  /// What is done: `parse`, a directive's name, a part of one such as `read`, `render`, `write`.
  public let name: String
  /// The directive's id, or the file; empty where there is none.
  public let subject: String
  /// 0 for stages of a document, 1 for parts of a directive.
  public let depth: Int
  /// Which of the document's directives it is, from 1; 0 for stages that are none.
  public let position: Int
  /// How many directives the document has.
  public let count: Int

  /// A stage of the document as a whole unless depth and position say otherwise.
  public init(_ name: String, of subject: String = "", depth: Int = 0, position: Int = 0, count: Int = 0) {
    self.name = name
    self.subject = subject
    self.depth = depth
    self.position = position
    self.count = count
  }
}

/// Is told about stages as they begin and end. Nothing that it does can reach a result.
public protocol RunObserver: Sendable {
  /// Called before the work of a stage.
  func began(_ stage: RunStage)
  /// - Parameter share: how much of the open stage is done, 0 to 1; called from any thread.
  func advanced(to share: Double)
  /// Called after it, also when it failed.
  func ended(_ stage: RunStage)
  /// Whether directives run one after the other, so that what one takes can be told from what others take.
  var needsOrder: Bool { get }
}

extension RunObserver {
  /// Nothing: most observers do not show how far a stage is.
  public func advanced(to share: Double) {}
  /// Directives may run side by side.
  public var needsOrder: Bool { false }

  /// Runs the body as a stage.
  public func during<Result, Failure: Error>(
    _ stage: RunStage, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    began(stage)
    defer { ended(stage) }
    return try body()
  }
}

/// Nobody.
public struct NoObserver: RunObserver {
  /// An observer that keeps nothing.
  public init() {}
  /// Nothing.
  public func began(_ stage: RunStage) {}
  /// Nothing.
  public func ended(_ stage: RunStage) {}
}
