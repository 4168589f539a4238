// Terms, codings and rows put together.

import DataTables
import Diagnostics
import Expressions
import NumericalMethods

extension ModelFrame {
  /// The design matrix of some rows: levels that none of them has are dropped, the rest is coded by R's
  /// rules.
  ///
  /// - Throws: bases that cannot be made of the data, and designs of too many columns.
  public func design(
    rows: [Int32], options: DesignOptions = DesignOptions()
  ) throws(DiagnosticList) -> DesignMatrix {
    let schema = try schema(rows: rows, options: options)
    return try DesignBuilder(frame: self, schema: schema, rows: rows).design()
  }

  /// The design matrix of all complete rows.
  public func design(options: DesignOptions = DesignOptions()) throws(DiagnosticList) -> DesignMatrix {
    var rows: [Int32] = []
    for (row, isComplete) in isComplete().enumerated() where isComplete {
      rows.append(Int32(truncatingIfNeeded: row))
    }
    return try design(rows: rows, options: options)
  }
}

extension ModelSchema {
  /// The variables on the rows of another table: for `design(of:)`, its offset and its strata. Clusters are
  /// left out, and strata where the table does not have them.
  public func frame(for table: DataTable, threads: Int = 1) throws(DiagnosticList) -> ModelFrame {
    try ModelFrame(terms, in: table, threads: threads, isForPrediction: true)
  }

  /// The same columns for every row of a frame made by `frame(for:)`; NaN where a variable is missing.
  ///
  /// - Throws: levels that the fit has not seen (`unknown-level`), texts where the fit had numbers.
  public func design(of frame: ModelFrame) throws(DiagnosticList) -> DesignMatrix {
    let rows = (0..<frame.table.rowCount).map { Int32(truncatingIfNeeded: $0) }
    return try DesignBuilder(frame: frame, schema: self, rows: rows).design()
  }

  /// The same columns for every row of another table.
  public func design(for table: DataTable, threads: Int = 1) throws(DiagnosticList) -> DesignMatrix {
    try design(of: frame(for: table, threads: threads))
  }
}

struct DesignBuilder: Sendable {
  let frame: ModelFrame
  let schema: ModelSchema
  let rows: [Int32]

  private var terms: FormulaTerms { schema.terms }

  func design() throws(DiagnosticList) -> DesignMatrix {
    var columns: [DesignColumn] = []
    let isIntercept = schema.options.intercept == .asWritten && terms.hasIntercept
    if isIntercept {
      let origin = ColumnOrigin(term: nil, termText: "(Intercept)", parts: [])
      columns.append(DesignColumn(name: "(Intercept)", origin: origin, values: Self.ones(rows.count)))
    }
    let coding = TermCoding(schema)
    try checkSize(coding)
    let factors = try factorCodes()
    let products = Parallel.map(chunks: terms.terms.count, threads: frame.threads) { index -> [Piece] in
      let term = terms.terms[index]
      guard !isStrata(term) else { return [] }
      return Self.product(
        term.variables.map { variable in
          block(variable, full: coding.isFull(term: index, variable: variable), factors)
        })
    }
    var designTerms: [DesignTerm] = []
    for (index, term) in terms.terms.enumerated() {
      let first = columns.count
      let isStrata = isStrata(term)
      for product in products[index] {
        columns.append(
          DesignColumn(
            name: product.name,
            origin: ColumnOrigin(term: index, termText: term.text, parts: product.parts),
            values: product.values))
      }
      designTerms.append(designTerm(term, first..<columns.count, isStrata))
    }
    return DesignMatrix(
      rowCount: rows.count, columns: columns, terms: designTerms, hasIntercept: isIntercept, schema: schema,
      diagnostics: designTerms.compactMap(Self.warning))
  }

  private static func ones(_ count: Int) -> DesignValues {
    count < 4096
      ? .dense(Array(repeating: 1, count: count)) : .few(codes: Array(repeating: 0, count: count), table: [1])
  }

  private func isStrata(_ term: FormulaTerms.Term) -> Bool {
    term.variables.count == 1 && terms.isStratum(term.variables[0])
  }

  private static func warning(_ term: DesignTerm) -> Diagnostic? {
    guard term.columns.isEmpty, !term.isStrata else { return nil }
    return Diagnostic(
      .warning, .constantColumn,
      "'\(term.text)' does not vary among the rows used and is left out of the model",
      at: term.range)
  }

  private func designTerm(_ term: FormulaTerms.Term, _ columns: Range<Int>, _ isStrata: Bool) -> DesignTerm {
    var names: [String] = []
    for name in term.variables.flatMap({ terms.variables[$0].columnUses.map(\.name) })
    where !names.contains(name) {
      names.append(name)
    }
    return DesignTerm(
      text: term.text, columnNames: names, columns: columns, degree: term.degree,
      variables: term.variables, nonlinearColumns: nonlinear(term, columns),
      linearCombination: linearCombination(term, columns), isStrata: isStrata, penalty: penalty(term),
      range: terms.source.range(term.range))
  }

  private func nonlinear(_ term: FormulaTerms.Term, _ columns: Range<Int>) -> Range<Int>? {
    guard term.variables.count == 1, columns.count > 1,
      case .basis(let basis)? = schema.codings[term.variables[0]],
      basis.function == "rcs" || basis.function == "poly"
    else { return nil }
    return columns.dropFirst()
  }

  private func linearCombination(_ term: FormulaTerms.Term, _ columns: Range<Int>) -> [Double]? {
    guard term.variables.count == 1, columns.count > 1, penalty(term) == nil,
      case .basis(let basis)? = schema.codings[term.variables[0]]
    else { return nil }
    return basis.linearCombination
  }

  private func penalty(_ term: FormulaTerms.Term) -> TermPenalty? {
    guard let index = term.variables.first, term.variables.count == 1 else { return nil }
    switch terms.variables[index].form {
    case .ridge(let call): return .ridge(call)
    case .basis(let call):
      guard case .penalisedSpline(let spline) = call.kind, case .basis(let basis)? = schema.codings[index]
      else {
        return nil
      }
      return .penalisedSpline(spline, penalty: Self.secondDifferences(basis.columnCount + 1), basis: basis)
    default: return nil
    }
  }

  /// D'D of the second differences of `count` coefficients, without the first row and column.
  private static func secondDifferences(_ count: Int) -> [Double] {
    let differences = (0..<max(count - 2, 0)).map { row in
      (0..<count).map { $0 == row || $0 == row + 2 ? 1.0 : $0 == row + 1 ? -2.0 : 0.0 }
    }
    return (1..<count).flatMap { column in
      (1..<count).map { row in differences.reduce(0) { $0 + $1[row] * $1[column] } }
    }
  }

  private func checkSize(_ coding: TermCoding) throws(DiagnosticList) {
    var count = 0
    for (index, term) in terms.terms.enumerated() {
      var width = 1
      for variable in term.variables {
        let one = coding.columnCount(variable, full: coding.isFull(term: index, variable: variable))
        width =
          width.multipliedReportingOverflow(by: max(one, 1)).overflow ? Int.max / 2 : width * max(one, 1)
        width = min(width, Int.max / 4)
      }
      count = min(count + width, Int.max / 4)
      if count > schema.options.maximumColumnCount {
        throw DiagnosticList([
          Diagnostic(
            .error, .invalidArgument,
            "'\(term.text)' brings the model to more than \(schema.options.maximumColumnCount) columns",
            at: terms.source.range(term.range),
            remedy: "a column with so many levels identifies rows; leave it out")
        ])
      }
    }
  }
}
