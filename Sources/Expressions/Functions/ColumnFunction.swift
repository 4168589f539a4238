// The functions of the language over columns, by name.

/// Every function an expression over columns can call. Its page stands in `FunctionCatalog`.
enum ColumnFunction: String, Sendable, CaseIterable {
  // Conditions and missing values
  case `if`
  case isMissing = "is_missing"
  case coalesce
  case between
  // Levels
  case cut, recode, level, text, number
  case lower, upper, trim, contains
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case substring, before, after, replace
  // Dates
  case date, year, month, day
  case daysBetween = "days_between"
  case monthsBetween = "months_between"
  case yearsBetween = "years_between"
  // Arithmetic
  case log, log2, log10, exp, sqrt, abs, round, floor, ceiling, min, max
  // Over all rows
  case mean, sd, median

  /// R's names for the same function, understood inside formulas.
  init?(name: String, dialect: Dialect) {
    if let function = ColumnFunction(rawValue: name) {
      self = function
      return
    }
    guard dialect == .formula else { return nil }
    switch name {
    case "ifelse": self = .if
    case "is.na": self = .isMissing
    case "as.numeric": self = .number
    case "pmin": self = .min
    case "pmax": self = .max
    default: return nil
    }
  }
}

/// A call with its arguments, checked one by one as the function asks for them.
struct FunctionCall {
  let function: ColumnFunction
  let arguments: [Expression.Argument]
  let node: Expression.Node

  var name: String { function.rawValue }
  var positional: [Expression.Node] { arguments.filter { $0.label == nil }.map(\.value) }

  func labelled(_ label: String) -> Expression.Node? { arguments.first { $0.label == label }?.value }
}
