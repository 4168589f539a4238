// What an analysis of the reference set is called in a document, and where its results stand.

/// One per kind of analysis.
protocol Translation: Sendable {
  /// The directives that the case asks for; the one that is compared has the id `r`.
  func directives(_ reference: ReferenceCase) -> [DirectiveText]

  /// Markdown after the directives: inline values, for what only they can print.
  func text(_ reference: ReferenceCase) -> String

  /// The result that a key stands for; `nil` if there is none.
  func value(_ key: ReferenceKey, _ reference: ReferenceCase, _ run: TranslatedRun) -> JSONTree?
}

extension Translation {
  func text(_ reference: ReferenceCase) -> String { "" }
}

/// A run with what several keys need.
struct TranslatedRun: Sendable {
  let results: Results
  let document: String
  /// Coefficients of `r`, by the reference's names.
  let coefficients: [String: String]

  init(_ run: EngineRun, _ reference: ReferenceCase) {
    results = run.results
    document = run.document
    coefficients =
      CoefficientNames(run.results, base: "r", tail: ".coefficient", factors: reference.factors).paths
  }

  /// `r["sex", "2"]` + the first of the tails that exists.
  func coefficient(_ key: ReferenceKey, _ tails: String...) -> JSONTree? {
    guard let name = key.parts.first, let path = coefficients[name] else { return nil }
    return results.first(tails.map { path + $0 })
  }

  /// Names of the coefficients that carry this reason instead of a number.
  func coefficients(with reason: String) -> JSONTree {
    .list(
      coefficients.keys.sorted().filter { name in
        coefficients[name].map { results.values[$0 + ".coefficient"] == .text(reason) } ?? false
      }.map(JSONTree.text))
  }
}

enum Translations {
  static func translation(for analysis: String) -> (any Translation)? {
    switch analysis {
    case "km", "rmst": KaplanMeierTranslation(directive: "kaplan-meier")
    case "followup": KaplanMeierTranslation(directive: "follow-up")
    case "logrank": LogRankTranslation()
    case "cox", "cox-penalised", "ph-baseline": CoxTranslation(directive: "cox")
    case "clogit": CoxTranslation(directive: "conditional-logistic")
    case "zph": ProportionalHazardsTranslation()
    case "concordance": ConcordanceTranslation()
    case "aft": ParametricTranslation()
    case "cif", "gray": CumulativeIncidenceTranslation()
    case "finegray": FineGrayTranslation()
    case "lm": LinearTranslation()
    case "glm": GeneralizedLinearTranslation()
    case "test", "describe": TestTranslation()
    case "table1": SummaryTranslation()
    case "roc": ROCTranslation()
    case "iptw": PropensityTranslation()
    case "padjust": AdjustmentTranslation()
    case "import": ImportTranslation()
    default: nil
    }
  }
}

/// Words that several directives share.
enum OptionWords {
  static func confidenceType(_ name: String?) -> OptionText? {
    name.map { .text($0 == "arcsin" ? "arcsine" : $0) }
  }

  static func ties(_ name: String?) -> OptionText? {
    name.map { .text($0 == "exact" ? "exact-partial" : $0) }
  }

  static func list(_ numbers: [Double]) -> OptionText? { numbers.isEmpty ? nil : .numbers(numbers) }

  /// Rows to predict for: only the columns that the model uses.
  static func newRows(_ reference: ReferenceCase) -> OptionText? {
    let rows = (reference.spec["newdata"]?.elements ?? []).map(\.object)
    guard !rows.isEmpty else { return nil }
    let text = reference.rightHandSide
    return .list(
      rows.map { row in
        .mapping(
          row.sorted { $0.key < $1.key }.filter { text.contains($0.key) }.map { column, value in
            (column, reference.factors[column] == nil ? OptionText(value) : .text(value.words))
          })
      })
  }
}

extension DirectiveText {
  /// Options that nearly every analysis has.
  mutating func setCommon(_ reference: ReferenceCase) {
    set("confidence-level", reference.spec["conf.level"]?.number.map(OptionText.number))
    set("weights", reference.string("weights").map(OptionText.text))
  }
}
