// What stands beside the axis of a survival curve.

import ModelFormula

extension CaptionWords {
  /// "Overall survival": what the curve is the probability of. The time's label where it names a survival, else what the names of
  /// outcome or time stand for; "Survival" of deaths, and of events that their name says nothing of; "Event-free" of all others.
  func survivalAxis(_ formula: Formula) -> String {
    guard let syntax = try? SurvivalTimes.syntax(of: formula, in: dataSet) else { return "Survival" }
    let times = syntax.time.columnNames
    let time = times.count == 1 ? times.first : nil
    if let label = time.flatMap({ dataSet.table[$0]?.metadata.label }),
      label.lowercased().contains("survival")
    {
      return label
    }
    var names: [String] = []
    if case .name(let name)? = formula.response?.form { names.append(name) }
    // os_months, pfs.time
    if let time { names.append(String(time.prefix { $0.isLetter })) }
    let known = names.compactMap { Self.outcomes[$0.lowercased()] }.first { !$0.hasPrefix("time to") }
    if let known { return known.capitalizedFirst }
    let isDeclared = if case .name? = formula.response?.form { true } else { false }
    let events = syntax.event?.columnNames ?? []
    let words = (names.prefix(isDeclared ? 1 : 0) + events + events.compactMap { dataSet.table[$0]?.label })
      .map { $0.lowercased() }
    func says(_ stems: [String]) -> Bool { words.contains { word in stems.contains { word.contains($0) } } }
    if says(["relaps", "recur", "progress"]) { return "Event-free" }
    if says(["death", "dead", "died", "deceas", "mort", "surv"]) { return "Survival" }
    return isDeclared || !events.allSatisfy(Self.saysNothing) ? "Event-free" : "Survival"
  }

  /// Whether a column's name only says that it holds events.
  private static func saysNothing(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["status", "event", "stat", "cens", "delta", "fail"].contains { name.contains($0) }
      || ["d", "e", "ev", "evt", "x"].contains(name)
  }
}
