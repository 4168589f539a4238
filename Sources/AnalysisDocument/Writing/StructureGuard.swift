// The last look before a file is written: did the edits change what they left alone?

import Diagnostics

/// Compares the Markdown structure of a document before and after its edits. Bytes outside the edits are the
/// same by construction; this makes sure that they also still mean the same: that no value opened
/// a code span, no result ended a list, no removal joined two paragraphs.
public enum StructureGuard {
  /// The changes of meaning outside the edited ranges, at their places in the original; `[]` when there are none.
  public static func check(_ document: ParsedDocument, edits: [Edit], result: [UInt8]) -> [Diagnostic] {
    let map = EditMap(edits, keptStarts: keptStarts(edits, in: document))
    let after = SourceFile(path: document.file.path, bytes: result)
    let bodyStart =
      FrontMatter.locate(in: after, report: { _ in })?.range.upperBound
      ?? ParsedDocument.byteOrderMarkLength(result)
    let newTree = CommonMarkTree.parse(after, from: bodyStart)
    let old = Structure(document.tree) { map.newOffset(of: $0) }
    let new = Structure(newTree) { map.isInserted($0) ? nil : $0 }
    for (left, right) in zip(old.blocks, new.blocks) where left != right {
      return [complaint(old.offsets[left.index] ?? 0, in: document)]
    }
    if old.blocks.count != new.blocks.count {
      let index = min(old.blocks.count, new.blocks.count)
      let place =
        index < old.blocks.count ? old.offsets[old.blocks[index].index] ?? 0 : document.file.bytes.count
      return [complaint(place, in: document)]
    }
    let placeholder = SpanTags.salt(absentFrom: document.file.bytes)
    guard let masked = maskedTree(document, edits: edits, placeholder: placeholder) else {
      return [complaint(document.bodyStart, in: document)]
    }
    var complaints: [Diagnostic] = []
    for (left, right) in zip(old.blocks, new.blocks) {
      let now = InlineSignature(newTree, block: right.index, in: after)
      let agrees =
        now.hasSameMarkup(as: InlineSignature(document.tree, block: left.index, in: document.file))
        && now.matches(
          InlineSignature(masked.tree, block: left.index, in: masked.file), placeholder: placeholder)
      if !agrees { complaints.append(complaint(old.offsets[left.index] ?? 0, in: document)) }
    }
    return complaints
  }

  /// The document with a placeholder for each value, claim and reference that an edit replaces.
  private static func maskedTree(
    _ document: ParsedDocument, edits: [Edit], placeholder: [UInt8]
  ) -> (file: SourceFile, tree: CommonMarkTree)? {
    let edited = Splice.inOrder(edits).map(\.range).filter { !$0.isEmpty }
    let places = (document.spans.map(\.range) + document.references.map(\.range))
      .sorted { $0.lowerBound < $1.lowerBound }
    var masks: [Edit] = []
    var next = 0
    for place in places {
      while next < edited.count, edited[next].upperBound <= place.lowerBound { next += 1 }
      guard next < edited.count else { break }
      if edited[next].overlaps(place) { masks.append(Edit(range: place, replacement: placeholder)) }
    }
    guard let masked = try? Splice.apply(masks, to: document.file.bytes) else { return nil }
    let file = SourceFile(path: document.file.path, bytes: masked)
    let tree = CommonMarkTree.parse(file, from: document.bodyStart)
    return tree.blocks.count == document.tree.blocks.count ? (file, tree) : nil
  }

  /// Values at the very start of a paragraph: the paragraph goes on behind them, so it is compared.
  private static func keptStarts(_ edits: [Edit], in document: ParsedDocument) -> Set<Int> {
    let spans = Set(document.spans.map(\.range.lowerBound))
    var ends: [Int: Int] = [:]
    for block in document.tree.blocks where block.kind == .paragraph || block.kind == .heading {
      if InlineSignature.isOnlyClaims(block, in: document.tree) { continue }
      ends[block.offset] = document.file.lineRange(block.reportedEndLine).upperBound
    }
    let kept = edits.filter { edit in
      let start = edit.range.lowerBound
      guard spans.contains(start), let end = ends[start] else { return false }
      return !edit.replacement.isEmpty || edit.range.upperBound < end
    }
    return Set(kept.map(\.range.lowerBound))
  }

  private static func complaint(_ offset: Int, in document: ParsedDocument) -> Diagnostic {
    let line = document.file.lineRange(document.file.line(at: offset))
    return Diagnostic(
      .unplaceableSpan, "writing the results would change the meaning of the text here",
      at: SourceRange(file: document.file, bytes: offset..<max(line.upperBound, offset)),
      remedy:
        "leave a blank line around directives and results; keep inline values away from unpaired backticks, "
        + "asterisks and brackets")
  }

  /// The blocks that the edits leave alone, in order, with the places where they stand after the edits.
  private struct Structure {
    struct Block: Equatable {
      let kind: CommonMarkTree.BlockKind
      let level: Int
      let offset: Int
      let path: UInt64
      let literal: [UInt8]
      /// Index in the tree: not compared.
      let index: Int

      static func == (left: Block, right: Block) -> Bool {
        left.kind == right.kind && left.level == right.level && left.offset == right.offset
          && left.path == right.path && left.literal == right.literal
      }
    }

    var blocks: [Block] = []
    /// Original offsets by tree index.
    var offsets: [Int: Int] = [:]

    init(_ tree: CommonMarkTree, place: (Int) -> Int?) {
      let paths = Self.paths(tree)
      for (index, block) in tree.blocks.enumerated() {
        // Lists are told by their items, containers by what is in them.
        guard block.kind != .list, block.kind != .document, !InlineSignature.isOnlyClaims(block, in: tree),
          let offset = place(block.offset)
        else { continue }
        offsets[index] = block.offset
        blocks.append(
          Block(
            kind: block.kind, level: block.headingLevel, offset: offset,
            path: paths[index], literal: block.literal, index: index))
      }
    }

    /// For each block a number that stands for the kinds of its containers, lists left out (FNV-1a).
    private static func paths(_ tree: CommonMarkTree) -> [UInt64] {
      var paths: [UInt64] = []
      for block in tree.blocks {
        guard block.parent >= 0, block.parent < paths.count else {
          paths.append(0xCBF2_9CE4_8422_2325)
          continue
        }
        let parent = tree.blocks[block.parent].kind
        let above = paths[block.parent]
        paths.append(parent == .list ? above : (above ^ UInt64(parent.rawValue)) &* 0x100_0000_01B3)
      }
      return paths
    }
  }
}
