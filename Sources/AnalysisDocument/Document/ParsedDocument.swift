// A document as Meier sees it: what is Meier's, each with its bytes; the rest is the author's.

import Diagnostics

/// Everything in a Markdown file that Meier reads or may replace. All lists are in document order, and no two
/// of the ranges that a run replaces overlap.
public struct ParsedDocument: Sendable {
  public let file: SourceFile
  /// The line end that generated text must use.
  public let lineEnding: LineEnding
  public let frontMatter: FrontMatter?
  public let directives: [DirectiveBlock]
  public let spans: [InlineSpan]
  public let regions: [ResultRegion]
  public let headings: [Heading]
  public let references: [CrossReference]
  /// The block structure, for `StructureGuard`.
  let tree: CommonMarkTree
  /// Where the Markdown begins: after a byte-order mark and front matter.
  let bodyStart: Int
}
