// How variables become columns, settled by the data of a fit.

import DataTables
import Diagnostics
import Expressions
import NumericalMethods

/// Levels, contrasts and knots of a fitted design: with it the same columns can be made for new rows.
public struct ModelSchema: Sendable {
  /// The terms, expanded.
  public let terms: FormulaTerms
  /// Entry by entry with `terms.variables`; `nil` for offsets, clusters and strata that interact with
  /// nothing.
  public let codings: [VariableCoding?]
  /// What was chosen.
  public let options: DesignOptions
}

/// Which level others are compared with when neither the dictionary nor the formula says.
public enum ReferenceRule: String, Sendable, Hashable, CaseIterable {
  /// As in R and Stata.
  case first
  /// As in SAS.
  case last
}

/// Choices in making a design matrix.
public struct DesignOptions: Sendable, Hashable {
  /// What becomes of the intercept.
  public enum Intercept: Sendable, Hashable {
    /// A column of ones unless the formula takes it away.
    case asWritten
    /// Coded as if there were one, but without its column: Cox models, whose baseline takes its place.
    case implied
  }

  /// What becomes of the intercept.
  public var intercept: Intercept
  /// Contrasts by the text of a variable; treatment contrasts for all others, as in R for unordered factors.
  public var contrasts: [String: Contrast]
  /// Contrasts of the factors not mentioned; `sum` for type III tests.
  public var defaultContrast: Contrast
  /// The level that treatment contrasts compare with where the column names none.
  public var reference: ReferenceRule
  /// Designs with more columns are refused: a column of names is no covariate.
  public var maximumColumnCount: Int

  /// R's choices: an intercept unless the formula takes it away, treatment contrasts against the first level.
  /// At most 2000 columns.
  public init(
    intercept: Intercept = .asWritten, contrasts: [String: Contrast] = [:],
    defaultContrast: Contrast = .treatment, reference: ReferenceRule = .first,
    maximumColumnCount: Int = 2000
  ) {
    self.intercept = intercept
    self.contrasts = contrasts
    self.defaultContrast = defaultContrast
    self.reference = reference
    self.maximumColumnCount = maximumColumnCount
  }
}

/// How one variable is coded.
public enum VariableCoding: Sendable, Hashable {
  /// Its values as they are.
  case number
  /// A column for each level but one, or as the contrast says.
  case factor(FactorCoding)
  /// The columns of a spline or polynomial.
  case basis(FittedBasis)
  /// Names of the columns shrunk together.
  case ridge([String])
}

/// The levels of a factor in a fit.
public struct FactorCoding: Sendable, Hashable {
  /// Those that occur among the rows of the fit, in the column's order.
  public let levels: [String]
  /// How levels become columns.
  public let contrast: Contrast
  /// Index of the level that treatment contrasts compare with.
  public let referenceIndex: Int
  /// A column of true and false: its one column carries its own name.
  public let isFlag: Bool

  /// The level that others are compared with; `nil` without levels.
  public var reference: String? { levels.indices.contains(referenceIndex) ? levels[referenceIndex] : nil }
}

