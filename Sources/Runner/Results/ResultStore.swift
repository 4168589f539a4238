// Every quantity of a run under its flat path: what inline values, claims and results.json read.

import Directives
import Expressions
import Presentation

/// The results of a document by canonical path.
struct ResultStore: Sendable {
  private(set) var values: [String: ResultValue] = [:]
  private(set) var dataSets: [String: DataSet] = [:]
  /// All ids of the document, in its order.
  let allIDs: [String]
  /// Ids of directives that failed, or rest on one that did.
  let failedIDs: Set<String>

  init(ids: [String], failed: Set<String>) {
    allIDs = ids
    failedIDs = failed
  }

  mutating func add(id: String, output: DirectiveOutput) {
    for value in output.values { values[id + value.path] = value }
    if let dataSet = output.artifact as? DataSet { dataSets[id] = dataSet }
  }

  /// Records a quantity that a sentence asked for, such as `nelm.count(…)`.
  mutating func record(_ path: String, _ value: ResultValue) { values[path] = value }

  /// The value with its interval, as prose prints it.
  func presented(_ path: String) -> PresentedValue? {
    guard let value = values[path] else { return nil }
    switch value.content {
    case .text(let text): return PresentedValue(text: text)
    case .quantity(let quantity):
      guard let level = value.confidenceLevel, let lower = bound(path + ".lower"),
        let upper = bound(path + ".upper")
      else { return PresentedValue(quantity, value.format.kind) }
      return PresentedValue(Estimate(quantity, lower: lower, upper: upper, level: level), value.format.kind)
    }
  }

  private func bound(_ path: String) -> Quantity? {
    guard case .quantity(let quantity)? = values[path]?.content else { return nil }
    return quantity
  }

  /// `results.json`: every quantity at 12 significant digits, sorted, one per line, fingerprints under `inputs`.
  func json(inputs: JSONValue) -> [UInt8] {
    var entries: [String: JSONValue] = [:]
    for (path, value) in values {
      switch value.content {
      case .text(let text): entries[path] = .text(text)
      case .quantity(let quantity): entries[path] = JSONValue(quantity)
      }
    }
    return ResultsText.render(entries, inputs: inputs)
  }
}
