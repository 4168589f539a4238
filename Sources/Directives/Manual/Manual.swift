// The whole manual as files of a folder.

import Diagnostics
import Expressions

/// A page of the manual on disk.
public struct ManualFile: Sendable {
  /// From the manual's folder.
  public let path: String
  /// The whole file, ending in a line break.
  public let text: String
  /// Whether the page is a document that Meier runs in place.
  public let isDocument: Bool

  /// A page. One that is a document holds directives, which are run when the manual is made.
  public init(path: String, text: String, isDocument: Bool = false) {
    self.path = path
    self.text = text
    self.isDocument = isDocument
  }
}

/// Writes the reference manual from the specifications, so that it cannot say anything else than the program
/// does.
public enum Manual {
  /// Every page that the specifications give, in a fixed order.
  public static func files() -> [ManualFile] {
    let specifications: [DirectiveSpecification] = DirectiveRegistry.all.map { $0.specification }
    var files: [ManualFile] = []
    files.append(ManualFile(path: "directives.md", text: index(specifications)))
    files.append(ManualFile(path: "options.md", text: options(specifications)))
    files.append(ManualFile(path: "results.md", text: results(specifications)))
    files.append(ManualFile(path: "functions.md", text: functions()))
    files.append(ManualFile(path: "diagnostics.md", text: diagnostics()))
    files.append(ManualFile(path: "diagnostics.schema.json", text: DiagnosticSchema.json))
    for topic in ManualTopics.all {
      files.append(ManualFile(path: topic.name + ".md", text: ManualTopics.text(topic)))
    }
    for specification in specifications {
      let runs = ManualExample.markdown(specification) != nil
      let text = ManualPage.directive(specification)
      files.append(ManualFile(path: "directives/" + specification.name + ".md", text: text, isDocument: runs))
    }
    return files
  }

  private static let origin =
    "This page is written by `meier explain --all`; `make documentation` renews it.\n"

  private static func index(_ specifications: [DirectiveSpecification]) -> String {
    var text = "# Directives\n\n\(origin)\n| directive | |\n|:--|:--|\n"
    for specification in specifications.sorted(by: { $0.name < $1.name }) {
      text +=
        "| [`\(specification.name)`](directives/\(specification.name).md) | \(cell(specification.summary)) |\n"
    }
    text += "| [`claims`](claims.md) | Expressions that must hold. |\n"
    return text
  }

  private static func options(_ specifications: [DirectiveSpecification]) -> String {
    var rows: [String] = []
    for specification in specifications {
      for option in specification.options {
        let standard = option.isRequired ? "required" : option.defaultText ?? ""
        rows.append(
          "| `\(option.name)` | [\(specification.name)](directives/\(specification.name).md) | \(cell(option.kind)) | "
            + "\(cell(standard)) | \(cell(option.summary)) |\n")
      }
    }
    return "# Options\n\n\(origin)\n| option | of | value | default | |\n|:--|:--|:--|:--|:--|\n"
      + rows.sorted().joined()
  }

  private static func results(_ specifications: [DirectiveSpecification]) -> String {
    var rows: [String] = []
    for specification in specifications {
      for result in specification.results {
        rows.append(
          "| [\(specification.name)](directives/\(specification.name).md) | `\(cell(result.pattern))` | \(cell(result.meaning)) |\n"
        )
      }
    }
    return
      "# Result names\n\n\(origin)\nWith the directive's id for `ID`; inline values, claims and `results.json` use them.\n\n"
      + "| directive | name | meaning |\n|:--|:--|:--|\n" + rows.joined()
  }

  private static func functions() -> String {
    func table(_ entries: [FunctionCatalog.Entry]) -> String {
      "| function | | example |\n|:--|:--|:--|\n"
        + entries.map { "| `\(cell($0.signature))` | \(cell($0.summary)) | `\(cell($0.example))` |\n" }
        .joined()
    }
    return "# Functions\n\n\(origin)\nOf [expressions](expressions.md), over the columns of a data set:\n\n"
      + table(FunctionCatalog.all) + "\nThese work on results as well: "
      + FunctionCatalog.all.filter(\.worksOnResults).map { "`\($0.name)`" }.joined(separator: ", ")
      + ".\n\nQuestions to a data set, in sentences and claims, with its id for `ID`:\n\n"
      + table(FunctionCatalog.dataFunctions)
  }

  private static func diagnostics() -> String {
    "# Diagnostic codes\n\n\(origin)\nThe list is closed. `--format json` prints one object per line "
      + "([schema](diagnostics.schema.json)), `--format sarif` one SARIF 2.1.0 log.\n"
      + DiagnosticCode.allCases.map { code in
        "\n## \(code.rawValue)\n\n\(code.page.meaning)\n\n**What to do.** \(code.page.remedy)\n"
      }.joined()
  }

  private static func cell(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "\\|")
  }
}
