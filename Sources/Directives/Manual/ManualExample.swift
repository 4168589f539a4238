// The example of a directive's page: a document that runs.

import AnalysisDocument
import Diagnostics

/// Puts a specification's example together with the data and models it names.
public enum ManualExample {
  /// The id of the example's own directive.
  public static let id = "example"

  /// Every block in the order in which they stand, ready to run from `Documentation/directives`; `nil` when the
  /// example names an id that the manual does not know.
  public static func markdown(_ specification: DirectiveSpecification) -> String? {
    var blocks: [String] = []
    var known: Set<String> = []
    guard addBlocks(for: specification, specification.example, &blocks, &known) else { return nil }
    blocks.append(fenced(specification.name, id: id, specification.example))
    return blocks.joined(separator: "\n\n")
  }

  /// The ids that a body refers to, in the order of the text.
  private static func references(_ specification: DirectiveSpecification, _ body: String) -> [String] {
    let (tree, _) = OptionTree.parse(SourceText(body, path: specification.name))
    let file = SourceFile(path: specification.name, text: body)
    let (options, _) = specification.resolve(
      tree?.mapping?.entries ?? [], block: SourceRange(file: file, bytes: 0..<0))
    return options.use.references.map(\.id)
  }

  /// What a body needs, each block after those that it needs itself.
  private static func addBlocks(
    for specification: DirectiveSpecification, _ body: String, _ blocks: inout [String],
    _ known: inout Set<String>
  ) -> Bool {
    for id in references(specification, body) where known.insert(id).inserted {
      guard let block = ManualData.blocks[id], let type = DirectiveRegistry.directive(named: block.directive)
      else {
        return false
      }
      guard addBlocks(for: type.specification, block.body, &blocks, &known) else { return false }
      blocks.append(fenced(block.directive, id: id, block.body))
    }
    return true
  }

  static func fenced(_ name: String, id: String, _ body: String) -> String {
    "```{\(name) #\(id)}\n\(body)\n```"
  }
}
