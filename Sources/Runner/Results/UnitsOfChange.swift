// Sentences that speak of one unit where the table speaks of several.

import AnalysisDocument
import Diagnostics
import Expressions

/// Coefficients that tables print for a change by several units, because the dictionary says so (`per: 10`).
struct UnitsOfChange {
  /// `c["age"].per(10).hr` by `c["age"].hr`, and likewise their limits.
  private var printed: [String: String] = [:]

  init(_ store: ResultStore) {
    for path in store.paths {
      guard let change = Change(path), change.units != "1" else { continue }
      printed[String(change.before + change.after)] = path
    }
  }

  /// A path taken apart at its `.per(10)`.
  private struct Change {
    let before: Substring
    let units: Substring
    let after: Substring

    init?(_ path: String) {
      let bytes = path.utf8
      guard let close = bytes.lastIndex(of: UInt8(ascii: ")")),
        let open = bytes[..<close].lastIndex(of: UInt8(ascii: "(")),
        bytes[..<open].suffix(4).elementsEqual(".per".utf8)
      else { return nil }
      before = path[..<bytes.index(open, offsetBy: -4)]
      units = path[bytes.index(after: open)..<close]
      after = path[bytes.index(after: close)...]
    }
  }

  /// A warning for each mention that differs from what the table prints. Whether a ratio exceeds 1, or a coefficient 0, is
  /// the same for any number of units.
  func diagnostics(_ expression: Expression) -> [Diagnostic] {
    guard !printed.isEmpty else { return [] }
    return expression.resultMentions.compactMap { mention in
      guard let other = printed[mention.path], let change = Change(other) else { return nil }
      let neutral = mention.path.contains(".coefficient") ? 0.0 : 1.0
      guard mention.comparedWith != neutral else { return nil }
      let own = "\(change.before).per(1)\(change.after)"
      return Diagnostic(
        .warning, .unitOfChange, "'\(mention.path)' is of one unit, the table prints it for \(change.units)",
        at: mention.range, remedy: "write \(other), or \(own) if one unit is meant")
    }
  }
}
