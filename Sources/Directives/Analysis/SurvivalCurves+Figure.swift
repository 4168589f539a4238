// Survival curves as a figure: S(t), 1 − S(t), the cumulative hazard, or log(−log S(t)).

import Figures
import NumericalMethods
import Presentation
import Survival

extension SurvivalCurves {
  /// - Parameter valueLabel: beside the axis of survival; the other transforms have words of their own.
  func figure(
    id: String, title: String, valueLabel: String, annotations: [String], request: FigureRequest,
    style: JournalStyle
  ) -> Figure {
    let longest = rows.compactMap(\.curve.lastTime).max() ?? 0
    var axis = request.timeAxis(unit: frame.times.unit, words: frame.times.label, longest: longest)
    if frame.landmark != nil, request.labels.x == nil { axis.label += " since the landmark" }
    let figureStyle = request.style(style)
    if request.limits.x == nil, let entry = frame.earliestEntry {
      axis = axis.beginning(with: entry, longest: longest, width: figureStyle.width)
    }
    // Before the first entry there are no numbers at risk.
    let ticks = axis.tickTimes(longest: longest, width: figureStyle.width).filter { frame.isFollowed(at: $0) }
    let entries = frame.firstEntries
    let groups = rows.indices.filter { rows[$0].curve.rowCount > 0 }.map { index in
      var group = group(
        rows[index].curve, name: frame.groups == nil ? "" : rows[index].name, ticks: ticks, request)
      group.followUpStart = entries.indices.contains(index) ? entries[index] : nil
      return group
    }
    var figure = SurvivalFigure(
      id: id, title: title, kind: request.transform.kind, groups: groups, timeAxis: axis,
      valueLabel: request.labels.y ?? request.transform.label ?? valueLabel,
      confidencePercent: confidenceLevel * 100, bands: request.bandForm,
      showsCensorMarks: request.marksCensoring, showsMedians: request.showsMedian,
      sparseBelow: request.fadeBelow > 0 ? request.fadeBelow : nil,
      annotations: request.annotations(annotations), style: figureStyle)
    let isShare = request.transform == .survival || request.transform == .risk
    figure.lowestValue = request.limits.y.map { isShare ? $0.lowerBound / 100 : $0.lowerBound }
    figure.highestValue = request.limits.y.map { isShare ? $0.upperBound / 100 : $0.upperBound }
    figure.valueBreaks = request.breaks.y
    if let table = request.riskTable { figure.riskTable = table }
    return figure.figure()
  }

  private func group(
    _ curve: SurvivalCurve, name: String, ticks: [Double], _ request: FigureRequest
  ) -> SurvivalFigure.Group {
    let eventTimes = curve.time.indices.filter { curve.events[$0] > 0 }
    let critical = NormalDistribution.criticalValue(confidenceLevel: confidenceLevel)
    return SurvivalFigure.Group(
      name: name,
      steps: eventTimes.map { index in
        request.transform == .cumulativeHazard
          ? hazardStep(curve, index, critical: critical)
          : SurvivalFigure.Step(
            time: curve.time[index], estimate: curve.survival[index], lower: known(curve.lower[index]),
            upper: known(curve.upper[index]))
      },
      censorTimes: curve.time.indices.filter { curve.censored[$0] > 0 }.map { curve.time[$0] },
      followUpEnd: curve.lastTime ?? 0,
      riskTable: curve.riskTable(at: ticks, countsFirstEntries: true).map {
        SurvivalFigure.RiskTableRow(
          time: $0.time, atRisk: $0.atRisk,
          cumulativeCensored: isReversed ? $0.cumulativeEvents : $0.cumulativeCensored,
          cumulativeEvents: isReversed ? $0.cumulativeCensored : $0.cumulativeEvents)
      },
      median: curve.median(rule: quantileRule).time, sparseFrom: curve.sparseTime(below: request.fadeBelow))
  }

  /// The cumulative hazard with limits that are symmetric for its logarithm and therefore never below 0.
  private func hazardStep(
    _ curve: SurvivalCurve, _ index: Int, critical: Double
  ) -> SurvivalFigure.Step {
    let hazard = curve.cumulativeHazard[index]
    let error = curve.cumulativeHazardStandardError[index]
    guard hazard > 0, error.isFinite else {
      return SurvivalFigure.Step(time: curve.time[index], estimate: hazard)
    }
    let factor = Elementary.exp(critical * error / hazard)
    return SurvivalFigure.Step(
      time: curve.time[index], estimate: hazard, lower: hazard / factor, upper: hazard * factor)
  }

  private func known(_ value: Double) -> Double? { value.isNaN ? nil : value }
}

extension SurvivalCurve {
  /// From when on fewer than `least` are at risk, for good.
  func sparseTime(below least: Int) -> Double? {
    guard least > 0 else { return nil }
    guard let last = atRisk.lastIndex(where: { $0 >= Double(least) }) else { return 0 }
    return last + 1 < time.count ? time[last] : nil
  }
}

extension FigureRequest.Transform {
  var kind: SurvivalFigure.Kind {
    switch self {
    case .survival: .survival
    case .risk: .risk
    case .cumulativeHazard: .cumulativeHazard
    case .logLog: .logMinusLog
    }
  }

  /// Beside the vertical axis; nil where the outcome names it.
  var label: String? {
    switch self {
    case .survival: nil
    case .risk: "Cumulative risk, %"
    case .cumulativeHazard: "Cumulative hazard"
    case .logLog: "log(−log survival)"
    }
  }
}
