// Values that an earlier run has written, cross references, and what cannot be placed.

import Diagnostics

extension SpanLocator {
  /// A value in front of its comment. What the comment says was printed must stand there.
  mutating func addRecorded(
    _ placed: SpanPlacement.Placed, _ placement: SpanPlacement, block: Int
  ) {
    guard let (expression, recorded) = RecordedComment.parts(of: placed.content) else { return }
    let record = Array(recorded.utf8)
    let comment = placed.range
    let textStart = comment.lowerBound - record.count
    let isIntact =
      textStart >= placement.limits.lowerBound && Array(file.bytes[textStart..<comment.lowerBound]) == record
      && !isEscaped(textStart)
    let start = isIntact ? textStart : editedStart(before: comment.lowerBound, record: record, placement)
    if !isIntact {
      diagnostics.append(
        Diagnostic(
          .editedResult, "the text before this comment is no longer what the last run printed",
          at: SourceRange(file: file, bytes: start..<comment.upperBound),
          remedy:
            "restore it, or delete the comment to keep your text, or run with --force to write the value anew"
        ))
    }
    spans.append(
      InlineSpan(
        kind: .recordedValue, range: start..<comment.upperBound, expression: expression,
        recordedText: recorded,
        isEdited: !isIntact, isInTableCell: placement.isInTableCell,
        beginsLine: beginsLine(start, block: block), line: file.line(at: start)))
  }

  /// Whether a backslash of the author's takes part in what stands at an offset.
  private func isEscaped(_ offset: Int) -> Bool {
    var start = offset
    while start > bodyStart, file.bytes[start - 1] == 0x5C { start -= 1 }
    return !(offset - start).isMultiple(of: 2)
  }

  /// As many words before the comment as the record has, opening punctuation spared.
  private func editedStart(before end: Int, record: [UInt8], _ placement: SpanPlacement) -> Int {
    let bytes = file.bytes
    let lineStart = max(
      file.lineRange(file.line(at: end)).lowerBound, placement.limits.lowerBound,
      spans.last?.range.upperBound ?? 0)
    var words = max(record.split(separator: 0x20).count, 1)
    var start = end
    while words > 0, start > lineStart {
      while start > lineStart, Bytes.isBlank(bytes[start - 1]) { start -= 1 }
      while start > lineStart, !Bytes.isBlank(bytes[start - 1]) { start -= 1 }
      words -= 1
    }
    let opening = Set("([{\"'*_|>~`".utf8)
    while start < end, opening.contains(bytes[start]), bytes[start] != record.first { start += 1 }
    return min(start, end)
  }

  /// The references in a text node, each with the text from `tbl-` on.
  func referenceCandidates(in node: CommonMarkTree.Inline) -> [(candidate: Int, rest: ArraySlice<UInt8>)] {
    guard node.kind == .text else { return [] }
    var found: [(Int, ArraySlice<UInt8>)] = []
    for index in node.literal.indices where node.literal[index] == 0x40 {
      guard let (candidate, end) = tags.readTag(in: node.literal, at: index + 1) else { continue }
      found.append((candidate, node.literal[end...]))
    }
    return found
  }

  /// `rest` is what libcmark left as text: an underscore that closes emphasis is not in it.
  mutating func addReference(
    _ index: Int, rest: ArraySlice<UInt8>, isInTableCell: Bool, isInLink: Bool
  ) {
    let candidate = tags.candidates[index]
    guard candidate.kind == .reference else { return }
    let bytes = file.bytes
    let name = String(decoding: bytes[candidate.tagOffset..<candidate.tagOffset + 3], as: UTF8.self)
    guard let kind = CrossReference.Kind(rawValue: name) else { return }
    let start = candidate.offset + 5
    var end = start
    for byte in rest.dropFirst(4) {
      guard end < bytes.count, bytes[end] == byte, Bytes.isWord(byte) || (kind == .section && byte >= 0x80)
      else { break }
      end += 1
    }
    end = CrossReference.targetEnd(in: bytes, start..<end)
    guard end > start else { return }
    references.append(
      CrossReference(
        kind: kind, target: SourceText(file: file, range: start..<end), range: candidate.offset..<end,
        isInTableCell: isInTableCell, isInLink: isInLink))
  }

  // MARK: Refusals

