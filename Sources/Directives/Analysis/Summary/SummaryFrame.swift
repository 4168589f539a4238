// Everything that a Table 1 shows: the groups, and each variable in them.

import DataTables
import Diagnostics
import Expressions
import HypothesisTests

/// Columns described by group; rows without a group are left out and counted.
struct SummaryFrame: Sendable {
  let groups: SummaryGroups
  let variables: [SummaryVariable]
  let warnings: [Diagnostic]
  /// Which definition of quartiles is printed.
  let quantileType: QuantileType
  let percent: SummaryDirective.PercentBase

  init(
    _ dataSet: DataSet, by group: ColumnName?, _ requests: [SummaryRequest], usual: [SummaryForm],
    quantileType: QuantileType, percent: SummaryDirective.PercentBase, weights: SummaryWeights? = nil,
    patients: PatientCodes? = nil, at range: SourceRange
  ) throws {
    self.quantileType = quantileType
    // Without groups every percentage of a row would be 100.
    self.percent = group == nil ? .column : percent
    groups = try SummaryGroups(
      try group.map { try dataSet.column($0.name, at: $0.range) }, named: group,
      rowCount: dataSet.table.rowCount, weights: weights, patients: patients)
    if groups.rowCount == 0 {
      let hasRows = dataSet.table.rowCount > 0
      throw Diagnostic(
        .noRows,
        hasRows ? "no row of '\(dataSet.id)' has a group" : "'\(dataSet.id)' has no rows to describe",
        at: hasRows ? group?.range ?? range : range, remedy: "look at the conditions under 'where:'")
    }
    var problems = Self.repetitions(requests, group)
    var described: [SummaryVariable] = []
    for request in requests {
      do throws(Diagnostic) {
        described.append(try SummaryVariable(request, in: dataSet, groups, usual: usual))
      } catch {
        problems.append(error)
      }
    }
    if !problems.isEmpty { throw DiagnosticList(problems) }
    variables = described
    warnings = groups.warnings + Self.emptyGroups(groups, group) + Self.codes(described, requests)
  }

  private static func repetitions(_ requests: [SummaryRequest], _ group: ColumnName?) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    var seen: Set<String> = []
    for request in requests {
      let name = request.column.name
      if name == group?.name {
        problems.append(
          Diagnostic(
            .invalidOption, "'\(name)' is what the table is grouped by", at: request.column.range,
            remedy: "leave it out of 'variables'"))
      } else if !seen.insert(name).inserted {
        problems.append(
          Diagnostic(
            .invalidOption, "'\(name)' is named twice", at: request.column.range,
            remedy: "name each variable once; several descriptions of one are a list: \(name): [median, mean]"
          ))
      }
    }
    return problems
  }

  private static func emptyGroups(_ groups: SummaryGroups, _ name: ColumnName?) -> [Diagnostic] {
    guard let name else { return [] }
    return groups.emptyNames.map {
      Diagnostic(
        .warning, .emptyGroup, "the group '\($0)' of \(groups.label) has no rows", at: name.range,
        remedy: "remove the level from the dictionary if it does not belong to this analysis")
    }
  }

  private static func codes(_ variables: [SummaryVariable], _ requests: [SummaryRequest]) -> [Diagnostic] {
    zip(variables, requests).filter(\.0.looksCoded).map { variable, request in
      Diagnostic(
        .warning, .codedNumbers,
        "'\(variable.column.name)' holds no more than two different numbers and is described like a measurement",
        at: request.column.range,
        remedy: "give its 'levels' in the dictionary, or write it as '\(variable.column.name): levels'")
    }
  }
}
