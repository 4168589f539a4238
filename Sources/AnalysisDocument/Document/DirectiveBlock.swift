// A fenced block that Meier runs.

import Diagnostics

/// A fenced code block whose info string is `{name}` or `{name #id}`.
public struct DirectiveBlock: Sendable {
  /// The name as typed; whether there is such a directive is the caller's to judge.
  public let name: SourceText
  /// The id as typed, without `#`; `nil` when there is none.
  public let id: SourceText?
  /// `{name #id}`.
  public let header: SourceRange
  /// From the first byte of the opening fence to the end of the closing fence, without the line end.
  /// On the first line a list marker or a block quote's `>` may stand before it.
  public let range: Range<Int>
  /// The 1-based lines that hold `range`.
  public let lines: ClosedRange<Int>
  /// The text between the fences without the container's prefix; lines end in LF.
  public let body: SourceText
  /// The body read as YAML; `nil` when it is empty or cannot be read.
  public let options: OptionTree?
  /// What each line written below the block must begin with to stay in the same quote or list item:
  /// `> `, `  `, …; empty at the top level.
  public let containerPrefix: [UInt8]
}
