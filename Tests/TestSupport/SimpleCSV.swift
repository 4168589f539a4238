// A table read from a CSV file, for tests.

import Foundation

/// Columns of text; an empty field is missing. Quotes as in RFC 4180.
public struct SimpleCSV: Sendable {
  public let names: [String]
  private let columns: [String: [String]]
  public let rowCount: Int

  public init(contentsOf file: URL) throws {
    self.init(text: try String(contentsOf: file, encoding: .utf8))
  }

  public init(text: String) {
    var records: [[String]] = [[]]
    var field = ""
    var quoted = false
    var characters = Array(text.unicodeScalars)[...]
    func ended(_ record: [String]) -> [String] { record + [field] }
    while let scalar = characters.popFirst() {
      if quoted {
        if scalar != "\"" {
          field.unicodeScalars.append(scalar)
        } else if characters.first == "\"" {
          field.unicodeScalars.append(scalar)
          characters = characters.dropFirst()
        } else {
          quoted = false
        }
      } else if scalar == "\"" {
        quoted = true
      } else if scalar == "," {
        records[records.count - 1].append(field)
        field = ""
      } else if scalar == "\n" {
        records[records.count - 1].append(field)
        records.append([])
        field = ""
      } else if scalar != "\r" {
        field.unicodeScalars.append(scalar)
      }
    }
    if field.isEmpty, records.last?.isEmpty == true {
      records.removeLast()
    } else {
      records[records.count - 1].append(field)
    }
    names = records.first ?? []
    var columns: [String: [String]] = [:]
    for (index, name) in names.enumerated() {
      columns[name] = records.dropFirst().map { index < $0.count ? $0[index] : "" }
    }
    self.columns = columns
    rowCount = Swift.max(0, records.count - 1)
  }

  private init(names: [String], columns: [String: [String]], rowCount: Int) {
    self.names = names
    self.columns = columns
    self.rowCount = rowCount
  }

  /// The text of a column; empty strings for a column that is not there.
  public func text(_ name: String) -> [String] { columns[name] ?? [String](repeating: "", count: rowCount) }

  /// The numbers of a column; not-a-number where missing.
  public func numbers(_ name: String) -> [Double] { text(name).map { Double($0) ?? .nan } }

  public func keeping(_ isKept: (Int) -> Bool) -> SimpleCSV {
    let rows = (0..<rowCount).filter(isKept)
    return SimpleCSV(
      names: names, columns: columns.mapValues { column in rows.map { column[$0] } }, rowCount: rows.count)
  }

  /// Rows in which none of the columns is missing.
  public func complete(_ variables: [String]) -> SimpleCSV {
    let parts = variables.map(text)
    return keeping { row in parts.allSatisfy { !$0[row].isEmpty } }
  }
}
