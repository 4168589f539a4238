// Options that refer to other directives, to columns, or hold expressions.

import AnalysisDocument
import Diagnostics
import Expressions
import ModelFormula

/// The id of another directive, where it was typed.
public struct Reference: Sendable {
  /// The id, without `#`.
  public let id: String
  /// Where it stands in the author's file.
  public let range: SourceRange
}

extension OptionKind where Value == Reference {
  /// The id of a directive of this document.
  static func id(_ what: String) -> Self {
    OptionKind(
      what, use: { OptionUse(references: [$0]) },
      decode: { tree, reader in
        guard let scalar = tree.scalar, !scalar.isNull else { return expected(what, at: tree, &reader) }
        return Reference(id: scalar.string, range: scalar.text.range())
      })
  }

  static var dataSet: Self { id("the id of a data set") }

  /// A data set of which every column may be needed.
  static var wholeDataSet: Self {
    OptionKind(
      "the id of a data set", use: { OptionUse(references: [$0], usesAllColumns: true) },
      decode: { tree, reader in dataSet.decode(tree, &reader) })
  }
}

/// The name of a column, where it was typed.
struct ColumnName: Sendable {
  let name: String
  let range: SourceRange

  var use: Expression.NameUse { Expression.NameUse(name: name, range: range) }
}

extension OptionKind where Value == ColumnName {
  static var column: Self {
    OptionKind(
      "the name of a column", use: { OptionUse(names: [$0.use]) },
      decode: { tree, reader in
        guard let scalar = tree.scalar, !scalar.isNull else {
          return expected("the name of a column", at: tree, &reader)
        }
        return ColumnName(name: scalar.string, range: scalar.text.range())
      })
  }
}

extension OptionKind where Value == Expression {
  /// An expression over the columns of the directive's data set.
  static var expression: Self {
    OptionKind(
      "an expression over columns", use: { OptionUse(names: $0.columnUses) },
      decode: { tree, reader in
        guard let scalar = tree.scalar, !scalar.isNull else {
          return expected("an expression", at: tree, &reader)
        }
        return reader.reading { () throws(DiagnosticList) in try Expression.parse(try scalar.expressionText())
        }
      })
  }
}

extension OptionKind where Value == Formula {
  /// A model formula in R's grammar.
  static var formula: Self {
    OptionKind(
      "a formula such as os ~ age + sex",
      use: { OptionUse(names: $0.columnUses, usesAllColumns: $0.mentionsEverything) },
      decode: { tree, reader in
        guard let scalar = tree.scalar, !scalar.isNull else {
          return expected("a formula", at: tree, &reader)
        }
        return reader.reading { () throws(DiagnosticList) in try Formula.parse(try scalar.formulaText()) }
      })
  }
}

/// A name with a value, in the order of the document.
struct Named<Value: Sendable>: Sendable {
  let name: SourceText
  let value: Value

  var string: String { name.string }
}

extension OptionKind {
  /// A mapping of names to such values, in the order of the document.
  public var mapping: OptionKind<[Named<Value>]> { mapping(naming: nil) }

  /// - Parameter role: what the names become, with its article, where they must be identifiers; else they are free.
  public func mapping(naming role: String?) -> OptionKind<[Named<Value>]> {
    OptionKind<[Named<Value>]>(
      "names, each with \(description)",
      use: { $0.reduce(into: OptionUse()) { $0.formUnion(use($1.value)) } },
      decode: { tree, reader in
        guard let mapping = tree.mapping else {
          return OptionKind<[Named<Value>]>.expected(
            "names, each with \(description)", at: tree, &reader,
            remedy: "write 'name: value' lines indented below, or {name: value}")
        }
        return mapping.entries.compactMap { entry in
          if let role, let problem = Identifier.problem(entry.key, as: role) { reader.report(problem) }
          return decode(entry.value, &reader).map { Named(name: entry.key, value: $0) }
        }
      })
  }

  /// The same kind without what it refers to: for names that belong to another directive's columns.
  func ignoringUse() -> OptionKind<Value> {
    OptionKind(description, allowed: allowed, decode: decode)
  }
}
