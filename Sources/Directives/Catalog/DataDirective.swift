// `{data}`: where the rows come from, what they are called, and which of them are analysed.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions
import ModelFormula
import Presentation

/// Reads a file or takes rows from another data set, derives columns and declares outcomes; the plan treats
/// it apart, because it runs on the columns that others use of it.
public enum DataDirective: Directive {
  static let source = OptionKey(
    optional: "source", .text,
    "the data file, relative to the document: CSV or TSV, also compressed with gzip")
  static let from = OptionKey(
    optional: "from", .dataSet, "another data set of the document, instead of a file")
  static let condition = OptionKey(
    optional: "where", .expression, "rows to keep; rows for which it is missing are left out and counted")
  static let derive = OptionKey(
    "derive", OptionKind<Expression>.expression.ignoringUse().mapping(naming: "a derived column"),
    default: [],
    shown: "none",
    "new columns, computed in the order given; names are lower-case letters, digits and `_`")
  static let outcomes = OptionKey(
    "outcomes", OptionKind<SurvivalSyntax>.outcome.mapping, default: [], shown: "none",
    "names for `Surv(time, event)`, to stand on the left of formulas")
  static let dictionary = OptionKey(
    "dictionary", OptionKind<ColumnMetadata>.columnMetadata.mapping, default: [], shown: "none",
    "of columns: label, unit, levels (in order, the first is the reference), reference, missing codes, digits printed, and "
      + "`per`, the change that regression tables print ratios for (10 for \"per 10 years\")")
  static let types = OptionKey(
    "types", OptionKind<DeclaredType>.choice().mapping, default: [], shown: "inferred",
    "declared types of columns, where inference would guess otherwise")
  static let missing = OptionKey(
    "missing", OptionKind<String>.text.list, default: ["", "NA"], shown: "empty cells and NA",
    "cells that mean a missing value, in every column")
  static let delimiter = OptionKey(
    optional: "delimiter", OptionKind<DelimiterOption>.choice(), "what separates the cells")
  static let decimalMark = OptionKey(
    optional: "decimal-mark", OptionKind<DecimalMarkOption>.choice(), "the decimal mark")

  enum DelimiterOption: String, CaseIterable, Sendable { case comma, semicolon, tab, pipe }
  enum DecimalMarkOption: String, CaseIterable, Sendable { case point, comma }

  public static let specification = DirectiveSpecification(
    name: "data",
    summary: "Names a data set: its file, rows, derived columns, labels and outcomes.",
    details: """
      A data set is read from a file (`source`) or taken from another data set (`from`). `derive` adds columns, then `where` \
      keeps rows; both see the columns of the data set before and those derived so far. Rows for which the condition is \
      missing are left out and counted. Only the columns that the document uses are kept.

      The line printed under the directive holds a fingerprint of those columns: it does not depend on the order of the \
      rows or on columns that nothing uses, and it changes whenever a value does.
      """,
    options: [
      source.specification, from.specification, condition.specification, derive.specification,
      outcomes.specification, dictionary.specification, types.specification, missing.specification,
      delimiter.specification, decimalMark.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows of the data set"),
      ResultSpecification("ID.excluded", "rows that `where` left out"),
      ResultSpecification("ID.undecided", "rows among these for which the condition was missing"),
      ResultSpecification("ID.count(condition)", "rows that meet the condition"),
      ResultSpecification(
        "ID.percent(condition)", "the same in per cent of the rows for which it is not missing"),
      ResultSpecification("ID.missing(x)", "rows without a value"),
      ResultSpecification(
        "ID.mean(x)",
        "also `sd`, `median`, `min`, `max`, `sum`, `quantile(x, p)`: of the rows that have a value"),
    ],
    example: """
      source: ../data/nelm.csv
      where: age >= 18
      derive:
        elderly: age >= 70
      outcomes:
        os: Surv(os_months, died == 1)
      """,
    reportsSelection: true)

