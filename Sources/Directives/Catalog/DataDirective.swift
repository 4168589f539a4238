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
    "of columns: label, unit, levels (in order, the first is the reference; `levels: {1: men, 2: women}` names codes, and "
      + "so does `labels`), reference, missing codes, digits printed, and `per`, the change that regression tables print ratios for (10 for \"per 10 years\")"
  )
  static let types = OptionKey(
    "types", OptionKind<DeclaredType>.choice().mapping, default: [], shown: "inferred",
    "declared types of columns, where inference would guess otherwise")
  static let dates = OptionKey(
    "dates", OptionKind<DateFormat>.choice().mapping, default: [], shown: "YYYY-MM-DD",
    "how the days of columns are written, where not as YYYY-MM-DD: `dates: {seen: DD.MM.YYYY}`")
  static let missing = OptionKey(
    "missing", OptionKind<String>.text.list, default: ["", "NA"], shown: "empty cells and NA",
    "cells that mean a missing value, in every column")
  static let delimiter = OptionKey(
    optional: "delimiter", OptionKind<DelimiterOption>.choice(), "what separates the cells")
  static let decimalMark = OptionKey(
    optional: "decimal-mark", OptionKind<DecimalMarkOption>.choice(), "the decimal mark")

  static let key = OptionKey(
    "key", OptionKind<ColumnName>.column.list.ignoringUse(), default: [], shown: "none",
    "the column, or columns, that tell the rows apart; a value that repeats or is missing is an error")
  static let patient = OptionKey(
    optional: "id", OptionKind<ColumnName>.column.ignoringUse(),
    "the column that tells patients apart where one may have several rows: every analysis of the data set counts patients by it"
  )
  static let split = OptionKey(
    optional: "split", .followUpSplit,
    "cuts the follow-up of an outcome at times, so that effects can change with time")

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

      Codes get words by `levels: {1: placebo, 2: drug}` (or `labels`, beside a list of levels): tables print the words, result \
      names use them, and conditions may use either. Days written otherwise \
      than YYYY-MM-DD need their format under `dates`, or `date(x, "DD.MM.YYYY")` where they are derived.

      `id: patient` says whose rows they are. Where some patients have several, analyses of these data and of those taken from \
      them count patients, join follow-up that goes on in the next row, and warn where they take the rows of one patient for \
      different patients. `key` asserts something else, that rows do not repeat: `key: patient` holds them to one for each patient, \
      `id: patient` with `key: [patient, visit]` to one for each visit.

      `split: {outcome: os, at: [90, 180]}` comes last, after `where`. Each row becomes one for each interval that its follow-up \
      reaches, in the columns `os_start`, `os_stop`, `os_event` and `interval`, and `os` becomes \
      `Surv(os_start, os_stop, os_event)`; an analysis of unchanged effects gives what it gave before. Effects that differ by \
      interval are `os ~ age + sex:interval`. `at: transplant_day` cuts each row at a time of its own, for a treatment that \
      begins during follow-up. Other outcomes are not known in the split data, whose rows stand for patients several times.
      """,
    options: [
      source.specification, from.specification, condition.specification, derive.specification,
      outcomes.specification, dictionary.specification, types.specification, missing.specification,
      delimiter.specification, decimalMark.specification, dates.specification, key.specification,
      patient.specification,
      split.specification,
    ],
    results: [
      ResultSpecification("ID.n", "rows of the data set"),
      ResultSpecification("ID.patients", "where `id` tells patients apart"),
      ResultSpecification("ID.excluded", "rows that `where` left out"),
      ResultSpecification("ID.unsplit", "rows before `split`, where there is one"),
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
    var patientName = declaration.patient?.name
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
      patientName = patientName ?? parent.patient?.column
    case (nil, nil):
      throw Diagnostic(
        .missingOption, "'data' needs 'source' or 'from'", at: options.block,
        remedy: "add 'source: file.csv' or 'from: ID'")
    case (_?, _?):
      throw Diagnostic(
        .invalidOption, "'source' and 'from' exclude one another", at: options.range(from),
        remedy: "remove one of them")
    }
    let unknown = declaration.unknownColumns(
      among: table.columnNames + table.unreadColumnNames + derivedNames.filter { table[$0] == nil })
    // A header whose names are missing says more than the names that are not found.
    if !unknown.isEmpty { throw DiagnosticList(unknown + warnings.filter { $0.code == .unnamedColumn }) }
    table = try derived(declaration, table, context, &warnings)
    let before = table.rowCount
    func patients() -> PatientIdentity? { patientName.flatMap { PatientIdentity($0, in: table) } }
    let given = patients()
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
    try declaration.key.check(table, of: context.id)
    warnings += table.warningsOfSimilarLevels(
      in: analysedColumns(context), of: context.id,
      at: options.isGiven(source) ? options.range(source) : options.block)
    let (rowCount, patient) = (table.rowCount, patients())
    if let split = declaration.split {
      (table, outcomes) = try splitting(table, outcomes, split, declaration, context)
    }
    let countsPatients = given?.isRepeated == true || steps.contains { $0.patientCount != nil }
    steps.append(
      DataSet.Step(
        id: context.id, rowCount: rowCount, excluded: before - rowCount, undecided: undecided,
        condition: declaration.condition?.source.string,
        patientCount: countsPatients ? patient?.count : nil,
        givenPatientCount: countsPatients ? given?.count : nil))
    derivedNames += (declaration.derived.map(\.string) + (declaration.split?.madeColumns ?? [])).filter {
      !derivedNames.contains($0)
    }
    let dataSet = DataSet(
      id: context.id, table: table, outcomes: outcomes, steps: steps, derivedNames: derivedNames,
      patient: patients())
    return output(dataSet, declaration, used: needed, warnings, context)
  }

  private static func output(
    _ dataSet: DataSet, _ declaration: DataDeclaration, used: Set<String>?, _ warnings: [Diagnostic],
    _ context: DirectiveContext
  ) -> DirectiveOutput {
    let table = dataSet.table
    let ownNames = Set(dataSet.outcomes.values.flatMap { $0.columnUses.map(\.name) }).union(
      context.demandedColumns ?? Set(table.columnNames))
    let kept = table.selecting(ownNames.union(used ?? []))
    let fingerprint = context.part("fingerprint") { Fingerprint(kept, threads: context.threads) }
    let style = context.style
    func count(_ value: Int) -> String { style.text(Quantity(value), .count) }
    var text = "*Data `\(dataSet.id)`: \(count(table.rowCount)) rows"
    if let step = dataSet.steps.last, step.condition != nil {
      text += " of \(count(step.rowCount + step.excluded))"
      if step.undecided > 0 { text += " (\(count(step.undecided)) of those left out for a missing value)" }
    }
    if let split = declaration.split, let step = dataSet.steps.last {
      text =
        "*Data `\(dataSet.id)`: \(count(table.rowCount)) rows, \(count(step.rowCount)) split at \(split.words)"
    }
    if let patient = dataSet.patient, patient.isRepeated { text += ", \(count(patient.count)) patients" }
    text +=
      ", \(kept.columns.count) column\(kept.columns.count == 1 ? "" : "s") used, fingerprint \(fingerprint.short).*"
    var values = ResultValues()
    values.add(".n", count: table.rowCount)
    if let patient = dataSet.patient { values.add(".patients", count: patient.count) }
    if let step = dataSet.steps.last {
      values.add(".excluded", count: step.excluded)
      values.add(".undecided", count: step.undecided)
      if declaration.split != nil { values.add(".unsplit", count: step.rowCount) }
    }
    values.addText(".fingerprint", fingerprint.full)
    return DirectiveOutput(
      blocks: [.paragraph(text)], values: values.values, warnings: warnings, artifact: dataSet)
  }
}
