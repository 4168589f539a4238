// The cumulative baseline hazard of a Cox model.

import Expressions
import Presentation
import Survival

struct CoxBaseline {
  let analysis: CoxAnalysis
  let times: [Double]

  func add(to values: inout ResultValues, style: JournalStyle) -> [OutputBlock] {
    let labels = analysis.frame.strata?.groups.map(\.shortLabel)
    let atZero = analysis.fit.baselineHazard(centered: false)
    let atMeans = analysis.fit.baselineHazard(centered: true)
    for (column, mean) in zip(analysis.frame.design.columns, analysis.fit.means) {
      values.add(ModelRows.path(column.origin.pathArguments) + ".center", mean, .number)
    }
    var body: [TableRow] = []
    for (zero, centered) in zip(atZero, atMeans) {
      let stratum = labels.flatMap { $0.indices.contains(zero.stratum) ? $0[zero.stratum] : nil }
      let path = ".baseline" + (stratum.map { ModelRows.path([$0]) } ?? "")
      for time in times {
        let own = Quantity(zero.cumulativeHazard(at: time), otherwise: .notEstimable)
        let other = Quantity(centered.cumulativeHazard(at: time), otherwise: .notEstimable)
        let at = path + ".at(\(ShortestNumber.text(time)))"
        values.add(at + ".cumulative_hazard", own, .number)
        values.add(at + ".centered_cumulative_hazard", other, .number)
        let format = ValueFormat(.coefficient, digits: 4)
        var cells: [TableCell] = stratum.map { [.text($0)] } ?? []
        cells += [
          .text(NumberFormat.trimmed(time, digits: 6, style: style.number)), .quantity(own, format),
          .quantity(other, format),
        ]
        body.append(TableRow(cells))
      }
    }
    guard !body.isEmpty else { return [] }
    let unit = analysis.frame.times.unit
    let columns =
      (labels == nil ? [] : [TableColumn("Stratum", alignment: .left)])
      + [
        TableColumn(unit.map { "Time, \($0)" } ?? "Time"), TableColumn("H(t), covariates 0"),
        TableColumn("H(t), covariates at their means"),
      ]
    let estimator =
      switch analysis.fit.model.options.ties {
      case .efron: "Efron's estimator"
      case .breslow, .exactPartial: "Breslow's estimator"
      }
    var notes = ["\(estimator) of the cumulative baseline hazard", "from the model \(analysis.id)"]
    if analysis.frame.offset != nil { notes.append("at the mean offset") }
    return [
      .table(
        Table(
          name: "baseline", caption: "Cumulative baseline hazard", columns: columns, rows: body, notes: notes),
        name: "baseline")
    ]
  }
}
