// What front matter and the project's `meier.yml` say to Meier.

import AnalysisDocument
import DataTables
import Diagnostics
import Directives
import Presentation

/// The settings of one document: from its front matter, else from the project, else Meier's own.
struct DocumentSettings: Sendable {
  /// Keys that are Meier's own: they do not appear in `output/`.
  static let keys = [
    "style", "compat", "echo", "foreign", "claims", "params", "decimal-mark", "delimiter",
  ]

  private(set) var style = JournalStyle.plain
  private(set) var compatibility = Compatibility.meier
  /// Whether `output/` shows the directives.
  private(set) var echoesDirectives = false
  /// Whether `output/` shows which claims hold.
  private(set) var showsClaims = false
  private(set) var parameters = ParameterSet()
  /// How data files are written that do not say it in their directive.
  private(set) var decimalMark: DecimalMark?
  private(set) var delimiter: CSVDelimiter?

  static let standard = DocumentSettings()

  private init() {}

  /// Reads the keys that are Meier's; all others are the author's.
  ///
  /// - Parameter layers: what holds settings; the first that has a key gives its value.
  static func read(_ layers: [OptionMapping]) -> (DocumentSettings, [Diagnostic]) {
    var settings = DocumentSettings()
    var diagnostics: [Diagnostic] = []
    func value(_ key: String) -> OptionTree? { layers.lazy.compactMap { $0[key] }.first }
    if let value = value("style") {
      let names = JournalStyle.all.map(\.name)
      if let name = value.scalar?.string, let named = JournalStyle.named(name) {
        settings.style = named
      } else {
        diagnostics.append(
          Diagnostic(
            .unknownStyle, "no style '\(value.scalar?.string ?? "")'", at: value.range,
            remedy: NearMiss.remedy(for: value.scalar?.string ?? "", among: names)
              ?? "styles: \(names.joined(separator: ", "))"))
      }
    }
    /// The one of the allowed words that stands under a key.
    func word(_ key: String, among allowed: [String]) -> String? {
      guard let value = value(key) else { return nil }
      if let word = value.scalar?.string, allowed.contains(word) { return word }
      diagnostics.append(
        Diagnostic(
          .invalidOption, "expected \(Self.words(allowed))", at: value.range,
          remedy: NearMiss.remedy(for: value.scalar?.string ?? "", among: allowed)))
      return nil
    }
    if let value = value("compat") {
      let (rules, problems) = Compatibility.read(value)
      settings.compatibility = rules
      diagnostics += problems
      settings.style.number.rounding = rules.rounding
    }
    settings.echoesDirectives = word("echo", among: ["true", "false"]) == "true"
    settings.showsClaims = word("claims", among: ["show", "hide"]) == "show"
    settings.decimalMark = word("decimal-mark", among: DecimalMark.allCases.map(\.rawValue))
      .flatMap(DecimalMark.init(rawValue:))
    settings.delimiter = word("delimiter", among: CSVDelimiter.allCases.map(\.rawValue))
      .flatMap(CSVDelimiter.init(rawValue:))
    for layer in layers {
      if let declared = layer["params"] { diagnostics += settings.parameters.declare(declared) }
    }
    return (settings, diagnostics)
  }

  /// Gives parameters the values that the command line asks for.
  mutating func set(_ parameters: [String: String], for document: String) -> [Diagnostic] {
    parameters.sorted { $0.key < $1.key }.compactMap { name, text in
      self.parameters.set(name, to: text, for: document)
    }
  }

  private static func words(_ allowed: [String]) -> String {
    allowed.count == 2 ? allowed.joined(separator: " or ") : "one of " + allowed.joined(separator: ", ")
  }
}
