// Which directives run, in which order, on which columns.

import DataTables
import Diagnostics
import Directives
import Expressions

/// The order of a document's directives, and the columns each data set must hold.
struct RunPlan: Sendable {
  /// Ids in the order in which they run.
  let order: [String]
  /// Columns and outcomes used of each data set; `nil` for all of them.
  let demandedColumns: [String: Set<String>?]
  /// Directives that name an id which does not exist.
  let unsound: Set<String>
  /// Ids whose rows sentences and claims ask about, as in `matched.count(age >= 65)`.
  let askedIDs: Set<String>
  let diagnostics: [Diagnostic]

  static func make(_ prepared: PreparedDocument) -> RunPlan {
    var diagnostics: [Diagnostic] = []
    // A directive that could not be prepared has been reported; those that name it need no second message.
    let ids = Set(prepared.directives.map(\.id) + prepared.document.directives.compactMap { $0.id?.string })
    var unsound: Set<String> = []
    let askedIDs = Set(prepared.resultUses.filter(\.asksRows).map(\.id))
    for directive in prepared.directives {
      for reference in directive.options.use.references where !ids.contains(reference.id) {
        unsound.insert(directive.id)
        diagnostics.append(unknown(reference.id, at: reference.range, ids: ids))
      }
    }
    do {
      let nodes = prepared.directives.map { (id: $0.id, needs: $0.options.use.ids) }
      let order = try DependencyOrder.sorted(nodes)
      return RunPlan(
        order: order, demandedColumns: demands(prepared, order), unsound: unsound, askedIDs: askedIDs,
        diagnostics: diagnostics)
    } catch {
      let first = error.ids.first ?? ""
      let place = prepared.directive(first)?.block.header
      let path = (error.ids + [first]).joined(separator: " → ")
      let message = "directives depend on one another in a circle: \(path)"
      diagnostics.append(
        place.map { Diagnostic(.cyclicReference, message, at: $0) } ?? Diagnostic(.cyclicReference, message))
      return RunPlan(
        order: [], demandedColumns: [:], unsound: unsound, askedIDs: askedIDs, diagnostics: diagnostics)
    }
  }

  /// These ids and all that they rest on, and all data sets and what else prose asks about rows, with what those rest on.
  func needed(for ids: Set<String>, in prepared: PreparedDocument) -> Set<String> {
    var needed = ids.union(prepared.directives.filter(\.isDataSet).map(\.id)).union(askedIDs)
    for id in order.reversed() where needed.contains(id) {
      if let directive = prepared.directive(id) { needed.formUnion(directive.options.use.ids) }
    }
    return needed
  }

  private static func unknown(_ id: String, at range: SourceRange, ids: Set<String>) -> Diagnostic {
    let known = ids.filter { !$0.hasPrefix("?") }.sorted()
    return Diagnostic(
      .unknownResult, "no directive with the id '\(id)'", at: range,
      remedy: NearMiss.remedy(for: id, among: known)
        ?? (known.isEmpty ? "the document has no directive yet" : "ids: \(known.joined(separator: ", "))"))
  }

  /// From the last directive to the first, each says which columns of its data set it uses.
  private static func demands(_ prepared: PreparedDocument, _ order: [String]) -> [String: Set<String>?] {
    var demanded: [String: Set<String>?] = [:]
    func demand(_ columns: Set<String>?, of id: String) {
      guard let columns else {
        demanded[id] = .some(nil)
        return
      }
      if let known = demanded[id] {
        demanded[id] = .some(known.map { $0.union(columns) })
      } else {
        demanded[id] = columns
      }
    }
    for use in prepared.resultUses { demand(Set(use.columns.map(\.name)), of: use.id) }
    for id in order.reversed() {
      guard let directive = prepared.directive(id) else { continue }
      if let declaration = try? DataDeclaration(id: id, options: directive.options), directive.isDataSet {
        let own = demanded[id] ?? []
        if let from = declaration.from { demand(declaration.sourceColumns(for: own), of: from.id) }
      } else {
        let columns = names(usedBy: directive, handedOn: demanded[id] ?? [])
        for reference in directive.options.use.ids { demand(columns, of: reference) }
      }
    }
    return demanded
  }

  /// Columns and outcomes that a directive needs of the data sets it names; `nil` for all.
  ///
  /// What others use of a directive that hands its rows on must have been read for it.
  private static func names(usedBy directive: PreparedDirective, handedOn: Set<String>?) -> Set<String>? {
    let use = directive.options.use
    return use.usesAllColumns ? nil : handedOn.map { $0.union(use.columns) }
  }

  /// Columns and outcomes of a data set that any of some analyses uses; `nil` for all.
  func names(of id: String, usedBy directives: [PreparedDirective]) -> Set<String>? {
    var names: Set<String> = []
    for directive in directives where !directive.isDataSet && directive.options.use.ids.contains(id) {
      guard let used = Self.names(usedBy: directive, handedOn: demandedColumns[directive.id] ?? []) else {
        return nil
      }
      names.formUnion(used)
    }
    return names
  }
}

extension PreparedDirective {
  var isDataSet: Bool { specification.name == DataDirective.specification.name }
}

extension PreparedDocument {
  /// Everything that claims, inline values, captions and the abstract rest on.
  var resultUses: [Expression.ResultUse] {
    let fragments = fragments.flatMap { $0.values.compactMap { $0?.expression } }
    let expressions = claims.map(\.expression) + inlineValues.map(\.inline.expression) + fragments
    return expressions.flatMap(\.resultUses)
  }
}
