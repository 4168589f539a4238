// What the columns that an analysis uses are made of.

import Expressions
import ModelFormula

extension DataDeclaration {
  /// A derivation, an outcome or a condition that stands behind some columns.
  public struct Definition: Sendable {
    /// The option it was written in, as dependency records name it.
    public enum Kind: String, Sendable {
      /// Under `derive:` and `outcomes:`.
      case derivation, outcome
      /// Under `where:`.
      case condition = "where"
      /// Under `split:`.
      case split
    }
    /// Which of the three it is.
    public let kind: Kind
    /// Of the column or the outcome; of the data set for its condition.
    public let name: String
    /// Without the blanks that mean nothing.
    public let text: String
  }

  /// Those of this data set that the named columns and outcomes rest on, and the names that the data set before must
  /// supply for them; `nil` stands for all.
  public func definitions(behind names: Set<String>?) -> (definitions: [Definition], names: Set<String>?) {
    var needed = names
    var definitions: [Definition] = []
    func use(_ columns: [String]) { needed?.formUnion(columns) }
    if let split {
      definitions.append(Definition(kind: .split, name: id, text: split.text))
      needed?.subtract(split.madeColumns)
      needed?.insert(split.outcome.string)
      use(split.columnUses.map(\.name))
    }
    if let condition {
      definitions.append(
        Definition(kind: .condition, name: id, text: CanonicalText.syntax(condition.source.string)))
      use(condition.columnNames)
    }
    for outcome in outcomes where needed?.contains(outcome.string) ?? true {
      definitions.append(
        Definition(
          kind: .outcome, name: outcome.string, text: CanonicalText.syntax(outcome.value.text)))
      use(outcome.value.columnUses.map(\.name))
    }
    for column in derived.reversed() where needed?.contains(column.string) ?? true {
      definitions.append(
        Definition(
          kind: .derivation, name: column.string, text: CanonicalText.syntax(column.value.source.string)))
      use(column.value.columnNames)
    }
    return (definitions, needed)
  }
}
