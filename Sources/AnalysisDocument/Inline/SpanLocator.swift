// All inline values, claims, recorded values and cross references of a document.

import Diagnostics

/// Goes over the paragraphs and headings of a document and places what libcmark calls code spans and comments.
struct SpanLocator {
  let file: SourceFile
  let tree: CommonMarkTree
  let tags: SpanTags
  let bodyStart: Int
  var spans: [InlineSpan] = []
  var references: [CrossReference] = []
  var diagnostics: [Diagnostic] = []
  /// Candidates that libcmark takes for code when it reads a table as a paragraph.
  private var codeInTables: Set<Int> = []

  init(file: SourceFile, tree: CommonMarkTree, bodyStart: Int) {
    self.file = file
    self.tree = tree
    self.bodyStart = bodyStart
    tags = SpanTags(file.bytes, in: min(bodyStart, file.bytes.count)..<file.bytes.count)
  }

  mutating func run() {
    guard !tags.candidates.isEmpty else { return }
    let tagged = CommonMarkTree.parse(fragment: tags.tagged(bodyStart..<file.bytes.count))
    let isAligned = tagged.blocks.count == tree.blocks.count
    var tables = TableFragments(tags: tags)
    for (index, block) in tree.blocks.enumerated() where block.kind == .paragraph || block.kind == .heading {
      guard isAligned, tagged.blocks[index].kind == block.kind else {
        refuse(index, in: tree)
        continue
      }
      let nodes = tagged.inlines[tagged.blocks[index].inlines]
      if block.kind == .paragraph, tables.take(index, of: tree, in: file) {
        codeInTables.formUnion(nodes.compactMap { candidate(of: $0)?.index })
      } else if sameCode(nodes, tree.inlines[block.inlines]) {
        reportLabels(nodes, tree.inlines[block.inlines])
        locate(
          nodes,
          SpanPlacement(
            file: file, limits: block.offset..<file.bytes.count, quoteDepth: tree.quoteDepth(of: index),
            isInTableCell: false), block: index)
      } else {
        refuse(index, in: tree)
      }
    }
    locate(tables)
    warnAboutHTMLBlocks()
    spans.sort { $0.range.lowerBound < $1.range.lowerBound }
    references = references.compactMap(clipped).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// A reference that runs into a recorded value ends before it.
  private func clipped(_ reference: CrossReference) -> CrossReference? {
    let start = reference.target.offsets.first ?? reference.range.lowerBound
    let index = spans.partitioningIndex { $0.range.upperBound > reference.range.lowerBound }
    guard index < spans.count, case let next = spans[index].range.lowerBound,
      next < reference.range.upperBound
    else { return reference }
    guard next > start else { return nil }
    return CrossReference(
      kind: reference.kind, target: SourceText(file: file, range: start..<next),
      range: reference.range.lowerBound..<next, isInTableCell: reference.isInTableCell,
      isInLink: reference.isInLink)
  }

  /// The candidate with which a code span or a comment begins, and its literal without tags.
  func candidate(of node: CommonMarkTree.Inline) -> (index: Int, literal: [UInt8])? {
    let literal = node.literal
    let start = Bytes.skip(literal, 0, to: literal.count, while: Bytes.isSpace)
    let tagStart: Int
    switch node.kind {
    case .code where Bytes.has("{=", in: literal, at: start): tagStart = start + 2
    case .code where Bytes.has("{claim", in: literal, at: start): tagStart = start + 6
    case .html where Bytes.has("<!--=", in: literal, at: 0): tagStart = 5
    default: return nil
    }
    return tags.readTag(in: literal, at: tagStart).map { ($0.candidate, tags.untagged(literal)) }
  }

  /// Whether tagging left the code spans and tags of HTML as they were. It does not where a code span
  /// in a link's label loses its definition.
  private func sameCode(
    _ tagged: ArraySlice<CommonMarkTree.Inline>, _ plain: ArraySlice<CommonMarkTree.Inline>
  ) -> Bool {
    let left = tagged.lazy.filter { $0.kind == .code || $0.kind == .html }
    let right = plain.lazy.filter { $0.kind == .code || $0.kind == .html }
    return left.elementsEqual(right) { $0.kind == $1.kind && tags.untagged($0.literal) == $1.literal }
  }

  private mutating func locate(_ tables: TableFragments) {
    guard !tables.text.isEmpty else { return }
    let fragment = CommonMarkTree.parse(fragment: tables.text)
    var found: Set<Int> = []
    for block in fragment.blocks {
      var links = LinkDepth()
      for node in fragment.inlines[block.inlines] {
        links.pass(node)
        let index =
          candidate(of: node)?.index ?? referenceCandidates(in: node).first?.candidate
          ?? spanCandidates(inText: node).first
        guard let index, let place = tables.places[index] else { continue }
        if node.kind != .text { found.insert(index) }
        locate(
          [node],
          SpanPlacement(
            file: file, limits: place.limits, quoteDepth: place.quoteDepth, isInTableCell: place.isCell),
          block: place.block, within: links)
      }
    }
    for index in codeInTables.sorted() where !found.contains(index) {
      let candidate = tags.candidates[index]
      guard candidate.kind != .comment else { continue }
      let line = file.lineRange(file.line(at: candidate.offset))
      diagnostics.append(
        Diagnostic(
          .unplaceableSpan,
          "in a table a bar ends the cell, and the inline \(Self.word(candidate.kind)) with it",
          at: SourceRange(file: file, bytes: candidate.offset..<max(line.upperBound, candidate.offset)),
          remedy: "write each bar inside the backticks as '\\|'"))
    }
  }

  private mutating func locate(
    _ nodes: ArraySlice<CommonMarkTree.Inline>, _ placement: SpanPlacement, block: Int,
    within links: LinkDepth = LinkDepth()
  ) {
    var links = links
    for node in nodes {
      links.pass(node)
      if node.kind == .text {
        for (candidate, rest) in referenceCandidates(in: node) {
          addReference(
            candidate, rest: rest, isInTableCell: placement.isInTableCell, isInLink: links.isInside)
        }
        for index in spanCandidates(inText: node) where !codeInTables.contains(index) {
          reportUnpaired(tags.candidates[index])
        }
      } else if let (index, literal) = candidate(of: node) {
        add(tags.candidates[index], literal: literal, placement, block: block)
      }
    }
  }

  private mutating func add(
    _ candidate: SpanTags.Candidate, literal: [UInt8], _ placement: SpanPlacement, block: Int
  ) {
    if candidate.kind == .comment {
      guard let placed = placement.comment(at: candidate.offset, literal: literal) else {
        return refuse(candidate, block: block)
      }
      addRecorded(placed, placement, block: block)
      return
    }
    guard let placed = placement.codeSpan(at: candidate.offset, literal: literal) else {
      return refuse(candidate, block: block)
    }
    guard placed.content.bytes.last == 0x7D else {
      diagnostics.append(Self.missingBrace(candidate.kind, at: placed.content.range()))
      return
    }
    let opener = candidate.kind == .claim ? 6 : 2
    let inner = Bytes.trimmed(placed.content.bytes, opener..<max(placed.content.bytes.count - 1, opener))
    spans.append(
      InlineSpan(
        kind: candidate.kind == .claim ? .claim : .value, range: placed.range,
        expression: placed.content.slice(inner), isInTableCell: placement.isInTableCell,
        beginsLine: beginsLine(placed.range.lowerBound, block: block),
        line: file.line(at: placed.range.lowerBound)))
  }

  func beginsLine(_ offset: Int, block: Int) -> Bool {
    if tree.blocks.indices.contains(block), tree.blocks[block].offset == offset { return true }
    let start = max(file.lineRange(file.line(at: offset)).lowerBound, bodyStart)
    return file.bytes[min(start, offset)..<offset].allSatisfy { Bytes.isBlank($0) || $0 == 0x3E }
  }

  static func word(_ kind: SpanTags.Kind) -> String { kind == .claim ? "claim" : "value" }

  static func missingBrace(_ kind: SpanTags.Kind, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .expressionSyntax, "the code span begins like an inline \(word(kind)) and does not end with '}'",
      at: range,
      remedy: "end it with '}', or write '\\{' for a code span that shows a brace")
  }
}
