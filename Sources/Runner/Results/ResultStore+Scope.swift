// The results as expressions in sentences and claims see them.

import DataTables
import Directives
import Expressions
import Presentation

extension ResultStore: ResultScope {
  func value(of path: ResultPath) -> ResultLookup {
    if let value = self[path.text] { return .value(value.scoped) }
    return failedIDs.contains(path.id) ? .unavailable : .unknown
  }

  func table(_ id: String) -> DataTable? { dataSets[id]?.table }

  var ids: [String] { allIDs }

  func paths(of id: String) -> [String] {
    paths.filter { key in
      guard key.hasPrefix(id) else { return false }
      let next = key.dropFirst(id.count).first
      return next == nil || next == "." || next == "["
    }.sorted()
  }
}

extension ScopedValue {
  /// The value as prose prints it.
  var presented: PresentedValue {
    let valueKind = kind.flatMap(ValueKind.init(rawValue:))
    switch value {
    case .number(let number): return PresentedValue(Quantity(number), valueKind ?? .number)
    case .count(let count): return PresentedValue(Quantity(count), valueKind ?? .count)
    case .text(let text): return PresentedValue(text: text)
    case .flag(let flag): return PresentedValue(text: flag ? "true" : "false")
    case .date(let days): return PresentedValue(Quantity(Int(days)), .date)
    case .notReached: return PresentedValue(.notReached, valueKind ?? .number)
    case .notEstimable: return PresentedValue(.notEstimable, valueKind ?? .number)
    case .withheld: return PresentedValue(.withheld, valueKind ?? .number)
    case .missing: return PresentedValue(.missing, valueKind ?? .number)
    }
  }

  /// The value as `results.json` records it.
  var resultContent: ResultValue.Content {
    switch presented.content {
    case .quantity(let quantity): .quantity(quantity)
    case .estimate(let estimate): .quantity(estimate.value)
    case .text(let text): .text(text)
    }
  }
}
