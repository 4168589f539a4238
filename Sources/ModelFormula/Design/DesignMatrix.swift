// The design matrix: the last stage of a formula.

import Diagnostics
import Expressions
import NumericalMethods

/// Columns for a set of rows, each knowing the term, the levels and the basis function it stands for.
public struct DesignMatrix: Sendable {
  /// Rows that the frame kept.
  public let rowCount: Int
  /// The columns, the intercept's first where there is one.
  public let columns: [DesignColumn]
  /// In the formula's order; strata stand among them without columns.
  public let terms: [DesignTerm]
  /// Whether the first column is the intercept.
  public let hasIntercept: Bool
  /// For the same columns on new rows.
  public let schema: ModelSchema
  /// Warnings: factors that have one level among the rows and therefore no column.
  public let diagnostics: [Diagnostic]

  /// All numbers, column after column.
  public func columnMajor() -> [Double] {
    var elements: [Double] = []
    elements.reserveCapacity(rowCount * columns.count)
    for column in columns { elements += column.values.numbers() }
    return elements
  }

  /// The columns' names as R prints them.
  public var columnNames: [String] { columns.map(\.name) }
}

/// A term and the columns it owns.
public struct DesignTerm: Sendable {
  /// As R prints it: `sex`, `trt:celltype`, `ns(bili, df = 3)`.
  public let text: String
  /// The columns of the data it is made of, in the order of the text.
  public let columnNames: [String]
  /// Indices into the design's columns; empty for strata.
  public let columns: Range<Int>
  /// Variables that the term joins: 1 for a main effect.
  public let degree: Int
  /// Indices into the formula's variables: a term is marginal to those whose variables contain its own.
  public let variables: [Int]
  /// The columns beyond the linear one, where the first column is the variable itself (`rcs`, `poly`): their
  /// joint test is the test of non-linearity.
  public let nonlinearColumns: Range<Int>?
  /// The coefficients that make the term a straight line, up to a factor, where no column is the variable itself
  /// (`ns`, `bs`): the test of non-linearity is against their multiples.
  public var linearCombination: [Double]?
  /// Whether it was written as `strata(…)`.
  public let isStrata: Bool
  /// How its coefficients are shrunk, if they are.
  public let penalty: TermPenalty?
  /// Where it stands in the author's file.
  public let range: SourceRange
}

/// Shrinkage that a formula asks for.
public enum TermPenalty: Sendable {
  /// R's `ridge(…)`.
  case ridge(RidgeCall)
  /// `penalty` is D'D of second differences, columns × columns, column after column.
  case penalisedSpline(PenalisedSplineCall, penalty: [Double], basis: FittedBasis)
}

/// One column of a design matrix.
public struct DesignColumn: Sendable {
  /// As R names the coefficient: `age`, `sex2`, `trt2:celltypesmallcell`, `ns(bili, df = 3)1`.
  public let name: String
  /// The term, levels and powers that the column stands for.
  public let origin: ColumnOrigin
  /// Its values, one per row.
  public let values: DesignValues
}

/// What a column stands for.
public struct ColumnOrigin: Sendable, Hashable {
  /// Index into the design's terms; `nil` for the intercept.
  public let term: Int?
  /// The term's text; `(Intercept)` for the intercept.
  public let termText: String
  /// One part for each variable of the term.
  public let parts: [Part]

  /// What one variable of the term adds to the column.
  public enum Part: Sendable, Hashable {
    /// The numbers of a variable as they are; also a flag against its complement.
    case number(variable: String)
    /// An indicator of one level.
    case level(variable: String, level: String)
    /// A contrast that is no single level: `.L`, `1`.
    case contrast(variable: String, label: String)
    /// Column `label` of a spline or polynomial.
    case basis(variable: String, label: String)
  }

  /// The way to its results: the term, then a level or basis label for each part that has one, as in
  /// `prognosis["trt:celltype", "2", "smallcell"]`, `prognosis["ns(bili, df = 3)", "1"]`.
  public var pathArguments: [String] {
    [termText]
      + parts.compactMap { part in
        switch part {
        case .number: nil
        case .level(_, let level): level
        case .contrast(_, let label), .basis(_, let label): label
        }
      }
  }
}

/// The numbers of a column; indicators share the codes of their factor.
public enum DesignValues: Sendable {
  /// One number per row.
  case dense([Double])
  /// One code per row into a short table: what a column of few small numbers is in many rows, and a spline of it.
  case few(codes: [UInt8], table: [Double])
  /// Whole numbers that stand for themselves.
  case whole(WholeNumbers)
  /// 1 where the code is `level`.
  case indicator(LevelCodes, level: Int32)

  /// The values as numbers, one per row.
  public func numbers() -> [Double] {
    switch self {
    case .dense(let numbers): return numbers
    case .few(let codes, let table): return codes.map { Int($0) < table.count ? table[Int($0)] : .nan }
    case .whole(let values): return values.numbers
    case .indicator(let codes, let level):
      switch codes {
      case .bytes(let codes): return codes.map { Int32($0) == level ? 1 : 0 }
      case .words(let codes): return codes.map { $0 == level ? 1 : 0 }
      }
    }
  }
}

/// A factor's codes, one per row; those of a level the fit does not know match none.
public enum LevelCodes: Sendable {
  /// Codes of fewer than 255 levels.
  case bytes([UInt8])
  /// Codes of more levels.
  case words([Int32])

  init(_ codes: [Int32], levelCount: Int) {
    self =
      levelCount < 255
      ? .bytes(codes.map { $0 < 0 ? 255 : UInt8(truncatingIfNeeded: $0) }) : .words(codes)
  }

  /// Number of rows.
  var count: Int {
    switch self {
    case .bytes(let codes): codes.count
    case .words(let codes): codes.count
    }
  }

  /// Whether a row has no level, or one that the fit does not know.
  var hasMissing: Bool {
    switch self {
    case .bytes(let codes): codes.contains(255)
    case .words(let codes): codes.contains { $0 < 0 }
    }
  }

  /// A number for each row from those of the levels; NaN where there is none.
  func numbers(_ byLevel: [Double]) -> [Double] {
    func number(_ code: Int) -> Double { byLevel.indices.contains(code) ? byLevel[code] : .nan }
    switch self {
    case .bytes(let codes): return codes.map { $0 == 255 ? .nan : number(Int($0)) }
    case .words(let codes): return codes.map { number(Int($0)) }
    }
  }
}
