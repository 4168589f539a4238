// The terms of a formula: the second of its four stages.

import Diagnostics
import Expressions

/// Variables and terms in R's order: by degree, within a degree as they were written.
public struct FormulaTerms: Sendable {
  /// The text of the formula.
  public let source: SourceText
  /// Covariates and special calls, in the order of the text, each once.
  public let variables: [FormulaVariable]
  /// The terms after expansion, main effects first.
  public let terms: [Term]
  /// Whether the formula keeps the intercept.
  public let hasIntercept: Bool

  /// A product of variables; a single one is a main effect.
  public struct Term: Sendable {
    /// Indices of `variables`, ascending.
    public let variables: [Int]
    /// As R prints it: `age`, `trt:celltype`.
    public let text: String
    /// Where the term was first written.
    public let range: Range<Int>

    /// Variables that the term joins.
    public var degree: Int { variables.count }
  }

  /// Indices of variables of each special kind.
  public var strata: [Int] {
    variables.indices.filter { if case .strata = variables[$0].form { true } else { false } }
  }
  /// Variables written as `cluster(…)`, by number.
  public var clusters: [Int] {
    variables.indices.filter { if case .cluster = variables[$0].form { true } else { false } }
  }
  /// Variables written as `offset(…)`, by number.
  public var offsets: [Int] {
    variables.indices.filter { if case .offset = variables[$0].form { true } else { false } }
  }

  /// The same model with some of its terms, given by index, and all strata, clusters and offsets: a
  /// univariable model keeps one.
  public func keeping(_ kept: Set<Int>) -> FormulaTerms {
    let chosen = terms.enumerated().filter { index, term in
      kept.contains(index) || (term.degree == 1 && isStratum(term.variables[0]))
    }.map(\.element)
    let used = Set(chosen.flatMap(\.variables) + clusters + offsets)
    let order = variables.indices.filter(used.contains)
    var renumbered: [Int: Int] = [:]
    for (position, index) in order.enumerated() { renumbered[index] = position }
    return FormulaTerms(
      source: source, variables: order.map { variables[$0] },
      terms: chosen.map { term in
        Term(variables: term.variables.compactMap { renumbered[$0] }, text: term.text, range: term.range)
      }, hasIntercept: hasIntercept)
  }

  func isStratum(_ variable: Int) -> Bool {
    if case .strata = variables[variable].form { true } else { false }
  }
}

extension Formula {
  /// The terms of the right side.
  ///
  /// - Parameters:
  ///   - columns: what `.` stands for, in order; columns of the left side and those in `excluding` are left
  ///     out.
  ///   - excluding: further columns that `.` does not mean, such as those of a declared outcome.
  /// - Throws: faults of calls, `.` without columns, and formulas of more than 2000 terms.
  public func terms(
    columns: [String]? = nil, excluding: Set<String> = []
  ) throws(DiagnosticList) -> FormulaTerms {
    let responseColumns = Set(response?.columnUses.map(\.name) ?? [])
    var expansion = TermExpansion(
      source: source, columns: columns?.filter { !responseColumns.contains($0) && !excluding.contains($0) })
    do throws(Diagnostic) {
      let expanded = try expansion.expand(right)
      return expansion.formulaTerms(expanded)
    } catch {
      throw DiagnosticList([error])
    }
  }
}
