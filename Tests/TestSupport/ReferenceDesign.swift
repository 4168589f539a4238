// Design columns for the terms of a reference case.

import Foundation

/// A model matrix in plain arrays: an intercept, then treatment-coded terms (or sum-to-zero, where asked).
public struct ReferenceDesign {
  public private(set) var names = ["(Intercept)"]
  public private(set) var columns: [[Double]]
  public private(set) var terms: [(name: String, columns: [Int], variables: [String])] = []

  /// nil when the case has a term these tests do not build (splines).
  public init?(_ reference: ReferenceCase, _ table: SimpleCSV, sumContrasts: Bool = false) {
    columns = [[Double](repeating: 1, count: table.rowCount)]
    let factors = reference.spec["factors"]?.object ?? [:]
    for term in reference.spec["terms"]?.array ?? [] {
      guard let part = Self.term(term, table, factors, sumContrasts) else { return nil }
      let first = columns.count
      names += part.names
      columns += part.columns
      terms.append((part.name, Array(first..<columns.count), part.variables))
    }
  }

  private struct Part {
    var name: String
    var names: [String]
    var columns: [[Double]]
    var variables: [String]
  }

  private static func term(
    _ term: JSONValue, _ table: SimpleCSV, _ factors: [String: JSONValue], _ sumContrasts: Bool
  ) -> Part? {
    switch term["type"]?.string {
    case "numeric":
      let variable = term["var"]?.string ?? ""
      return Part(
        name: variable, names: [variable], columns: [table.numbers(variable)], variables: [variable])
    case "factor":
      let variable = term["var"]?.string ?? ""
      let cells = table.text(variable)
      let levels = (factors[variable]?.array.map(\.text) ?? []).filter { cells.contains($0) }
      guard let last = levels.last else { return nil }
      let coded = sumContrasts ? Array(levels.dropLast()) : Array(levels.dropFirst())
      let columns = coded.map { level in
        cells.map { $0 == level ? 1.0 : (sumContrasts && $0 == last ? -1 : 0) }
      }
      return Part(
        name: variable, names: coded.map { "\(variable)=\($0)" }, columns: columns, variables: [variable])
    case "interaction":
      var result: Part?
      for item in term["of"]?.array ?? [] {
        guard let part = Self.term(item, table, factors, sumContrasts) else { return nil }
        guard let left = result else {
          result = part
          continue
        }
        var joined = Part(
          name: "\(left.name):\(part.name)", names: [], columns: [],
          variables: left.variables + part.variables)
        // R runs the first factor fastest.
        for (rightName, right) in zip(part.names, part.columns) {
          for (leftName, leftColumn) in zip(left.names, left.columns) {
            joined.names.append("\(leftName):\(rightName)")
            joined.columns.append(zip(leftColumn, right).map { $0 * $1 })
          }
        }
        result = joined
      }
      return result
    case "function":
      let variable = term["vars"]?.array.first?.string ?? ""
      let expression = term["expr"]?.string ?? ""
      let x = table.numbers(variable)
      let values: [Double]
      switch expression.replacingOccurrences(of: " ", with: "") {
      case "log(\(variable))": values = x.map { Foundation.log($0) }
      case "I(\(variable)^2)": values = x.map { $0 * $0 }
      default: return nil
      }
      return Part(name: expression, names: [expression], columns: [values], variables: [variable])
    default: return nil
    }
  }

  /// The variables the terms use.
  public static func variables(_ reference: ReferenceCase) -> [String] {
    func names(_ term: JSONValue) -> [String] {
      (term["var"]?.string.map { [$0] } ?? []) + (term["vars"]?.array.compactMap(\.string) ?? [])
        + (term["of"]?.array.flatMap(names) ?? [])
    }
    return (reference.spec["terms"]?.array ?? []).flatMap(names)
  }
}
