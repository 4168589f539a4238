// Whether a directive's tables are printed.

import AnalysisDocument
import Diagnostics

/// The value of `table:`.
enum TableDisplay: Sendable, Equatable {
  case shown, absent
  /// Made for other directives, written as CSV, and not printed.
  case hidden
}

extension OptionKind where Value == TableDisplay {
  static var tableDisplay: Self {
    OptionKind("true, false or hidden", allowed: ["true", "false", "hidden"]) { tree, reader in
      if tree.scalar?.string == "hidden" { return .hidden }
      switch tree.scalar?.string {
      case "true", "yes", "True", "TRUE": return .shown
      case "false", "no", "False", "FALSE": return .absent
      default: return expected("true, false or hidden", at: tree, &reader)
      }
    }
  }
}

extension ResolvedOptions {
  /// Whether a directive makes its tables; a hidden one is made as well.
  subscript(key: OptionKey<TableDisplay>) -> Bool {
    get throws {
      let display: TableDisplay = try self[key]
      return display != .absent
    }
  }

  /// Whether the tables are made for other directives alone.
  public var hidesTables: Bool {
    guard let display: TableDisplay = try? self[CommonOptions.showsTable] else { return false }
    return display == .hidden
  }
}

extension DirectiveOutput {
  /// The same results with no table in print.
  public var hidingTables: DirectiveOutput {
    let blocks = blocks.map { block -> OutputBlock in
      guard case .table(var table, let name) = block else { return block }
      table.isHidden = true
      return .table(table, name: name)
    }
    return DirectiveOutput(blocks: blocks, values: values, warnings: warnings, artifact: artifact)
  }
}
