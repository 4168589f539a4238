// What a directive is: one static description and one method.

/// An analysis that a document can ask for by `{name #id}`.
///
/// A new directive is one file in `Catalog/` with a type that conforms to this protocol, and one line in
/// `DirectiveRegistry.all`. Validation, near misses, `meier explain` and the reference pages all come from the
/// specification; the method gets options that were checked and returns plain results.
public protocol Directive: Sendable {
  /// What validation, near misses, `meier explain` and the reference page are made from.
  static var specification: DirectiveSpecification { get }

  /// What its table and figure are of where the author gives no caption: plain text, from the roles and labels.
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String

  /// Computes the directive's results.
  ///
  /// - Throws: `Diagnostic` or `DiagnosticList` for what the author can mend; typed errors of the statistical core,
  ///   which name a role (`time`, `event`, …) that the caller turns into the place of the option that supplied it.
  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput
}

extension Directive {
  /// No words: the label and the number stand alone.
  public static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String { "" }
}

/// What a directive is called, does, understands and returns: the one source of its validation and its manual.
public struct DirectiveSpecification: Sendable {
  /// The word in `{name #id}`.
  public let name: String
  /// One line, as a table of contents shows it.
  public let summary: String
  /// What is estimated and how, with the defaults and their reasons: Markdown for the manual page.
  public let details: String
  let options: [OptionSpecification]
  /// The names under which inline values, claims and `results.json` find the results.
  let results: [ResultSpecification]
  /// A complete small example: the body of the directive.
  public let example: String
  let literature: [String]
  /// Raised whenever the same options and data print other numbers than before: results recorded under an older
  /// version are stale.
  public let semanticsVersion: Int
  /// Whether the results tell how the rows came to be selected, and not of the selected rows alone.
  public let reportsSelection: Bool
  /// Whether the directive writes results and therefore needs an id.
  public let needsID: Bool

  init(
    name: String, summary: String, details: String, options: [OptionSpecification],
    results: [ResultSpecification],
    decimals: DecimalChoices = [], example: String, literature: [String] = [], semanticsVersion: Int = 1,
    reportsSelection: Bool = false,
    needsID: Bool = true
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    let takesCaption = options.contains { $0.name == CommonOptions.caption.name }
    self.options =
      options + (takesCaption ? [CommonOptions.supplementary.specification] : [])
      + DigitOptions.specifications(decimals)
    self.results = results
    self.example = example
    self.literature = literature
    self.semanticsVersion = semanticsVersion
    self.reportsSelection = reportsSelection
    self.needsID = needsID
  }
}

/// A family of result names and its meaning, such as `ID["level"].median` with its interval.
struct ResultSpecification: Sendable {
  let pattern: String
  let meaning: String

  init(_ pattern: String, _ meaning: String) {
    self.pattern = pattern
    self.meaning = meaning
  }
}
