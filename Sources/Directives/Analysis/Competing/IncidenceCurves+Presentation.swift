// The table and the figure of cumulative incidences.

import Figures
import Presentation
import Survival

extension IncidenceCurves {
  private var strataLabel: String? {
    let labels = frame.model.terms.strata.map { frame.model.label(of: $0) }
    return labels.isEmpty ? nil : labels.joined(separator: ", ")
  }

  /// The causes in order, each with its groups below.
  func table(caption: String, style: JournalStyle) -> Table {
    let interval = IntervalWording.name(level: settings.confidenceLevel, style: style.number)
    var columns = [
      TableColumn(grouping.map { "Cause, \($0.label)" } ?? "Cause", alignment: .left),
      TableColumn(frame.countHeading),
      TableColumn("Events"),
    ]
    for time in times {
      let words = TimeText.words(time, unit: frame.unit, style: style)
      columns.append(TableColumn("\(words), % (\(interval))"))
    }
    if gray != nil { columns.append(TableColumn("P (Gray)")) }
    var body: [TableRow] = []
    for (index, name) in frame.causes.names.enumerated() {
      let isGrouped = groups != nil
      if isGrouped {
        var cells: [TableCell] = [.text(name)] + Array(repeating: .empty, count: times.count + 2)
        if let gray {
          let test = gray.causes.first { $0.cause == index + 1 }?.test
          cells.append(.pValue(Quantity(test?.pValue, otherwise: .notEstimable)))
        }
        body.append(TableRow(cells, role: .header))
      }
      for (group, row) in rows.enumerated() where row.curves.causes.indices.contains(index) {
        let patients = frame.patientCount { !isGrouped || groups?.codes.codes[$0] == Int32(group) }
        let cause = row.curves.causes[index]
        body.append(
          TableRow(
            [
              .text(isGrouped ? row.name : name),
              patients.map { .count($0) } ?? .count(row.curves.eventFree.weightSum),
              .count(cause.eventCount),
            ] + times.map { cell(cause.at($0)) },
            indent: isGrouped ? 1 : 0))
      }
    }
    return Table(caption: caption, columns: columns, rows: body, notes: notes(interval, style))
  }

  private func cell(_ point: IncidenceEstimate) -> TableCell {
    guard point.cumulativeIncidence != nil else { return .quantity(.notEstimable, .percentage) }
    return .estimate(estimate(point), .percentage)
  }

  private func notes(_ interval: String, _ style: JournalStyle) -> [String] {
    var notes = ["Aalen–Johansen estimator"]
    if !times.isEmpty {
      notes.append(
        "\(interval) \(settings.transform.words)"
          + (settings.variance == .infinitesimalJackknife
            ? ", infinitesimal-jackknife variance" : ", Aalen's variance"))
    }
    if gray != nil {
      let weight =
        rho == 0 ? "" : " with ρ = \(NumberFormat.trimmed(rho, digits: 4, style: style.number))"
      notes.append("Gray's test\(weight)" + (strataLabel.map { ", stratified by \($0)" } ?? ""))
    } else if let reason = noGrayReason {
      notes.append("no Gray's test: \(reason)")
    }
    if let entry = frame.entryNote(style) { notes.append(entry) }
    return notes + frame.notes(style)
  }

  func figure(
    id: String, title: String, form: CumulativeIncidenceFigure.Form, request: FigureRequest,
    style: JournalStyle
  ) -> Figure {
    let longest = rows.compactMap(\.curves.eventFree.lastTime).max() ?? 0
    var axis = request.timeAxis(unit: frame.unit, words: frame.label, longest: longest)
    let figureStyle = request.style(style)
    if request.limits.x == nil, let entry = frame.earliestEntry {
      axis = axis.beginning(with: entry, longest: longest, width: figureStyle.width)
    }
    let ticks = axis.tickTimes(longest: longest, width: figureStyle.width).filter { frame.isFollowed(at: $0) }
    let names = frame.causes.names
    let panels = rows.filter { $0.curves.eventFree.rowCount > 0 }.map { row in
      var group = CumulativeIncidenceFigure.Group(
        name: row.name,
        causes: zip(names, row.curves.causes).map {
          CumulativeIncidenceFigure.Cause(
            name: $0.0, steps: Self.steps($0.1), events: Self.events($0.1, at: ticks))
        },
        followUpEnd: row.curves.eventFree.lastTime ?? 0,
        riskTable: row.curves.eventFree.riskTable(at: ticks, countsFirstEntries: true).map {
          SurvivalFigure.RiskTableRow(
            time: $0.time, atRisk: $0.atRisk, cumulativeCensored: $0.cumulativeCensored,
            cumulativeEvents: $0.cumulativeEvents)
        })
      group.followUpStart = frame.earliestEntry
      group.sparseFrom = row.curves.eventFree.sparseTime(below: request.fadeBelow)
      return group
    }
    let annotations = names.enumerated().compactMap { index, name -> String? in
      guard let p = gray?.causes.first(where: { $0.cause == index + 1 })?.test?.pValue else { return nil }
      return "\(name): Gray \(style.pSentence(Quantity(p)))"
    }
    var figure = CumulativeIncidenceFigure(
      id: id, title: title, form: form, groups: panels, timeAxis: axis,
      valueLabel: request.labels.y ?? "Cumulative incidence, %", bands: request.bandForm,
      annotations: request.annotations(annotations),
      highestValue: request.limits.y.map { $0.upperBound / 100 }, style: figureStyle)
    figure.valueBreaks = request.breaks.y
    figure.sparseBelow = request.fadeBelow > 0 ? request.fadeBelow : nil
    if let table = request.riskTable { figure.riskTable = table }
    return figure.figure()
  }

  /// Events of the cause up to and including each time.
  private static func events(_ cause: CauseIncidence, at times: [Double]) -> [SurvivalFigure.RiskTableRow] {
    times.map { limit in
      let count = zip(cause.time, cause.events).reduce(0) { $1.0 <= limit ? $0 + $1.1 : $0 }
      return SurvivalFigure.RiskTableRow(time: limit, atRisk: nil, cumulativeEvents: count)
    }
  }

  private static func steps(_ cause: CauseIncidence) -> [SurvivalFigure.Step] {
    func known(_ value: Double) -> Double? { value.isNaN ? nil : value }
    return cause.time.indices.filter { cause.events[$0] > 0 }.map {
      SurvivalFigure.Step(
        time: cause.time[$0], estimate: cause.cumulativeIncidence[$0], lower: known(cause.lower[$0]),
        upper: known(cause.upper[$0]))
    }
  }
}
