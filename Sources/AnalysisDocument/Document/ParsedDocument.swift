// A document as Meier sees it: what is Meier's, each with its bytes; the rest is the author's.

import Diagnostics

/// Everything in a Markdown file that Meier reads or may replace. All lists are in document order, and no two
/// of the ranges that a run replaces overlap.
public struct ParsedDocument: Sendable {
  /// The file that was parsed.
  public let file: SourceFile
  /// The line end that generated text must use.
  public let lineEnding: LineEnding
  /// The front matter; `nil` without one.
  public let frontMatter: FrontMatter?
  /// The directives, in the order of the text.
  public let directives: [DirectiveBlock]
  /// Inline values and claims, in the order of the text.
  public let spans: [InlineSpan]
  /// Regions between result markers, in the order of the text.
  public let regions: [ResultRegion]
  /// Headings, in the order of the text.
  public let headings: [Heading]
  /// References to tables, figures and sections, in the order of the text.
  public let references: [CrossReference]
  /// The block structure, for `StructureGuard`.
  let tree: CommonMarkTree
  /// Where the Markdown begins: after a byte-order mark and front matter.
  let bodyStart: Int
}
