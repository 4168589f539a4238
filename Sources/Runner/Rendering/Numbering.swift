// Table 1, Figure 2: the numbers of everything that can be referred to.

import AnalysisDocument
import Directives

/// Numbers of tables and figures, by the position of their directive in the text.
public struct Numbering: Sendable {
  /// `tbl-os`, `fig-os`, `tbl-os-name` → number.
  private var numbers: [String: String] = [:]
  private var tables = 0
  private var figures = 0

  public init() {}

  /// Gives the directive's tables and figures the next numbers. Call in document order.
  public mutating func add(id: String, blocks: [OutputBlock]) {
    for block in blocks {
      switch block {
      case .table(let table, _) where table.isHidden: continue
      case .table(_, let name):
        tables += 1
        numbers[Self.key(.table, id, name)] = String(tables)
      case .figure(_, let name, _):
        figures += 1
        numbers[Self.key(.figure, id, name)] = String(figures)
      case .paragraph: continue
      }
    }
  }

  public func number(_ kind: CrossReference.Kind, id: String, name: String? = nil) -> String? {
    numbers[Self.key(kind, id, name)]
  }

  /// The number of what `@tbl-target` names.
  public func number(_ kind: CrossReference.Kind, target: String) -> String? {
    numbers[kind.rawValue + "-" + target]
  }

  /// All targets of a kind, for near misses.
  public func targets(_ kind: CrossReference.Kind) -> [String] {
    let prefix = kind.rawValue + "-"
    return numbers.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
  }

  static func key(_ kind: CrossReference.Kind, _ id: String, _ name: String?) -> String {
    kind.rawValue + "-" + id + (name.map { "-" + $0 } ?? "")
  }
}
