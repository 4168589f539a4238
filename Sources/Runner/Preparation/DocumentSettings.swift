// What the front matter says to Meier.

import AnalysisDocument
import Diagnostics
import Directives
import Presentation

/// The settings of one document, from its front matter.
public struct DocumentSettings: Sendable {
  /// Keys that are Meier's own: they do not appear in `output/`.
  public static let keys = ["style", "compat", "echo", "foreign", "claims"]

  public let style: JournalStyle
  public let compatibility: Compatibility
  /// Whether `output/` shows the directives.
  public let echoesDirectives: Bool

  public static let standard = DocumentSettings(style: .plain, compatibility: .meier, echoesDirectives: false)

  /// Reads the keys that are Meier's; all others are the author's.
  static func read(_ frontMatter: FrontMatter?) -> (DocumentSettings, [Diagnostic]) {
    guard let options = frontMatter?.options else { return (.standard, []) }
    var diagnostics: [Diagnostic] = []
    var style = JournalStyle.plain
    if let value = options["style"] {
      let names = JournalStyle.all.map(\.name)
      if let name = value.scalar?.string, let named = JournalStyle.named(name) {
        style = named
      } else {
        diagnostics.append(
          Diagnostic(
            .unknownStyle, "no style '\(value.scalar?.string ?? "")'", at: value.range,
            remedy: NearMiss.remedy(for: value.scalar?.string ?? "", among: names)
              ?? "styles: \(names.joined(separator: ", "))"))
      }
    }
    var compatibility = Compatibility.meier
    if let value = options["compat"] {
      let (rules, problems) = Compatibility.read(value)
      compatibility = rules
      diagnostics += problems
      style.number.rounding = rules.rounding
    }
    let echo = options["echo"]?.scalar?.string
    if let value = options["echo"], echo != "true", echo != "false" {
      diagnostics.append(Diagnostic(.invalidOption, "expected true or false", at: value.range))
    }
    return (
      DocumentSettings(style: style, compatibility: compatibility, echoesDirectives: echo == "true"),
      diagnostics
    )
  }
}
