// Table 1, Figure 2: the numbers of everything that can be referred to.

import AnalysisDocument
import Directives

/// Numbers of tables and figures, by the position of their directive in the text.
public struct Numbering: Sendable {
  /// `tbl-os`, `fig-os`, `tbl-os-name` → number.
  private var numbers: [String: String] = [:]
  private var tables = Counter()
  private var figures = Counter()

  /// Supplementary tables and figures are counted apart: S1, S2, …
  private struct Counter {
    private var main = 0
    private var supplementary = 0

    mutating func next(isSupplementary: Bool) -> String {
      if isSupplementary {
        supplementary += 1
        return "S\(supplementary)"
      }
      main += 1
      return String(main)
    }
  }

  /// Nothing is numbered yet: the first table is 1, the first supplementary one S1.
  public init() {}

  /// Gives the directive's tables and figures the next numbers. Call in document order.
  public mutating func add(id: String, blocks: [OutputBlock], isSupplementary: Bool = false) {
    for block in blocks {
      switch block {
      case .table(let table, _) where table.isHidden: continue
      case .table(_, let name):
        numbers[Self.key(.table, id, name)] = tables.next(isSupplementary: isSupplementary)
      case .figure(_, let name, _):
        numbers[Self.key(.figure, id, name)] = figures.next(isSupplementary: isSupplementary)
      case .paragraph: continue
      }
    }
  }

  /// The number of a directive's table or figure, as printed ("2", "S1"); `name` for a further one. `nil`
  /// where there is none.
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
