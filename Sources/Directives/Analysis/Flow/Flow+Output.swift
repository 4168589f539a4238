// A flow as named results, chart and table.

import Expressions
import Figures
import Presentation

extension Flow {
  func addValues(to values: inout ResultValues) {
    for (index, step) in steps.enumerated() {
      let path = ".step(\(index + 1))"
      values.add(path + ".n", count: step.rowCount)
      if let patients = step.patientCount { values.add(path + ".patients", count: patients) }
      if index == 0 { continue }
      values.add(path + ".excluded", count: step.excluded)
      for exclusion in step.exclusions {
        values.add(path + ".excluded[\(ResultPath.quoted(exclusion.reason))]", count: exclusion.count)
      }
    }
    values.add(".final", count: final)
  }

  func figure(id: String, title: String, style: FigureStyle) -> Figure {
    let boxes = steps.enumerated().map { index, step in
      let next = index + 1 < steps.count ? steps[index + 1].exclusions : []
      return FlowFigure.Step(
        step.label, count: step.rowCount, patients: step.patientCount,
        exclusions: next.map { FlowFigure.Reason($0.words, count: $0.count) })
    }
    return FlowFigure(id: id, title: title, steps: boxes, style: style).figure()
  }

  func table(caption: String) -> Table {
    let showsPatients = steps.contains { $0.patientCount != nil }
    func patients(_ step: Step?) -> [TableCell] {
      showsPatients ? [step.map { .count($0.patientCount ?? $0.rowCount) } ?? .empty] : []
    }
    var rows: [TableRow] = []
    for step in steps {
      rows += step.exclusions.map {
        TableRow([.text("Left out: \($0.words)")] + patients(nil) + [.count($0.count)], indent: 1)
      }
      rows.append(TableRow([.text(step.label)] + patients(step) + [.count(step.rowCount)]))
    }
    let counts = showsPatients ? [TableColumn("Patients"), TableColumn("Rows")] : [TableColumn("n")]
    return Table(caption: caption, columns: [TableColumn("", alignment: .left)] + counts, rows: rows)
  }

  /// What the chart cannot say itself.
  func note(_ style: JournalStyle) -> String {
    func count(_ number: Int) -> String { style.text(Quantity(number), .count) }
    let first = steps.first?.rowCount ?? 0
    var note = "\(count(final)) of \(count(first)) rows are in the last step"
    let reasons = steps.last?.exclusions.count { $0.reason.hasSuffix(" missing") && $0.count > 0 } ?? 0
    if reasons > 1 { note += "; a row that lacks several values counts with the first of them" }
    return note + "."
  }
}
