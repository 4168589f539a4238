// Says which factors are not coded level against reference.

import ModelFormula

extension DesignMatrix {
  /// "sum contrasts for stage"; empty for treatment contrasts, whose table speaks for itself.
  func contrastNotes(_ dataSet: DataSet) -> [String] {
    var variables: [Contrast: [String]] = [:]
    for (variable, coding) in zip(schema.terms.variables, schema.codings) {
      guard case .factor(let factor)? = coding, factor.contrast != .treatment, factor.levels.count > 1 else {
        continue
      }
      variables[factor.contrast, default: []].append(
        dataSet.withinSentence(dataSet.printedName(of: variable)))
    }
    return Contrast.allCases.compactMap { contrast in
      variables[contrast].map { "\(contrast.words) contrasts for \($0.joined(separator: ", "))" }
    }
  }
}

extension Contrast {
  fileprivate var words: String { self == .helmert ? "Helmert" : rawValue }
}
