// Every quantity of a run under its flat path: what inline values, claims and results.json read.

import Directives
import Expressions
import Presentation

/// The results of a document by canonical path.
struct ResultStore: Sendable {
  /// Of the directives.
  private let values: [String: ResultValue]
  private(set) var dataSets: [String: DataSet] = [:]
  /// All ids of the document, in its order.
  let allIDs: [String]
  /// Ids of directives that failed, or rest on one that did.
  let failedIDs: Set<String>

  /// Of all that sentences can ask for; `nil` where that cannot be told.
  let content: ResultKey?
  /// Quantities that sentences asked for besides.
  private var recorded: [String: ResultValue] = [:]

  /// - Parameters:
  ///   - ids: all of the document, in its order.
  ///   - failed: those of directives that failed, or rest on one that did.
  ///   - outputs: of the others, in the order in which they ran.
  ///   - keys: under which the outputs are found again.
  init(
    ids: [String], failed: Set<String>, outputs: [(id: String, output: DirectiveOutput)],
    keys: [String: ResultKey], memory: RunMemory
  ) {
    allIDs = ids
    failedIDs = failed
    content = Self.content(outputs.map(\.id), keys, allIDs: ids, failed: failed)
    values = memory.values.made(from: content) {
      var values: [String: ResultValue] = [:]
      values.reserveCapacity(outputs.reduce(0) { $0 + $1.output.values.count })
      for (id, output) in outputs {
        for value in output.values { values[id + value.path] = value }
      }
      return values
    }
    for (id, output) in outputs {
      if let dataSet = output.dataSet { dataSets[id] = dataSet }
    }
  }

  private static func content(
    _ ids: [String], _ keys: [String: ResultKey], allIDs: [String], failed: Set<String>
  )
    -> ResultKey?
  {
    var writer = KeyWriter("values")
    writer.add(allIDs)
    writer.add(failed.sorted())
    for id in ids {
      guard let key = keys[id] else { return nil }
      writer.add([id, key.text])
    }
    return writer.finish()
  }

  /// Records a quantity that a sentence asked for, such as `nelm.count(…)`.
  mutating func record(_ path: String, _ value: ResultValue) { recorded[path] = value }

  subscript(path: String) -> ResultValue? { recorded[path] ?? values[path] }

  /// In no order.
  var paths: [String] { values.keys.filter { recorded[$0] == nil } + recorded.keys }

  /// Of all values, those included that sentences asked for; `nil` where that cannot be told.
  var key: ResultKey? {
    content.map { content in
      var writer = KeyWriter("all values")
      writer.add([content.text, Self.json(recorded).compactText])
      return writer.finish()
    }
  }

  /// The value with its interval, as prose prints it.
  func presented(_ path: String) -> PresentedValue? {
    guard let value = self[path] else { return nil }
    switch value.content {
    case .text(let text): return PresentedValue(text: text)
    case .quantity(let quantity):
      guard let level = value.confidenceLevel, let lower = bound(path + ".lower"),
        let upper = bound(path + ".upper")
      else { return PresentedValue(quantity, value.format.kind) }
      let estimate = Estimate(quantity, lower: lower, upper: upper, level: level)
      return PresentedValue(value.isDegenerate ? estimate.withoutWidth : estimate, value.format.kind)
    }
  }

  private func bound(_ path: String) -> Quantity? {
    guard case .quantity(let quantity)? = self[path]?.content else { return nil }
    return quantity
  }

  /// `results.json`: every quantity at 12 significant digits, sorted, one per line, fingerprints under `inputs`.
  ///
  /// - Parameter key: of the inputs; `nil` where that cannot be told.
  func json(inputs: () -> JSONValue, from key: ExactBytes?, memory: RunMemory) -> [UInt8] {
    let key = self.key.flatMap { values in
      key.map { inputs in
        var writer = KeyWriter("results.json")
        writer.add(values.text)
        writer.add(inputs.bytes)
        return writer.exact
      }
    }
    return memory.results.made(from: key) {
      ResultsText.render(values.merging(recorded) { $1 }.mapValues(Self.json), inputs: inputs())
    }
  }

  private static func json(_ values: [String: ResultValue]) -> JSONValue { .object(values.mapValues(json)) }

  private static func json(_ value: ResultValue) -> JSONValue {
    switch value.content {
    case .text(let text): .text(text)
    case .quantity(let quantity): JSONValue(quantity)
    }
  }
}
