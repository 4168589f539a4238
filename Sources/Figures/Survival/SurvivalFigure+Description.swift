// What the curves show, in words.

extension SurvivalFigure {
  /// The title, then each group's number, follow-up, median and last estimate, in one paragraph.
  var description: String {
    var text = title
    let unit = timeAxis.label
    if groups.isEmpty { return text + ". No curve." }
    text += ". \(valueLabel) (vertical) by \(unit) (horizontal), "
    text += groups.count == 1 ? "one curve" : "\(groups.count) curves"
    if let percent = confidencePercent, groups.contains(where: { $0.steps.contains { $0.lower != nil } }) {
      text +=
        hasBands
        ? " with \(style.number(percent, decimals: percent == percent.rounded() ? 0 : 1))% bands" : ""
    }
    if lowestValue ?? 0 > 0, kind == .survival { text += "; the vertical axis does not begin at 0" }
    text += "."
    if showsCensorMarks, !hasCensorMarks { text += " Censored observations are too many to be marked." }
    for group in groups { text += " " + sentence(about: group) }
    for annotation in annotations { text += " " + annotation + "." }
    return text
  }

  /// On the log(−log) scale, which is for judging whether curves are parallel, only on request.
  var hasBands: Bool {
    switch bands {
    case .automatic: groups.count <= 3 && kind != .logMinusLog
    case .always: true
    case .never: false
    }
  }

  private func sentence(about group: Group) -> String {
    var parts: [String] = []
    if let atRisk = group.riskTable.first?.atRisk {
      parts.append("\(style.count(atRisk)) at risk at the start")
    }
    if kind == .survival || kind == .risk, showsMedians || group.median != nil {
      parts.append(group.median.map { "median \(shownTime($0))" } ?? "median not reached")
    }
    let end = min(group.followUpEnd, longest)
    if let last = group.steps.last(where: { $0.time <= end }) {
      parts.append("\(shownEstimate(last.estimate)) at the end of the curve at \(shownTime(end))")
    } else {
      parts.append("no event up to \(shownTime(end))")
    }
    if let sparse = group.sparseFrom, let sparseBelow {
      parts.append("fewer than \(sparseBelow) at risk from \(shownTime(sparse))")
    }
    let name = group.name.isEmpty ? "" : group.name + ": "
    return name + parts.joined(separator: ", ") + "."
  }

  private func shownTime(_ time: Double) -> String { timeAxis.text(time, style) }

  private func shownEstimate(_ estimate: Double) -> String {
    switch kind {
    case .survival, .logMinusLog: style.number(estimate * 100, decimals: 0) + "%"
    case .risk: style.number((1 - estimate) * 100, decimals: 0) + "%"
    case .cumulativeHazard: style.number(estimate, decimals: 2)
    }
  }
}
