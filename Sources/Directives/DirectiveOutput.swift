// What a directive returns: plain results, from which tables, figures, prose, JSON and claims are all read.

import Diagnostics
import Figures
import Presentation

/// The results of one directive.
public struct DirectiveOutput: Sendable {
  /// What stands in the result region, in order.
  public let blocks: [OutputBlock]
  /// Every quantity by the name that follows the directive's id.
  public let values: [ResultValue]
  /// Warnings about the analysis that belong in the document and on the terminal.
  public let warnings: [Diagnostic]
  /// What other directives build on: a data set, a fitted model.
  public let artifact: (any Sendable)?

  /// Results as a directive returns them.
  public init(
    blocks: [OutputBlock], values: [ResultValue], warnings: [Diagnostic] = [], artifact: (any Sendable)? = nil
  ) {
    self.blocks = blocks
    self.values = values
    self.warnings = warnings
    self.artifact = artifact
  }
}

extension DirectiveOutput {
  /// The data set that it is, or hands on: the rows that sentences can ask about. `nil` for other results.
  public var dataSet: DataSet? {
    artifact as? DataSet ?? (artifact as? any DataSetProviding)?.providedDataSet
  }

  /// The same results with further warnings.
  public func warning(_ further: [Diagnostic]) -> DirectiveOutput {
    further.isEmpty
      ? self
      : DirectiveOutput(blocks: blocks, values: values, warnings: warnings + further, artifact: artifact)
  }

  /// The same results with nothing left for others but their data set: all that sentences can ask about.
  public var withoutModel: DirectiveOutput {
    DirectiveOutput(blocks: blocks, values: values, warnings: warnings, artifact: dataSet)
  }

  /// The same results without what other directives build on: once nobody does, its memory is free.
  public var withoutArtifact: DirectiveOutput {
    DirectiveOutput(blocks: blocks, values: values, warnings: warnings)
  }
}

/// One piece of a result region.
public enum OutputBlock: Sendable, Codable {
  /// A numbered table; `name` distinguishes a directive's further tables (`@tbl-id-name`), `nil` for its first.
  case table(Table, name: String?)
  /// A numbered figure, likewise.
  case figure(Figure, name: String?, caption: String)
  /// A paragraph of text: a note on the method, a warning. Markdown special characters are escaped when written.
  case paragraph(String)
}

/// A quantity under a name, such as `["hepatic resection"].at(60).survival`.
public struct ResultValue: Sendable, Codable {
  /// What follows the id, beginning with `.`, `[` — or empty for the id itself.
  public let path: String
  /// What stands under the name.
  public let content: Content
  /// How it prints when the author says nothing.
  public let format: ValueFormat
  /// The confidence level of `path.lower` and `path.upper`, where they exist.
  public let confidenceLevel: Double?
  /// Whether the interval says nothing: it has no width because its error is not known. Print shows NE in its place.
  public let isDegenerate: Bool
  /// For a time that was not reached: how far the curve was followed; the time lies beyond.
  let followedTo: Double?

  /// A number, or words where the result is none, such as the name of a method.
  public enum Content: Sendable, Equatable, Codable {
    /// A number at full precision, or why there is none.
    case quantity(Quantity)
    /// Words, printed as they are.
    case text(String)
  }

  /// A number. `confidenceLevel` is given where `path.lower` and `path.upper` hold its interval, `followedTo`
  /// where a time may not have been reached.
  public init(
    _ path: String, _ quantity: Quantity, _ format: ValueFormat, confidenceLevel: Double? = nil,
    followedTo: Double? = nil, isDegenerate: Bool = false
  ) {
    self.init(
      path, .quantity(quantity), format, confidenceLevel: confidenceLevel, followedTo: followedTo,
      isDegenerate: isDegenerate)
  }

  /// A number or words, whichever a record holds.
  public init(
    _ path: String, _ content: Content, _ format: ValueFormat, confidenceLevel: Double? = nil,
    followedTo: Double? = nil, isDegenerate: Bool = false
  ) {
    self.path = path
    self.content = content
    self.format = format
    self.confidenceLevel = confidenceLevel
    self.followedTo = followedTo
    self.isDegenerate = isDegenerate
  }

  /// Words.
  public init(_ path: String, text: String) {
    self.init(path, .text(text), ValueFormat(.text))
  }
}

/// Collects result values under growing paths.
struct ResultValues: Sendable {
  private(set) var values: [ResultValue] = []

  mutating func append(_ value: ResultValue) { values.append(value) }

  mutating func add(_ path: String, _ quantity: Quantity, _ format: ValueFormat) {
    values.append(ResultValue(path, quantity, format))
  }

  mutating func add(_ path: String, _ value: Double, _ format: ValueFormat) {
    add(path, Quantity(value), format)
  }

  mutating func add(_ path: String, count: Int) { add(path, Quantity(count), .count) }

  mutating func addText(_ path: String, _ text: String) {
    values.append(ResultValue(path, text: text))
  }

  /// An estimate with its interval: `path`, `path.lower`, `path.upper`.
  mutating func add(
    _ path: String, _ estimate: Estimate, _ format: ValueFormat, followedTo: Double? = nil,
    isDegenerate: Bool = false
  ) {
    values.append(
      ResultValue(
        path, estimate.value, format, confidenceLevel: estimate.level, followedTo: followedTo,
        isDegenerate: isDegenerate))
    values.append(ResultValue(path + ".lower", estimate.lower, format))
    values.append(ResultValue(path + ".upper", estimate.upper, format))
  }

  /// A test: `path.chi_squared` (or another name), `path.df`, `path.p`.
  mutating func add(
    _ path: String, statistic: Double, named name: String = "chi_squared", degreesOfFreedom: Double?,
    pValue: Double
  ) {
    add(path + "." + name, statistic, .statistic)
    if let degreesOfFreedom { add(path + ".df", degreesOfFreedom, ValueFormat(.number)) }
    add(path + ".p", pValue, .pValue)
  }
}
