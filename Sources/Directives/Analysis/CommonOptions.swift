// Options that most analyses share.

import AnalysisDocument
import Expressions
import ModelFormula

enum CommonOptions {
  static let data = OptionKey(required: "data", .dataSet, "the data set to analyse")
  static let formula = OptionKey(
    required: "formula", .formula,
    "outcome ~ terms, in R's grammar; the outcome may be declared with the data")
  static let condition = OptionKey(optional: "where", .expression, "rows of this analysis only")
  static let weights = OptionKey(optional: "weights", .column, "the column of case weights")
  static let cluster = OptionKey(
    optional: "cluster", .column, "rows with the same value belong together: the variance is then robust")
  static let patient = OptionKey(
    optional: "id", .column,
    "tells patients apart where one has several rows: tables count them instead of rows; the variance stays as it is"
  )
  static let confidenceLevel = OptionKey(
    "confidence-level", .openProportion, default: 0.95, shown: "0.95", "of all intervals")
  static let contrasts = OptionKey(
    "contrasts", .contrasts, default: ContrastChoice(), shown: "treatment",
    "how factors are coded: treatment (each level against the reference), sum, helmert, polynomial; or per variable"
  )
  static let caption = OptionKey(
    "caption", .line, default: "", shown: "none", "of the table and the figure; may hold inline values")
  /// Every directive that takes a caption has it, see `DirectiveSpecification`.
  static let supplementary = OptionKey(
    "supplementary", .flag, default: false, shown: "false",
    "whether its tables and figures are numbered S1, S2, … apart from the others")
  static let showsTable = OptionKey(
    "table", .tableDisplay, default: .shown, shown: "true",
    "whether the table is printed; `hidden` keeps it for merge, stack and forest")
}

extension ResolvedOptions {
  /// Whether the directive's tables and figures belong to the supplement.
  public var isSupplementary: Bool { (try? self[CommonOptions.supplementary]) ?? false }
}
