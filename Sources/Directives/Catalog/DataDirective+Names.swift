// The names of a data set that cannot be made, so that what is wrong with its analyses is told in the same run.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions

extension DataDirective {
  /// What is known of the names of a data set whose options are wrong or whose rows cannot be read.
  public struct NameCheck: Sendable {
    /// What analyses of it may name; `nil` where that cannot be told.
    public var known: KnownColumns?
    /// What else is wrong with the block: its file, and names that it does not have.
    public var problems: [Diagnostic] = []
  }

  /// Reads the names of a file's columns, and takes for granted every name that the block gives to a column or an outcome,
  /// whether what it stands for could be read or not.
  ///
  /// - Parameters:
  ///   - entries: of the block, as written.
  ///   - parent: the names of the data set that the rows are taken from.
  public static func checkNames(
    _ options: ResolvedOptions, _ entries: [OptionMapping.Entry], parent: KnownColumns?,
    in context: DirectiveContext
  ) -> NameCheck {
    var check = NameCheck()
    guard let declaration = try? DataDeclaration(id: context.id, options: options) else { return check }
    // Neither the cells of the header nor the columns that a split makes can be told.
    let given = Set(entries.map(\.key.string))
    if given.contains(delimiter.name), !options.isGiven(delimiter) { return check }
    if given.contains(split.name), !options.isGiven(split) { return check }
    var columns: [String]
    var outcomes = parent?.outcomes ?? []
    switch (declaration.source, declaration.from) {
    case (let path?, nil):
      do {
        columns = try openedFile(path, declaration, options, context).columnNames()
      } catch let list as DiagnosticList {
        check.problems = list.diagnostics
        return check
      } catch {
        check.problems = [error as? Diagnostic].compactMap(\.self)
        return check
      }
      // Read with another delimiter than was meant, or in another encoding.
      if columns.count == 1, !optionNames.isSuperset(of: given) { return check }
      if columns.contains(where: { $0.utf8.contains(0) || $0.unicodeScalars.contains("\u{FFFD}") }) {
        return check
      }
      check.problems = undescribed(columns, path, declaration, options)
    case (nil, _?):
      guard let parent else { return check }
      columns = parent.columns
    default: return check
    }
    let named = entries.filter { !describing.contains($0.key.string) }
      .flatMap { $0.value.mapping?.entries ?? [] }.map(\.key.string)
    let made = (declaration.split?.madeColumns ?? []) + named.filter { !columns.contains($0) }
    check.problems += declaration.unknownColumns(among: columns + made)
    outcomes += declaration.outcomes.map(\.string)
    check.known = KnownColumns(
      id: context.id, columns: columns + made.filter { !outcomes.contains($0) },
      outcomes: Set(outcomes).sorted())
    return check
  }

  /// Options whose keys are names of columns that must be there.
  private static let describing: Set<String> = [dictionary.name, types.name, dates.name, split.name]
  private static let optionNames = Set(specification.options.map(\.name))

  static func openedFile(
    _ path: String, _ declaration: DataDeclaration, _ options: ResolvedOptions, _ context: DirectiveContext
  ) throws -> any DataSource {
    var csv = CSVOptions()
    csv.missingCodes = try options[missing]
    for type in try options[types] { csv.types[type.string] = type.value }
    for date in try options[dates] { csv.dates[date.string] = date.value }
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
    return try context.files.open(path, name: context.id, options: csv, at: options.range(source))
  }

  /// Columns that the options describe and the file does not have.
  static func undescribed(
    _ names: [String], _ path: String, _ declaration: DataDeclaration, _ options: ResolvedOptions
  ) -> [Diagnostic] {
    let known = Set(names + declaration.derived.map(\.string) + (declaration.split?.madeColumns ?? []))
    let described =
      declaration.described.map(\.name) + ((try? options[types]) ?? []).map(\.name)
      + ((try? options[dates]) ?? []).map(\.name)
    return described.filter { !known.contains($0.string) }.map { entry in
      Diagnostic(
        .unknownColumn, "no column '\(entry.string)' in '\(path)'", at: entry.range(),
        remedy: NearMiss.remedy(for: entry.string, among: names))
    }
  }
}
