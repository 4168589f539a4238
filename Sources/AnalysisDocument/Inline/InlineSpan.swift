// An inline value or an inline claim, where it stands.

import Diagnostics

/// `` `{= expression}` ``, `` `{claim expression}` ``, or a value that an in-place run has written,
/// `649<!--= expression → 649 -->`.
public struct InlineSpan: Sendable {
  /// The three forms in which an expression stands in prose.
  public enum Kind: Sendable, Hashable {
    /// A code span that waits for its value.
    case value
    /// A code span that guards the sentence around it.
    case claim
    /// A value that stands in the text, followed by the comment with its expression.
    case recordedValue
  }

  /// Which of them it is.
  public let kind: Kind
  /// The bytes to replace: the code span with its backticks, or recorded text and comment together.
  public let range: Range<Int>
  /// What stands between `{=` (`{claim`, `<!--=`) and `}` (` → `), blanks trimmed, escapes undone.
  public let expression: SourceText
  /// The text that the last run printed; `nil` unless `kind` is `recordedValue`.
  public let recordedText: String?
  /// A recorded value whose text somebody changed: `range` then holds the words that seem to have replaced
  /// it, and an `edited-result` error has been reported.
  public let isEdited: Bool
  /// In a pipe table's cell a bar must be written as `\|`.
  public let isInTableCell: Bool
  /// Nothing but blanks and container markers stand before it on its line.
  public let beginsLine: Bool
  /// The 1-based line on which it begins.
  public let line: Int

  init(
    kind: Kind, range: Range<Int>, expression: SourceText, recordedText: String? = nil,
    isEdited: Bool = false,
    isInTableCell: Bool = false, beginsLine: Bool = false, line: Int
  ) {
    self.kind = kind
    self.range = range
    self.expression = expression
    self.recordedText = recordedText
    self.isEdited = isEdited
    self.isInTableCell = isInTableCell
    self.beginsLine = beginsLine
    self.line = line
  }
}

/// A reference to a numbered thing in running text: `@tbl-os`, `@fig-os`, `@sec-methods`.
public struct CrossReference: Sendable {
  /// What can be referred to; the raw value stands between `@` and the dash.
  public enum Kind: String, Sendable, CaseIterable {
    /// A numbered table.
    case table = "tbl"
    /// A numbered figure.
    case figure = "fig"
    /// A heading with `{#sec-…}`.
    case section = "sec"
  }

  /// What it refers to.
  public let kind: Kind
  /// What follows `@tbl-`: an id, or `id-name` for a directive's further tables and figures.
  public let target: SourceText
  /// From `@` to the end of the target.
  public let range: Range<Int>
  /// In a pipe table's cell, where a bar must be written as `\|`.
  public let isInTableCell: Bool
  /// It stands in the text of a link or an image, which cannot hold another link.
  public let isInLink: Bool

  init(
    kind: Kind, target: SourceText, range: Range<Int>, isInTableCell: Bool, isInLink: Bool = false
  ) {
    self.kind = kind
    self.target = target
    self.range = range
    self.isInTableCell = isInTableCell
    self.isInLink = isInLink
  }
}
