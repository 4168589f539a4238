// What a document asks of one variable of a Table 1.

import AnalysisDocument
import Diagnostics

/// How the values of a variable are described.
enum SummaryForm: String, CaseIterable, Sendable {
  /// Median with first and third quartile.
  case median
  /// Mean with standard deviation.
  case mean
  /// Median with least and greatest value.
  case range
  /// The count of each distinct value.
  case levels

  /// What stands behind the variable's name.
  var words: String {
    switch self {
    case .median: "median (Q1–Q3)"
    case .mean: "mean (SD)"
    case .range: "median (range)"
    case .levels: "n (%)"
    }
  }
}

/// A column to describe, in the way of its type unless forms are named.
struct SummaryRequest: Sendable {
  let column: ColumnName
  let forms: [SummaryForm]
  /// Where the forms stand.
  let formsRange: SourceRange?
}

extension OptionKind where Value == [SummaryRequest] {
  /// `[age, sex]`, or `{age: mean, sex: , psa: [median, range]}`.
  static var summaryVariables: Self {
    let forms = OptionKind<SummaryForm>.choice().list
    let name = OptionKind<ColumnName>.column
    return OptionKind(
      "names of columns, or a mapping of them to median, mean, range or levels",
      use: { requests in OptionUse(names: requests.map(\.column.use)) },
      decode: { tree, reader in
        guard let mapping = tree.mapping else {
          return name.list.decode(tree, &reader).map { names in
            names.map { SummaryRequest(column: $0, forms: [], formsRange: nil) }
          }
        }
        return mapping.entries.compactMap { entry in
          let column = ColumnName(name: entry.key.string, range: entry.key.range())
          if entry.value.isNull { return SummaryRequest(column: column, forms: [], formsRange: nil) }
          return forms.decode(entry.value, &reader).map {
            SummaryRequest(column: column, forms: $0, formsRange: entry.value.range)
          }
        }
      })
  }
}