  /// Values and claims that libcmark takes for text: their backticks have no partner, or, since it forgets later
  /// closers once a run has none, an unpaired run stands before them.
  func spanCandidates(inText node: CommonMarkTree.Inline) -> [Int] {
    let text = node.literal
    return text.indices.compactMap { index in
      guard text[index] == 0x7B else { return nil }
      // Behind a code span, as Pandoc's attributes are, it is none itself.
      let before = text[..<index].last { !Bytes.isBlank($0) }
      guard before == 0x60 else { return nil }
      let length = Bytes.has("{=", in: text, at: index) ? 2 : Bytes.has("{claim", in: text, at: index) ? 6 : 0
      return length > 0 ? tags.readTag(in: text, at: index + length)?.candidate : nil
    }
  }

  mutating func reportUnpaired(_ candidate: SpanTags.Candidate) {
    let bytes = file.bytes
    var start = candidate.offset
    while start > bodyStart, Bytes.isSpace(bytes[start - 1]) || bytes[start - 1] == 0x3E { start -= 1 }
    while start > bodyStart, bytes[start - 1] == 0x60 { start -= 1 }
    // An escaped backtick is meant as one.
    if start > bodyStart, bytes[start - 1] == 0x5C { return }
    let line = file.lineRange(file.line(at: candidate.offset))
    diagnostics.append(
      Diagnostic(
        .unplaceableSpan,
        "this inline \(Self.word(candidate.kind)) is not a code span: its backticks, or some before them in the "
          + "paragraph, have no partner",
        at: SourceRange(file: file, bytes: start..<max(line.upperBound, start)),
        remedy: "close each run of backticks with one of the same length, or write '\\`' for a backtick"))
  }

  /// Reports a block whose spans cannot be placed, if it has any.
  mutating func refuse(_ index: Int, in tree: CommonMarkTree) {
    let block = tree.blocks[index]
    let holdsSpan = tree.inlines[block.inlines].contains { node in
      node.kind == .code
        && (Bytes.has("{=", in: node.literal, at: 0) || Bytes.has("{claim ", in: node.literal, at: 0))
        || node.kind == .html && Bytes.has("<!--=", in: node.literal, at: 0)
    }
    guard holdsSpan else { return }
    let line = file.lineRange(block.line)
    diagnostics.append(
      Self.refusal(at: SourceRange(file: file, bytes: block.offset..<max(line.upperBound, block.offset))))
  }

  mutating func refuse(_ candidate: SpanTags.Candidate, block: Int) {
    let line = file.lineRange(file.line(at: candidate.offset))
    diagnostics.append(
      Self.refusal(
        at: SourceRange(file: file, bytes: candidate.offset..<max(line.upperBound, candidate.offset))))
  }

  static func refusal(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unplaceableSpan, "an inline value of this paragraph cannot be placed with certainty", at: range,
      remedy:
        "put the value and its backticks on one line, away from other backticks and from link definitions")
  }

  /// Inside an HTML block Markdown is not read: a value would stay as it is, without a word.
  mutating func warnAboutHTMLBlocks() {
    for block in tree.blocks where block.kind == .htmlBlock {
      let isComment = Bytes.has("<!--", in: block.literal, at: 0)
      if isComment, Bytes.has("<!--=", in: block.literal, at: 0),
        Bytes.first(" → ", in: block.literal, block.literal.indices) != nil
      {
        let line = file.lineRange(block.line)
        diagnostics.append(
          Diagnostic(
            .editedResult, "the value before this comment is gone",
            at: SourceRange(file: file, bytes: block.offset..<max(line.upperBound, block.offset)),
            remedy: "delete the comment, or write the value as `{= expression}` again"))
      }
      guard !isComment else { continue }
      let first = tags.candidates.first { candidate in
        (candidate.kind == .value || candidate.kind == .claim) && candidate.offset >= block.offset
      }
      guard let first, Bytes.first("`{", in: block.literal, block.literal.indices) != nil,
        file.line(at: first.offset) <= block.line + block.literal.count(where: { $0 == 0x0A })
      else { continue }
      let line = file.lineRange(file.line(at: first.offset))
      diagnostics.append(
        Diagnostic(
          .warning, .unplaceableSpan, "inside HTML an inline value is not evaluated",
          at: SourceRange(file: file, bytes: first.offset..<max(line.upperBound, first.offset)),
          remedy: "leave a blank line between the HTML tag and the text"))
    }
  }
}
