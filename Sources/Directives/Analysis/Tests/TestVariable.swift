// A variable of a test: a column by its name, whatever it is called, or an expression.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions

/// What an author wrote as a variable; columns win over expressions of the same spelling.
struct TestVariable: Sendable {
  let text: String
  let range: SourceRange
  let expression: Expression?
  /// Why the text is no expression.
  let problem: DiagnosticList?

  /// As result names spell it.
  var name: String { text }

  /// - Throws: unknown columns, or why the text is no expression.
  func column(in dataSet: DataSet, threads: Int) throws -> Column {
    if let column = dataSet.table[text] { return column }
    guard let expression else {
      if let problem { throw problem }
      return try dataSet.column(text, at: range)
    }
    return try expression.column(named: text, in: dataSet.table, metadata: ColumnMetadata(), threads: threads)
      .column
  }
}

extension OptionKind where Value == TestVariable {
  static var variable: Self {
    OptionKind(
      "a column or an expression over columns",
      use: { variable in
        // The text may be the name of a column that reads like a computation.
        var use = OptionUse(columns: Set([variable.text] + (variable.expression?.columnNames ?? [])))
        if variable.expression?.columnNames == [variable.text] {
          use.names = [Expression.NameUse(name: variable.text, range: variable.range)]
        }
        return use
      },
      decode: { tree, reader in
        guard let scalar = tree.scalar, !scalar.isNull else {
          return expected("a column or an expression", at: tree, &reader)
        }
        do throws(DiagnosticList) {
          let expression = try Expression.parse(try scalar.expressionText())
          return TestVariable(
            text: scalar.string, range: scalar.text.range(), expression: expression, problem: nil)
        } catch {
          return TestVariable(
            text: scalar.string, range: scalar.text.range(), expression: nil, problem: error)
        }
      })
  }
}
