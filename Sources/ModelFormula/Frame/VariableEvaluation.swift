// Formula variables computed from the columns of a table.

import DataTables
import Diagnostics
import Expressions

/// Evaluates variables one by one and collects what is wrong with any of them.
struct VariableEvaluation {
  let table: DataTable
  let threads: Int
  /// Whether new rows are looked at, which need no clusters and may do without strata.
  let isForPrediction: Bool
  private(set) var diagnostics: [Diagnostic] = []

  init(table: DataTable, threads: Int, isForPrediction: Bool = false) {
    self.table = table
    self.threads = threads
    self.isForPrediction = isForPrediction
  }

  mutating func content(of variable: FormulaVariable) -> VariableContent? {
    if isForPrediction, let expression = variable.expressions.first(where: { $0.aggregateCall != nil }),
      let range = expression.aggregateCall
    {
      diagnostics.append(
        Diagnostic(
          .error, .expressionType, "'\(variable.text)' would take another value on new rows",
          at: expression.source.range(range),
          remedy: "derive a column in the data set, or write the number itself"))
      return nil
    }
    switch variable.form {
    case .column(let name):
      // A column is taken as it is, without a copy.
      if let column = table[name] { return .column(column) }
      let expression = Expression(
        source: variable.source,
        root: Expression.Node(
          .reference(Expression.Reference(name: name, nameRange: variable.range, isQuoted: true)),
          variable.range),
        dialect: .formula)
      return column(expression).map { .column($0) }
    case .expression(let expression): return column(expression).map { .column($0) }
    case .factor(let call): return factor(call)
    case .basis(let call):
      return numeric(call.column, for: call.function).map { .basis($0, call) }
    case .ridge(let call):
      let columns = call.columns.map { numeric($0, for: "ridge") }
      guard columns.allSatisfy({ $0 != nil }) else { return nil }
      return .ridge(columns.compactMap(\.self), call)
    case .cluster where isForPrediction: return .groups([])
    case .strata where isForPrediction && variable.columnUses.contains(where: { table[$0.name] == nil }):
      return .groups([])
    case .strata(let expressions):
      let columns = expressions.map { column($0) }
      guard columns.allSatisfy({ $0 != nil }) else { return nil }
      return .groups(columns.compactMap(\.self))
    case .cluster(let expression): return column(expression).map { .groups([$0]) }
    case .offset(let expression): return numeric(expression, for: "offset").map { .column($0) }
    }
  }

  private mutating func column(_ expression: Expression) -> Column? {
    if case .reference(let reference) = expression.root.kind, reference.steps.isEmpty,
      let column = table[reference.name]
    {
      return column
    }
    do throws(DiagnosticList) {
      let text = RText.text(expression.root)
      let derived = try expression.column(named: text, in: table, threads: threads)
      if derived.undefinedCount > 0 {
        diagnostics.append(
          Diagnostic(
            .warning, .invalidArgument,
            "'\(text)' has no value in \(derived.undefinedCount) rows although its columns have one; "
              + "they count as missing",
            at: expression.source.range(expression.root.range),
            remedy: "a logarithm needs positive values, a division a divisor other than 0"))
      }
      return derived.column
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }

  private mutating func numeric(_ expression: Expression, for function: String) -> Column? {
    guard let column = column(expression) else { return nil }
    if !column.type.hasLevels { return column }
    diagnostics.append(
      Diagnostic(
        .error, .expressionType, "'\(column.name)' is text, \(function)() needs a number",
        at: expression.source.range(expression.root.range)))
    return nil
  }

  /// The column after all calls, from the innermost to the outermost.
  private mutating func factor(_ call: FactorCall) -> VariableContent? {
    var found = column(call.column)
    for step in call.inner {
      guard let column = found, case .factor(let next, _)? = factor(column, step) else { return nil }
      found = next
    }
    return found.flatMap { factor($0, call) }
  }

  /// The column with the levels, labels and reference the call asks for.
  private mutating func factor(_ column: Column, _ call: FactorCall) -> VariableContent? {
    let column = column.asLevels()
    var levels = column.levels
    var codes = column.factorCodes()
    if let wanted = call.levels {
      if let unknown = wanted.first(where: { !levels.contains($0) }), !levels.isEmpty,
        wanted.allSatisfy({ !levels.contains($0) })
      {
        report(
          .unknownLevel, "'\(column.name)' has no level '\(unknown)'", call.column, call.levelsRange,
          NearMiss.remedy(for: unknown, among: levels))
        return nil
      }
      let places = LevelPositions(wanted)
      let positions = levels.map { Int32(truncatingIfNeeded: places[$0] ?? -1) }
      codes = codes.map { $0 >= 0 && Int($0) < positions.count ? positions[Int($0)] : -1 }
      levels = wanted
    }
    if let labels = call.labels {
      guard labels.count == levels.count else {
        report(
          .expressionType, "'\(column.name)' has \(levels.count) levels, here are \(labels.count) labels",
          call.column,
          nil, "name the levels too: levels = c(…)")
        return nil
      }
      // Levels with one label become one level.
      let distinct = labels.enumerated().filter { labels.firstIndex(of: $0.element) == $0.offset }.map(
        \.element)
      let positions = labels.map { label in Int32(truncatingIfNeeded: distinct.firstIndex(of: label) ?? -1) }
      codes = codes.map { $0 >= 0 && Int($0) < positions.count ? positions[Int($0)] : -1 }
      levels = distinct
    }
    var metadata = column.metadata
    // Levels given in an order begin with the reference, whatever rule the document follows.
    if call.levels != nil || call.labels != nil {
      metadata.reference = call.levels == nil ? nil : levels.first
    }
    if let named = call.reference {
      let reference = levels.contains(named) ? named : metadata.label(ofCode: named) ?? named
      guard levels.contains(reference) else {
        report(
          .unknownLevel, "'\(column.name)' has no level '\(reference)'", call.column, call.referenceRange,
          NearMiss.remedy(for: reference, among: levels))
        return nil
      }
      metadata.reference = reference
    }
    return .factor(Column(name: column.name, codes: codes, levels: levels, metadata: metadata), call)
  }

  private mutating func report(
    _ code: DiagnosticCode, _ message: String, _ expression: Expression, _ range: Range<Int>?,
    _ remedy: String?
  ) {
    diagnostics.append(
      Diagnostic(
        .error, code, message, at: expression.source.range(range ?? expression.root.range), remedy: remedy))
  }
}
