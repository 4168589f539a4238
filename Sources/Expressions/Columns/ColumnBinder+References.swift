// Columns and function calls.

import DataTables
import Diagnostics

extension ColumnBinder {
  mutating func bindReference(_ reference: Expression.Reference, _ node: Expression.Node) -> BoundExpression?
  {
    if reference.steps.isEmpty { return bindColumn(reference) }
    if let arguments = reference.callArguments {
      return bindCall(reference, arguments, node)
    }
    let name = reference.name.prefix { $0 != "." }
    report(
      .expressionType,
      "'\(words(node))' is the path of a result; only columns of '\(table.name)' are known here",
      at: node.range,
      remedy: table[reference.name] == nil ? "results such as \(name).n belong in sentences and claims" : nil)
    return nil
  }

  private mutating func bindColumn(_ reference: Expression.Reference) -> BoundExpression? {
    guard let column = table[reference.name] else {
      reportUnknownColumn(reference.name, at: reference.nameRange)
      return nil
    }
    switch column.type {
    case .number, .integer: return .number(.column(column.storage))
    case .flag: return .flag(.column(column.storage))
    case .date: return .date(.column(column.storage))
    case .text, .factor:
      return .text(
        BoundText(
          .column(column.storage), levels: column.levels, isOrdered: column.type == .factor,
          column: column.name))
    }
  }

  mutating func reportUnknownColumn(_ name: String, at range: Range<Int>) {
    let remedy: String? =
      switch name {
      case "TRUE", "True": "write true"
      case "FALSE", "False": "write false"
      case "NA", "NaN", "null", "NULL", "None": "write missing; is_missing(x) asks for it"
      default: columnRemedy(name)
      }
    report(.unknownColumn, "no column '\(name)' in '\(table.name)'", at: range, remedy: remedy)
  }

  private func columnRemedy(_ name: String) -> String? {
    let known = table.columnNames + table.unreadColumnNames
    if let near = NearMiss.best(for: name, among: known) {
      return Expression.Reference.isPlainName(near)
        ? "did you mean '\(near)'?" : "did you mean col(\(ResultPath.quoted(near)))?"
    }
    // `small-bowel` reads as a difference, `age at diagnosis` as three words.
    let longer = known.filter { column in
      column.hasPrefix(name + " ") || column.hasPrefix(name + "-") || column.hasPrefix(name + "/")
    }
    if longer.count == 1, let column = longer.first { return "write col(\(ResultPath.quoted(column)))" }
    if ColumnFunction(rawValue: name) != nil { return "the function is written \(name)(…)" }
    guard !known.isEmpty, known.count <= 12 else { return nil }
    return "columns: " + known.joined(separator: ", ")
  }

  private mutating func bindCall(
    _ reference: Expression.Reference, _ arguments: [Expression.Argument], _ node: Expression.Node
  ) -> BoundExpression? {
    if dialect == .formula, reference.name == "I" {
      guard arguments.count == 1, let argument = arguments.first else {
        report(.expressionType, "I() takes 1 argument, here are \(arguments.count)", at: node.range)
        return nil
      }
      return bind(argument.value)
    }
    guard let function = ColumnFunction(name: reference.name, dialect: dialect) else {
      report(
        .unknownFunction, "no function '\(reference.name)'", at: reference.nameRange,
        remedy: unknownFunctionRemedy(reference.name))
      // The arguments may hold faults of their own.
      for argument in arguments where !argument.value.isList { _ = bind(argument.value) }
      return nil
    }
    return bindFunction(function, FunctionCall(function: function, arguments: arguments, node: node))
  }

  private func unknownFunctionRemedy(_ name: String) -> String? {
    if let translated = FunctionCatalog.foreignNames[name] { return "write \(translated)" }
    if table[name] != nil { return "'\(name)' is a column; it is not called" }
    return NearMiss.remedy(for: name, among: FunctionCatalog.all.map(\.name))
      ?? "'meier explain functions' lists them"
  }
}

extension Expression.Node {
  var isList: Bool { if case .list = kind { true } else { false } }
}
