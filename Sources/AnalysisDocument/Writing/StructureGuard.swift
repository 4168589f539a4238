// The last look before a file is written: did the edits change what they left alone?

import Diagnostics

/// Compares the Markdown structure of a document before and after its edits. Bytes outside the edits are the
/// same by construction; this makes sure that they also still mean the same: that no value opened
/// a code span, no result ended a list, no removal joined two paragraphs.
public enum StructureGuard {
  /// The changes of meaning outside the edited ranges, at their places in the original; `[]` when there are none.
  static func check(_ document: ParsedDocument, edits: [Edit], result: [UInt8]) -> [Diagnostic] {
    changedPlaces(document, edits: edits, result: result).map { complaint($0, in: document) }
  }

  /// The offsets in the original at which blocks begin that mean something else afterwards; when the blocks
  /// themselves differ, the first such place alone.
  static func changedPlaces(_ document: ParsedDocument, edits: [Edit], result: [UInt8]) -> [Int] {
    let map = EditMap(edits, keptStarts: keptStarts(edits, in: document))
    let after = SourceFile(path: document.file.path, bytes: result)
    let bodyStart =
      FrontMatter.locate(in: after, report: { _ in })?.range.upperBound
      ?? ParsedDocument.byteOrderMarkLength(result)
    let newTree = CommonMarkTree.parse(after, from: bodyStart)
    let old = Structure(document.tree, in: document.file) { map.newOffset(of: $0) }
    let new = Structure(newTree, in: after) { map.isInserted($0) ? nil : $0 }
    for (left, right) in zip(old.blocks, new.blocks) where left != right {
      return [old.offsets[left.index] ?? 0]
    }
    if old.blocks.count != new.blocks.count {
      let index = min(old.blocks.count, new.blocks.count)
      return [
        index < old.blocks.count
          ? old.offsets[old.blocks[index].index] ?? 0 : max(document.file.bytes.count - 1, 0)
      ]
    }
    let placeholder = SpanTags.salt(absentFrom: document.file.bytes)
    guard let masked = maskedTree(document, edits: edits, placeholder: placeholder) else {
      return [document.bodyStart]
    }
    let before = Text(file: document.file, tree: document.tree)
    let now = Text(file: after, tree: newTree)
    let pairs = zip(old.blocks, new.blocks).map { (old: $0.index, new: $1.index) }
    var changed = changedTexts(pairs, before, masked, now, placeholder)
    if !changed.isEmpty {
      // Perhaps it is libcmark alone that reads them differently.
      let paired = now.withPairedBackticks
      let differing = changedTexts(
        changed, before.withPairedBackticks, masked.withPairedBackticks, paired, placeholder)
      // It must still see what is Meier's own.
      let unseen = changed.filter { pair in
        InlineSignature.ownCode(of: pair.new, in: now.tree, file: now.file)
          != InlineSignature.ownCode(of: pair.new, in: paired.tree, file: paired.file)
      }
      changed = changed.filter { pair in (differing + unseen).contains { $0.new == pair.new } }
    }
    return changed.map { old.offsets[$0.old] ?? 0 }
  }

  /// A file with its tree.
  struct Text {
    let file: SourceFile
    let tree: CommonMarkTree
  }

  /// The pairs of blocks whose inline nodes differ.
  private static func changedTexts(
    _ pairs: [(old: Int, new: Int)], _ before: Text, _ masked: Text, _ now: Text, _ placeholder: [UInt8]
  ) -> [(old: Int, new: Int)] {
    pairs.filter { pair in
      let written = InlineSignature(now.tree, block: pair.new, in: now.file)
      let wanted = InlineSignature(masked.tree, block: pair.old, in: masked.file, placeholder: placeholder)
      return !written.hasSameMarkup(as: InlineSignature(before.tree, block: pair.old, in: before.file))
        || !written.matches(wanted, placeholder: placeholder)
    }
  }

  /// The document with a placeholder for each recorded value and reference that an edit replaces. Code spans stay, since
  /// their backticks may be what makes a line a paragraph.
  private static func maskedTree(
    _ document: ParsedDocument, edits: [Edit], placeholder: [UInt8]
  ) -> Text? {
    let edited = Splice.inOrder(edits).map(\.range).filter { !$0.isEmpty }
    let recorded = document.spans.filter { $0.kind == .recordedValue }.map(\.range)
    let places = (recorded + document.references.map(\.range)).sorted { $0.lowerBound < $1.lowerBound }
    guard !places.isEmpty else { return Text(file: document.file, tree: document.tree) }
    var masks: [Edit] = []
    var next = 0
    for place in places {
      while next < edited.count, edited[next].upperBound <= place.lowerBound { next += 1 }
      guard next < edited.count else { break }
      if edited[next].overlaps(place) {
        masks.append(Edit(range: place, replacement: mask(document.file.bytes[place], placeholder)))
      }
    }
    guard let masked = try? Splice.apply(masks, to: document.file.bytes) else { return nil }
    let file = SourceFile(path: document.file.path, bytes: masked)
    let tree = CommonMarkTree.parse(file, from: document.bodyStart)
    return tree.blocks.count == document.tree.blocks.count ? Text(file: file, tree: tree) : nil
  }

  /// The placeholder, its ends letters or punctuation as those of the text are: emphasis beside it depends on that.
  /// A value's comments stay.
  private static func mask(_ place: ArraySlice<UInt8>, _ placeholder: [UInt8]) -> [UInt8] {
    let bytes = Array(place)
    if let comment = Bytes.first("<!--=", in: bytes, bytes.indices) {
      return mask(text: bytes[..<comment], placeholder) + bytes[comment...]
    }
    return mask(text: bytes[...], placeholder)
  }

  private static func mask(text: ArraySlice<UInt8>, _ placeholder: [UInt8]) -> [UInt8] {
    func isPunctuation(_ byte: UInt8?) -> Bool {
      byte.map { $0 < 0x80 && !Bytes.isLetter($0) && !Bytes.isDigit($0) } ?? false
    }
    var mask = placeholder
    if isPunctuation(text.last), let last = mask.popLast() { mask += Array("&#\(last);".utf8) }
    if isPunctuation(text.first), let first = mask.first {
      mask.replaceSubrange(0..<1, with: Array("&#\(first);".utf8))
    }
    return mask
  }

  /// Values at the very start of a paragraph: the paragraph goes on behind them, so it is compared.
  private static func keptStarts(_ edits: [Edit], in document: ParsedDocument) -> Set<Int> {
    let spans = Set(document.spans.map(\.range.lowerBound))
    var ends: [Int: Int] = [:]
    for block in document.tree.blocks where block.kind == .paragraph || block.kind == .heading {
      if InlineSignature.isOnlyClaims(block, in: document.tree, file: document.file) { continue }
      ends[block.offset] = document.file.lineRange(block.reportedEndLine).upperBound
    }
    let kept = edits.filter { edit in
      let start = edit.range.lowerBound
      guard spans.contains(start), let end = ends[start] else { return false }
      return !edit.replacement.isEmpty || edit.range.upperBound < end
    }
    return Set(kept.map(\.range.lowerBound))
  }

  static func complaint(_ offset: Int, in document: ParsedDocument) -> Diagnostic {
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

    init(_ tree: CommonMarkTree, in file: SourceFile, place: (Int) -> Int?) {
      let paths = Self.paths(tree)
      for (index, block) in tree.blocks.enumerated() {
        // Lists are told by their items, containers by what is in them.
        guard block.kind != .list, block.kind != .document,
          !InlineSignature.isOnlyClaims(block, in: tree, file: file),
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
