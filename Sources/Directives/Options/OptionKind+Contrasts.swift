// How factors are coded: one word for all of them, or one per variable.

import AnalysisDocument
import Diagnostics
import ModelFormula

/// The contrasts of a model's factors.
struct ContrastChoice: Sendable, Hashable {
  /// `nil` leaves it to R's rule: treatment contrasts, polynomial ones for `ordered()`.
  var standard: Contrast?
  var byVariable: [String: Contrast] = [:]

  /// The coding of a design, with the document's rule for the reference level.
  func designOptions(
    intercept: DesignOptions.Intercept = .asWritten, _ rules: Compatibility
  ) -> DesignOptions {
    DesignOptions(
      intercept: intercept, contrasts: byVariable, defaultContrast: standard ?? .treatment,
      reference: rules.referenceLevel)
  }

  /// Faults of variables that the formula does not have.
  func check(_ terms: FormulaTerms, at range: SourceRange) throws(Diagnostic) {
    let known = terms.variables.map(\.text)
    if let name = byVariable.keys.sorted().first(where: { !known.contains($0) }) {
      throw Diagnostic(
        .unknownColumn, "the formula has no variable '\(name)' to code", at: range,
        remedy: NearMiss.remedy(for: name, among: known))
    }
  }
}

extension OptionKind where Value == ContrastChoice {
  static var contrasts: Self {
    let names = Contrast.allCases.map(\.rawValue)
    let what = "one of \(names.joined(separator: ", ")), or one per variable: {stage: helmert}"
    return OptionKind(what, allowed: names) { tree, reader in
      func contrast(_ tree: OptionTree) -> Contrast? {
        let word = tree.scalar?.string ?? ""
        if let contrast = Contrast(rawValue: word) { return contrast }
        reader.report(
          Diagnostic(
            .invalidOption, "expected one of \(names.joined(separator: ", "))", at: tree.range,
            remedy: NearMiss.remedy(for: word, among: names)))
        return nil
      }
      guard let mapping = tree.mapping else { return contrast(tree).map { ContrastChoice(standard: $0) } }
      var choice = ContrastChoice()
      for entry in mapping.entries {
        guard let found = contrast(entry.value) else { return nil }
        choice.byVariable[entry.key.string] = found
      }
      return choice
    }
  }
}
