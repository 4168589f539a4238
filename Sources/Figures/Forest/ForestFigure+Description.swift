// What the forest plot shows, in words.

extension ForestFigure {
  /// The title, then every row's printed estimate.
  var description: String {
    var text = title + ". \(axisLabel)"
    text += measure == .ratio ? " on a logarithmic axis with a line at 1." : " with a line at 0."
    var heading = ""
    for row in rows {
      if row.kind == .heading { heading = row.label }
      let estimates = row.estimates.enumerated().compactMap { index, estimate -> String? in
        guard let estimate, !estimate.text.isEmpty else { return nil }
        let name = series.count > 1 && series.indices.contains(index) ? series[index].name + " " : ""
        let p = estimate.pValue.isEmpty ? "" : ", P " + ForestFigure.withSign(estimate.pValue)
        return name + estimate.text + p
      }
      guard !estimates.isEmpty else { continue }
      let context = row.indent > 0 && row.kind != .heading && !heading.isEmpty ? heading + ", " : ""
      text += " \(context)\(row.label): \(estimates.joined(separator: "; "))."
    }
    for row in rows where !row.interactionP.isEmpty {
      text += " \(interactionHeading), \(row.label): \(row.interactionP)."
    }
    return text
  }

  private static func withSign(_ pValue: String) -> String {
    guard let first = pValue.first, first == "<" || first == ">" else { return "= " + pValue }
    return "\(first) \(pValue.dropFirst().drop { $0 == " " })"
  }
}
