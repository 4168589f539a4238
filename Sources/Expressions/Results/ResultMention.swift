// Results as an expression mentions them, with what it does to them.

import Diagnostics

/// One mention of a result in an expression.
public struct ResultMention: Sendable {
  /// The canonical text of its path.
  public let path: String
  /// Where it stands.
  public let range: SourceRange
  /// The number that it is compared with, where that is one as written: 1 in `m["age"].hr > 1`.
  public let comparedWith: Double?
}

extension Expression {
  /// The results of directives that the expression takes as they are, in the order of the text; what it raises to a power
  /// is on a scale of the author's own.
  public var resultMentions: [ResultMention] {
    var mentions: [ResultMention] = []
    root.collect(source, comparedWith: nil, into: &mentions)
    return mentions
  }
}

extension Expression.Node {
  fileprivate func collect(
    _ source: SourceText, comparedWith other: Double?, into mentions: inout [ResultMention]
  ) {
    switch kind {
    case .reference(let reference) where !reference.isResultFunction:
      guard let path = reference.resultPath else { return }
      mentions.append(
        ResultMention(path: path.text, range: source.range(range), comparedWith: other))
    case .comparison(_, let left, let right):
      left.collect(source, comparedWith: right.literal, into: &mentions)
      right.collect(source, comparedWith: left.literal, into: &mentions)
    case .arithmetic(.power, _, _): return
    default: for child in children { child.collect(source, comparedWith: nil, into: &mentions) }
    }
  }

  private var literal: Double? {
    if case .number(let value) = kind { value } else { nil }
  }
}
