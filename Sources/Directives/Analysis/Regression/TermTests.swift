// Tests of terms of types I, II and III: named results and table.

import Presentation
import Regression

extension TermTestKind {
  /// As result names write it.
  var name: String {
    switch self {
    case .sequential: "type1"
    case .typeTwo: "type2"
    case .typeThree: "type3"
    }
  }

  var roman: String {
    switch self {
    case .sequential: "I"
    case .typeTwo: "II"
    case .typeThree: "III"
    }
  }
}

/// Tests of terms of all three types.
struct TermTests: Sendable {
  let tests: [(kind: TermTestKind, tests: [TermTest])]

  /// Whether the model has no term but the intercept.
  var isEmpty: Bool { tests.allSatisfy(\.tests.isEmpty) }

  func addValues(to values: inout ResultValues) {
    for (kind, tests) in tests {
      for test in tests {
        let path = ".\(kind.name)" + ModelRows.path([test.name])
        let name = test.kind == .f ? ".f" : ".chi_squared"
        values.add(path + name, Quantity(test.statistic, otherwise: .notEstimable), .statistic)
        values.add(path + ".df", count: test.degreesOfFreedom)
        values.add(path + ".p", Quantity(test.pValue, otherwise: .notEstimable), .pValue)
      }
    }
  }

  /// Terms against types.
  func table(label: (String) -> String, style: JournalStyle) -> Table {
    let first = tests.first?.tests ?? []
    let statistic = first.first?.kind == .f ? "F" : "χ²"
    let columns =
      [TableColumn("Term", alignment: .left), TableColumn("df")]
      + tests.flatMap { entry in
        [statistic, "P"].map { TableColumn($0, group: "Type \(entry.kind.roman)") }
      }
    let rows = first.enumerated().map { index, test in
      TableRow(
        [.text(label(test.name)), .count(test.degreesOfFreedom)]
          + tests.flatMap { entry -> [TableCell] in
            guard entry.tests.indices.contains(index) else { return [.empty, .empty] }
            let own = entry.tests[index]
            return [
              .quantity(Quantity(own.statistic, otherwise: .notEstimable), .statistic),
              .pValue(Quantity(own.pValue, otherwise: .notEstimable)),
            ]
          })
    }
    var notes = [
      "type I in the order of the terms; II after all terms that do not contain it; III after all others, "
        + "in sum-to-zero contrasts"
    ]
    if let residual = first.first?.denominatorDegreesOfFreedom { notes.append("residual df \(residual)") }
    return Table(name: "terms", caption: "Tests of terms", columns: columns, rows: rows, notes: notes)
  }
}
