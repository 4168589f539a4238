// The manual, made from the same specifications that validate documents.

import Diagnostics
import Expressions

/// Pages of the manual in Markdown.
public enum ManualPage {
  /// The page of a directive: what it does, its options, its results, an example, literature.
  public static func directive(_ specification: DirectiveSpecification) -> String {
    var text = "# \(specification.name)\n\n\(specification.summary)\n\n\(specification.details)\n"
    if !specification.options.isEmpty {
      text += "\n## Options\n\n| option | value | default | |\n|:--|:--|:--|:--|\n"
      for option in specification.options {
        let standard = option.isRequired ? "required" : option.defaultText ?? ""
        text += "| `\(option.name)` | \(cell(option.kind)) | \(cell(standard)) | \(cell(option.summary)) |\n"
        for part in option.parts {
          text += "| `\(option.name): {\(part.name)}` | \(cell(part.kind)) | \(cell(part.defaultText)) | "
          text += "\(cell(part.summary)) |\n"
        }
      }
    }
    if !specification.results.isEmpty {
      text += "\n## Results\n\nUnder these names, with the directive's id for `ID`:\n\n"
      text += "| name | meaning |\n|:--|:--|\n"
      for result in specification.results {
        text += "| `\(result.pattern.replacing("|", with: "\\|"))` | \(cell(result.meaning)) |\n"
      }
    }
    if !specification.literature.isEmpty {
      text += "\n## Literature\n\n" + specification.literature.map { "- \($0)\n" }.joined()
    }
    return text + "\n## Example\n\n" + example(specification) + "\n"
  }

  /// The example as a document that runs; as text where it names what the manual does not have.
  private static func example(_ specification: DirectiveSpecification) -> String {
    if let example = ManualExample.markdown(specification) { return example }
    let block = ManualExample.fenced(specification.name, id: ManualExample.id, specification.example)
    return "````text\n\(block)\n````"
  }

  /// The page of an option, in every directive that has it.
  public static func option(_ name: String) -> String? {
    var text = ""
    for type in DirectiveRegistry.all {
      for option in type.specification.options where option.name == name {
        let standard = option.isRequired ? "required" : "default \(option.defaultText ?? "none")"
        text += "\nIn `\(type.specification.name)`: \(option.summary). Value: \(option.kind); \(standard).\n"
      }
    }
    return text.isEmpty ? nil : "# Option `\(name)`\n" + text
  }

  /// The page of a function of the expression language.
  public static func function(_ name: String) -> String? {
    let entries = [
      FunctionCatalog.entry(named: name), FunctionCatalog.dataFunctions.first { $0.name == name },
    ].compactMap(\.self)
    guard !entries.isEmpty else { return nil }
    return entries.map { "# `\($0.signature)`\n\n\($0.summary)\n\n    \($0.example)\n" }.joined(
      separator: "\n")
  }

  /// The page of a diagnostic code.
  public static func diagnostic(_ code: DiagnosticCode) -> String {
    let page = code.page
    return "# `\(code.rawValue)`\n\n\(page.meaning)\n\n**What to do.** \(page.remedy)\n"
  }

  /// What there is to explain.
  public static func overview() -> String {
    var text = "# Meier\n\nDirectives:\n\n"
    for type in DirectiveRegistry.all {
      let specification = type.specification
      text += "- `\(specification.name)`: \(specification.summary)\n"
    }
    text += "\nTopics:\n\n" + ManualTopics.all.map { "- `\($0.name)`: \($0.summary)\n" }.joined()
    text += "\nFunctions: " + FunctionCatalog.all.map { "`\($0.name)`" }.joined(separator: ", ") + ".\n"
    let codes = DiagnosticCode.allCases.map { "`\($0.rawValue)`" }
    text += "\nDiagnostic codes: " + codes.joined(separator: ", ") + ".\n"
    return text
  }

  /// Everything a name may mean; `nil` when it means nothing.
  public static func page(for name: String) -> String? {
    if let type = DirectiveRegistry.directive(named: name) { return directive(type.specification) }
    if let code = DiagnosticCode(rawValue: name) { return diagnostic(code) }
    let pages = [ManualTopics.page(name), function(name), option(name), result(name)].compactMap(\.self)
    // A word may be a function, an option and a result's name: `median` is all three.
    if !pages.isEmpty { return pages.joined(separator: "\n") }
    guard let own = ForeignNames.page(for: name), own != name else { return nil }
    return page(for: own)
  }

  /// All names that have a page.
  public static var names: [String] {
    var names: [String] = []
    for type in DirectiveRegistry.all {
      names.append(type.specification.name)
      names += type.specification.options.map(\.name)
    }
    return names + resultNames + ManualTopics.all.map(\.name) + FunctionCatalog.all.map(\.name)
      + DiagnosticCode.allCases.map(\.rawValue)
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