  public static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let declaration = try DataDeclaration(id: context.id, options: options)
    let needed = declaration.sourceColumns(for: context.demandedColumns)
    var warnings: [Diagnostic] = []
    var table: DataTable
    var outcomes: [String: SurvivalSyntax] = [:]
    var steps: [DataSet.Step] = []
    var derivedNames: [String] = []
    switch (try options[source], declaration.from) {
    case (let path?, nil):
      let reading = try read(path, needed: needed, declaration, options, context)
      table = reading.table
      warnings += reading.diagnostics
    case (nil, let from?):
      let parent = try context.dataSet(from.id, at: from.range)
      table = parent.table.named(context.id)
      outcomes = parent.outcomes
      steps = parent.steps
      derivedNames = parent.derivedNames
    case (nil, nil):
      throw Diagnostic(
        .missingOption, "'data' needs 'source' or 'from'", at: options.block,
        remedy: "add 'source: file.csv' or 'from: ID'")
    case (_?, _?):
      throw Diagnostic(
        .invalidOption, "'source' and 'from' exclude one another", at: options.range(from),
        remedy: "remove one of them")
    }
    let unknown = declaration.unknownColumns(in: table, derivedBefore: derivedNames)
    if !unknown.isEmpty { throw DiagnosticList(unknown) }
    table = try derived(declaration, table, context, &warnings)
    let before = table.rowCount
    var undecided = 0
    if let condition = declaration.condition {
      let selection = try condition.select(from: table, threads: context.threads)
      undecided = selection.missingCount
      table = table.filtered(mask: selection.mask)
    }
    if table.rowCount == 0 {
      warnings.append(
        Diagnostic(
          .warning, .noRows, "'\(context.id)' has no rows",
          at: declaration.condition?.source.range() ?? options.block,
          remedy: declaration.condition == nil ? "the file has a header only" : "no row meets the condition"))
    }
    for outcome in declaration.outcomes {
      outcomes[outcome.string] = outcome.value
      warnings += SurvivalTimes.eventlessWarnings(outcome.value)
    }
    steps.append(
      DataSet.Step(
        id: context.id, rowCount: table.rowCount, excluded: before - table.rowCount, undecided: undecided,
        condition: declaration.condition?.source.string))
    derivedNames += declaration.derived.map(\.string).filter { !derivedNames.contains($0) }
    let dataSet = DataSet(
      id: context.id, table: table, outcomes: outcomes, steps: steps, derivedNames: derivedNames)
    return output(dataSet, used: needed, demanded: context.demandedColumns, warnings, context)
  }

  private static func read(
    _ path: String, needed: Set<String>?, _ declaration: DataDeclaration, _ options: ResolvedOptions,
    _ context: DirectiveContext
  ) throws -> DataReading {
    var csv = CSVOptions()
    csv.missingCodes = try options[missing]
    for type in try options[types] { csv.types[type.string] = type.value }
    for entry in declaration.described { csv.dictionary[entry.string] = entry.value }
    csv.delimiter = try options[delimiter].map {
      switch $0 {
      case .comma: .comma
      case .semicolon: .semicolon
      case .tab: .tab
      case .pipe: .pipe
      }
    }
    csv.decimalMark = try options[decimalMark].map { $0 == .point ? .point : .comma }
    let file = try context.files.open(path, name: context.id, options: csv, at: options.range(source))
    let names = try file.columnNames()
    let known = Set(names + declaration.derived.map(\.string))
    var problems: [Diagnostic] = []
    for entry in declaration.described.map(\.name) + (try options[types]).map(\.name)
    where !known.contains(entry.string) {
      problems.append(
        Diagnostic(
          .unknownColumn, "no column '\(entry.string)' in '\(path)'", at: entry.range(),
          remedy: NearMiss.remedy(for: entry.string, among: names)))
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    if let extent = file.extent(columns: needed), let available = context.availableMemory {
      let directives = context.requests.values.map { $0.type.specification.name }
      try MemoryNeed(extent, directives: directives).check(
        against: available, path, at: options.range(source))
    }
    return try context.part("read", of: path) {
      try file.read(columns: needed, threads: context.threads) { context.observer.advanced(to: $0) }
    }
  }

  private static func derived(
    _ declaration: DataDeclaration, _ table: DataTable, _ context: DirectiveContext,
    _ warnings: inout [Diagnostic]
  ) throws -> DataTable {
    var table = table
    let described = Dictionary(declaration.described.map { ($0.string, $0.value) }) { first, _ in first }
    var problems: [Diagnostic] = []
    let demanded = declaration.sourceColumns(for: context.demandedColumns)
    for entry in declaration.derived {
      // A column that nothing uses is checked but not computed.
      if let needed = context.demandedColumns, !isUsed(entry.string, needed, declaration), demanded != nil {
        continue
      }
      do {
        let result = try entry.value.column(
          named: entry.string, in: table, metadata: described[entry.string] ?? ColumnMetadata(),
          threads: context.threads)
        let place = entry.value.source.range()
        let column = try described[entry.string].map { try result.column.declared($0, at: place) }
        table = try table.adding(column ?? result.column)
        if result.undefinedCount > 0 {
          warnings.append(
            Diagnostic(
              .warning, .invalidArgument,
              "'\(entry.string)' has no value in \(result.undefinedCount) rows although its columns have one",
              at: entry.value.source.range(),
              remedy: "write if(condition, value, missing) if that is meant"))
        }
      } catch let list as DiagnosticList {
        problems += list.diagnostics
      } catch let diagnostic as Diagnostic {
        problems.append(diagnostic)
      }
    }
    // The dictionary of a data set taken from another one describes columns that are already there.
    if declaration.from != nil {
      for entry in declaration.described
      where !declaration.derived.contains(where: { $0.string == entry.string }) {
        if let column = table[entry.string] {
          table = try table.adding(try column.declared(entry.value, at: entry.name.range()))
        }
      }
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    return table
  }

  /// Whether anything uses a derived column: an analysis, the condition, an outcome, or a later derivation in use.
  private static func isUsed(_ name: String, _ demanded: Set<String>, _ declaration: DataDeclaration) -> Bool
  {
    if demanded.contains(name) || declaration.condition?.columnNames.contains(name) == true { return true }
    if declaration.outcomes.contains(where: {
      demanded.contains($0.string) && $0.value.columnUses.contains { $0.name == name }
    }) {
      return true
    }
    guard let position = declaration.derived.firstIndex(where: { $0.string == name }) else { return false }
    return declaration.derived[(position + 1)...].contains {
      $0.value.columnNames.contains(name) && isUsed($0.string, demanded, declaration)
    }
  }

  private static func output(
    _ dataSet: DataSet, used: Set<String>?, demanded: Set<String>?, _ warnings: [Diagnostic],
    _ context: DirectiveContext
  ) -> DirectiveOutput {
    let table = dataSet.table
    let ownNames = Set(dataSet.outcomes.values.flatMap { $0.columnUses.map(\.name) }).union(
      demanded ?? Set(table.columnNames))
    let kept = table.selecting(ownNames.union(used ?? []))
    let fingerprint = context.part("fingerprint") { Fingerprint(kept, threads: context.threads) }
    let style = context.style
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var text = "*Data `\(dataSet.id)`: \(count(table.rowCount)) rows"
    if let step = dataSet.steps.last, step.condition != nil {
      text += " of \(count(step.rowCount + step.excluded))"
      if step.undecided > 0 { text += " (\(count(step.undecided)) of those left out for a missing value)" }
    }
    text +=
      ", \(kept.columns.count) column\(kept.columns.count == 1 ? "" : "s") used, fingerprint \(fingerprint.short).*"
    var values = ResultValues()
    values.add(".n", count: table.rowCount)
    if let step = dataSet.steps.last {
      values.add(".excluded", count: step.excluded)
      values.add(".undecided", count: step.undecided)
    }
    values.addText(".fingerprint", fingerprint.full)
    return DirectiveOutput(
      blocks: [.paragraph(text)], values: values.values, warnings: warnings, artifact: dataSet)
  }
}
