// A heading of the author's, and the anchors that it offers.

import Diagnostics

/// An ATX or setext heading outside result regions.
public struct Heading: Sendable {
  /// 1 to 6.
  public let level: Int
  /// The text without markup and without `{#sec-id}`; a code span's content stands as it is.
  public let text: String
  /// The anchor that GitHub gives the heading, unique in the document.
  public let slug: String
  /// `sec-methods` of a closing `{#sec-methods}`.
  public let sectionID: SourceText?
  /// The bytes of the heading's lines, without the last line end.
  public let range: Range<Int>
  /// Its line, from 1.
  public let line: Int
}
