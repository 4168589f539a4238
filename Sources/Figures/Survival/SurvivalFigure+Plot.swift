// From survival estimates to curves on axes.

extension SurvivalFigure {
  /// The longest follow-up of any group, or the axis' limit.
  var longest: Double {
    let longest = groups.map(\.followUpEnd).filter(\.isFinite).max() ?? 1
    return timeAxis.limit ?? longest
  }

  /// Marks at so many times that they would cover the curve tell nothing; then no group has them, lest one
  /// should look as if nobody had been censored.
  var hasCensorMarks: Bool {
    let most = style.width.millimetres < 120 ? 150 : 250
    return showsCensorMarks && groups.allSatisfy { distinctTimes(of: $0.censorTimes) <= most }
  }

  private func distinctTimes(of times: [Double]) -> Int {
    zip(times, times.dropFirst()).reduce(times.isEmpty ? 0 : 1) { $0 + ($1.0 == $1.1 ? 0 : 1) }
  }

  func plot() -> CurvePlot {
    let curves = groups.enumerated().map { curve(of: $0.element, at: $0.offset) }
    let xAxis = timeAxis.frameAxis(longest: longest, count: TimeAxis.usualCount(style.width), style: style)
    var plot = CurvePlot(
      id: id, style: style, xAxis: xAxis, yAxis: valueAxis(curves), curves: curves,
      table: RiskBlock.blocks(
        groups.map(\.riskTable), riskTable, times: xAxis.ticks.map(\.value), style: style),
      notes: annotations + sparseNote)
    if kind != .survival { plot.noteCorners = [.topLeft, .bottomRight, .topRight, .bottomLeft] }
    if kind == .logMinusLog { makeLogarithmic(&plot) }
    return plot
  }

  private func makeLogarithmic(_ plot: inout CurvePlot) {
    let times = plot.curves.flatMap { $0.points.prefix(1).map(\.x) }.filter { $0 > 0 }
    let last = plot.curves.map(\.end).max() ?? 1
    let first = min(times.min() ?? last / 10, last)
    let inside = RatioTicks(from: timeAxis.shown(first), to: timeAxis.shown(last), count: 7)
    let unit = timeAxis.shown(1)
    plot.xAxis = FrameAxis(
      label: timeAxis.label, lower: first, upper: last,
      ticks: inside.ticks(style).map { Tick(value: $0.value / unit, label: $0.label) }, isLogarithmic: true)
    plot.table = []
  }

  private func curve(of group: Group, at index: Int) -> Curve {
    let start = kind == .cumulativeHazard ? 0.0 : 1.0
    var points: [CurvePoint] = []
    points.reserveCapacity(group.steps.count + 1)
    let isTurned = kind == .risk || kind == .logMinusLog
    func point(_ step: Step, at time: Double) -> CurvePoint? {
      let y = shown(step.estimate)
      let bounds = [step.lower.map(shown), step.upper.map(shown)]
      return y.isFinite
        ? CurvePoint(x: time, y: y, lower: bounds[isTurned ? 1 : 0], upper: bounds[isTurned ? 0 : 1]) : nil
    }
    if kind != .logMinusLog {
      let beginning = max(timeAxis.origin, group.followUpStart ?? timeAxis.origin)
      let before = group.steps.last { $0.time < timeAxis.origin }
      points.append(
        before.flatMap { point($0, at: beginning) } ?? CurvePoint(x: beginning, y: shown(start)))
    }
    for step in group.steps where step.time.isFinite && step.time >= timeAxis.origin {
      guard let point = point(step, at: step.time) else { continue }
      if let last = points.last, last.x == step.time { points.removeLast() }
      points.append(point)
    }
    let name = group.name
    var curve = Curve(
      name: name, look: style.colour(index), points: points,
      end: group.followUpEnd.isFinite ? group.followUpEnd : (points.last?.x ?? timeAxis.origin))
    curve.hasBand = hasBands
    curve.faintFrom = group.sparseFrom
    if hasCensorMarks { curve.marks = group.censorTimes }
    if showsMedians, kind == .survival || kind == .risk, let median = group.median, median.isFinite {
      curve.reference = Point(x: median, y: shown(0.5))
    }
    return curve
  }

  /// An estimate as the axis shows it; survival and risk in per cent.
  private func shown(_ estimate: Double) -> Double {
    switch kind {
    case .survival: estimate * 100
    case .risk: (1 - estimate) * 100
    case .cumulativeHazard: estimate
    case .logMinusLog:
      estimate > 0 && estimate < 1 ? naturalLogarithm(-naturalLogarithm(estimate)) : .nan
    }
  }

  /// What the thin end of a curve means.
  private var sparseNote: [String] {
    guard let sparseBelow,
      groups.contains(where: { ($0.sparseFrom ?? .infinity) < min($0.followUpEnd, longest) })
    else { return [] }
    return ["Thin line: fewer than \(sparseBelow) at risk"]
  }

  private func valueAxis(_ curves: [Curve]) -> FrameAxis {
    var axis = usualValueAxis(curves)
    if let valueBreaks { axis.replaceTicks(valueBreaks, style) }
    return axis
  }

  private func usualValueAxis(_ curves: [Curve]) -> FrameAxis {
    switch kind {
    case .survival:
      let lowest = min(max((lowestValue ?? 0) * 100, 0), 95)
      let highest = max(min((highestValue ?? 1) * 100, 100), lowest + 1)
      let nice = NiceTicks(from: lowest, to: highest, count: 4, covering: false)
      let ticks =
        lowest == 0 && highest == 100
        ? [0, 25, 50, 75, 100].map { Tick(value: $0, label: style.number($0, decimals: 0)) }
        : nice.ticks(style)
      return FrameAxis(
        label: valueLabel, lower: lowest, upper: highest, ticks: ticks, isBroken: lowest > 0)
    case .risk, .cumulativeHazard:
      let limit = kind == .risk ? 100.0 : Double.infinity
      var (highest, highestBound) = (0.0, 0.0)
      for curve in curves {
        for point in curve.points where point.x <= longest {
          highest = max(highest, point.y)
          // A band has no width where its curve ends.
          let hasBound = curve.hasBand && point.x < curve.end
          highestBound = max(highestBound, hasBound ? point.upper : point.y)
        }
      }
      // A bound that runs away at the end must not press the curves to the bottom.
      highest = min(highestBound, highest * 2)
      highest = min(highestValue.map { kind == .risk ? $0 * 100 : $0 } ?? highest, limit)
      if kind == .risk, highest > 60 { highest = 100 }
      let nice = NiceTicks(from: 0, to: highest > 0 ? highest : 1, count: 4)
      return FrameAxis(label: valueLabel, lower: 0, upper: nice.last, ticks: nice.ticks(style))
    case .logMinusLog:
      let values = curves.flatMap { $0.points.map(\.y) }
      let nice = NiceTicks(from: values.min() ?? -1, to: values.max() ?? 1, count: 5)
      return FrameAxis(label: valueLabel, lower: nice.first, upper: nice.last, ticks: nice.ticks(style))
    }
  }
}