extension ModelFrame {
  /// Settles levels by the rows given, and knots by all rows of the table that have a value.
  func schema(rows: [Int32], options: DesignOptions) throws(DiagnosticList) -> ModelSchema {
    var codings: [VariableCoding?] = []
    var diagnostics: [Diagnostic] = []
    // Strata by themselves have no columns; there may be many thousands of them.
    let interacting = Set(terms.terms.filter { $0.degree > 1 }.flatMap(\.variables))
    for (index, (variable, content)) in zip(terms.variables, contents).enumerated() {
      switch content {
      case .column(let column):
        if case .offset = variable.form {
          codings.append(nil)
        } else {
          let coding = Self.coding(column, variable.text, nil, rows, options)
          if let problem = Self.identifier(coding, variable, rows.count) { diagnostics.append(problem) }
          codings.append(coding)
        }
      case .factor(let column, let call):
        let coding = Self.coding(column, variable.text, call.effectiveContrast, rows, options)
        if let problem = Self.identifier(coding, variable, rows.count) { diagnostics.append(problem) }
        codings.append(coding)
      case .basis(let column, let call):
        do throws(FittedBasis.Fault) {
          codings.append(.basis(try FittedBasis.fitted(call, to: column)))
        } catch {
          codings.append(nil)
          diagnostics.append(
            Diagnostic(
              .error, .invalidArgument, error.message, at: variable.sourceRange, remedy: error.remedy))
        }
      case .ridge(_, let call): codings.append(.ridge(call.names))
      case .groups(let columns):
        if case .strata = variable.form, interacting.contains(index) {
          codings.append(.factor(Self.strataCoding(columns, rows)))
        } else {
          codings.append(nil)
        }
      }
    }
    if diagnostics.containsError { throw DiagnosticList(diagnostics) }
    return ModelSchema(terms: terms, codings: codings, options: options)
  }

  private static func coding(
    _ column: Column, _ text: String, _ contrast: Contrast?, _ rows: [Int32], _ options: DesignOptions
  ) -> VariableCoding {
    guard column.type.hasLevels || column.type == .flag else { return .number }
    let contrast = options.contrasts[text] ?? contrast ?? options.defaultContrast
    if column.type == .flag {
      // Both levels always: where one does not occur, the fit reports the column as constant.
      return .factor(
        FactorCoding(levels: ["false", "true"], contrast: contrast, referenceIndex: 0, isFlag: true))
    }
    let levels = column.levels
    var isUsed = Array(repeating: false, count: levels.count)
    // Most often the first rows hold all levels, and no others need to be looked at.
    for stretch in FixedChunks(count: rows.count) where isUsed.contains(false) {
      for code in column.codes(rows: Array(rows[stretch])) where code >= 0 && Int(code) < isUsed.count {
        isUsed[Int(code)] = true
      }
    }
    let used = levels.indices.filter { isUsed[$0] }
    // Levels that the author put in order decide; a program's rule where nobody did.
    let isOrdered = column.metadata.levels != nil
    let usual = options.reference == .first || isOrdered ? 0 : used.last ?? 0
    let reference = column.metadata.reference == nil ? usual : column.referenceCode.map { Int($0) } ?? usual
    return .factor(
      FactorCoding(
        levels: used.map { levels[$0] },
        contrast: contrast, referenceIndex: used.firstIndex(of: reference) ?? 0, isFlag: false))
  }

  /// A factor that tells rows apart instead of grouping them has a coefficient for each patient, under the patient's name.
  private static func identifier(
    _ coding: VariableCoding, _ variable: FormulaVariable, _ rowCount: Int
  ) -> Diagnostic? {
    guard case .factor(let factor) = coding, IdentifyingLevels.are(factor.levels.count, ofRows: rowCount)
    else { return nil }
    return Diagnostic(
      .invalidArgument,
      "'\(variable.text)' has \(factor.levels.count) distinct values in \(rowCount) rows: it tells rows apart and "
        + "is no covariate",
      at: variable.sourceRange, remedy: "leave it out, or derive a column with fewer levels")
  }

  private static func strataCoding(_ columns: [Column], _ rows: [Int32]) -> FactorCoding {
    let groups = RowGroups(columns: columns, rows: rows)
    return FactorCoding(
      levels: groups.groups.map(\.shortLabel), contrast: .treatment, referenceIndex: 0, isFlag: false)
  }
}

/// Levels that are names of rows.
public enum IdentifyingLevels {
  /// Fewer levels may be groups, however few the rows.
  private static let fewest = 20

  /// Whether there are nearly as many levels as rows.
  public static func are(_ levelCount: Int, ofRows rowCount: Int) -> Bool {
    levelCount > fewest && 3 * levelCount > 2 * rowCount
  }
}
