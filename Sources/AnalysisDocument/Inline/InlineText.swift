// Inline values in a piece of Markdown that is not part of the document's text: a caption, the abstract.

import Diagnostics

/// A text cut into what is printed as it is and what is computed. Backslash escapes and backtick runs are
/// read as CommonMark has them; libcmark is not asked.
public struct InlineText: Sendable {
  /// An expression within a text.
  public struct Span: Sendable {
    /// The code span with its backticks.
    public let whole: SourceText
    /// The expression, where it was typed.
    public let expression: SourceText
  }

  /// A piece of a text.
  public enum Segment: Sendable {
    /// Text as it stands.
    case literal(SourceText)
    /// The place of a value.
    case value(Span)
    /// A claim, which prints nothing.
    case claim(Span)
  }

  /// In order; together they are the text.
  public let segments: [Segment]

  /// Cuts a text at its expressions; faults of their syntax are reported, and they stay text.
  public static func parse(_ text: SourceText) -> (InlineText, [Diagnostic]) {
    let bytes = text.bytes
    var segments: [Segment] = []
    var diagnostics: [Diagnostic] = []
    var literalStart = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x5C {
        index += 2
        continue
      }
      guard bytes[index] == 0x60 else {
        index += 1
        continue
      }
      let run = Bytes.runLength(0x60, in: bytes, at: index, to: bytes.count)
      guard let close = closingRun(of: run, in: bytes, from: index + run) else {
        index += run
        continue
      }
      let whole = index..<close + run
      switch content(text, Bytes.trimmed(bytes, index + run..<close)) {
      case .code: break
      case .malformed(let kind, let range): diagnostics.append(SpanLocator.missingBrace(kind, at: range))
      case .span(let kind, let expression):
        if literalStart < whole.lowerBound {
          segments.append(.literal(text.slice(literalStart..<whole.lowerBound)))
        }
        let span = Span(whole: text.slice(whole), expression: expression)
        segments.append(kind == .claim ? .claim(span) : .value(span))
        literalStart = whole.upperBound
      }
      index = whole.upperBound
    }
    if literalStart < bytes.count { segments.append(.literal(text.slice(literalStart..<bytes.count))) }
    return (InlineText(segments: segments), diagnostics)
  }

  private enum Content {
    case code
    case span(SpanTags.Kind, SourceText)
    case malformed(SpanTags.Kind, SourceRange)
  }

  private static func content(_ text: SourceText, _ range: Range<Int>) -> Content {
    let bytes = text.bytes
    let kind: SpanTags.Kind
    let start: Int
    if Bytes.has("{=", in: bytes, at: range.lowerBound), range.count >= 2 {
      kind = .value
      start = range.lowerBound + 2
    } else if Bytes.has("{claim", in: bytes, at: range.lowerBound), range.count > 6,
      Bytes.isSpace(bytes[range.lowerBound + 6]) || bytes[range.lowerBound + 6] == 0x7D
    {
      kind = .claim
      start = range.lowerBound + 6
    } else {
      return .code
    }
    guard start < range.upperBound, bytes[range.upperBound - 1] == 0x7D else {
      return .malformed(kind, text.range(range))
    }
    return .span(kind, text.slice(Bytes.trimmed(bytes, start..<range.upperBound - 1)))
  }

  private static func closingRun(of length: Int, in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      let run = Bytes.runLength(0x60, in: bytes, at: index, to: bytes.count)
      if run == length { return index }
      index += max(run, 1)
    }
    return nil
  }
}
