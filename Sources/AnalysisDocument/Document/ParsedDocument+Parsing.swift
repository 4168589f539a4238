// Reading a document: the way from bytes to what is Meier's in them.

import Diagnostics

extension ParsedDocument {
  /// Code languages of other tools, whose blocks are the author's.
  public static let defaultForeignLanguages: Set<String> = [
    "r", "python", "julia", "sql", "ojs", "mermaid", "stata", "sas", "bash",
  ]

  /// Reads a document. Whatever is wrong in it comes back as diagnostics, in document order.
  ///
  /// `foreignLanguages` are added to the default ones and to those that the front matter lists under `foreign:`.
  public static func parse(
    file: SourceFile, foreignLanguages: Set<String> = []
  ) -> (ParsedDocument, [Diagnostic]) {
    var diagnostics = TextEncodingCheck.diagnostics(for: file)
    func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    let frontMatter = FrontMatter.locate(in: file, report: report)
    let bodyStart = frontMatter?.range.upperBound ?? byteOrderMarkLength(file.bytes)
    let foreign = defaultForeignLanguages.union(foreignLanguages.map { $0.lowercased() })
      .union(listedLanguages(frontMatter))
    let tree = CommonMarkTree.parse(file, from: bodyStart)

    let regions = ResultRegion.locate(in: tree, file: file, report: report)
    func isGenerated(_ offset: Int) -> Bool { region(at: offset, in: regions) != nil }
    let directives = directives(
      in: tree, file: file, foreignLanguages: foreign, regions: regions, report: report)
    let headings = Heading.locate(in: tree, file: file, isGenerated: isGenerated)

    var locator = SpanLocator(file: file, tree: tree, bodyStart: bodyStart)
    locator.run()
    // A result's own text is not the author's: nothing in it is evaluated or complained about.
    for diagnostic in locator.diagnostics where !isInside(regions, of: file, diagnostic.location) {
      report(diagnostic)
    }
    let document = ParsedDocument(
      file: file, lineEnding: .dominant(in: file.bytes), frontMatter: frontMatter, directives: directives,
      spans: locator.spans.filter { !isGenerated($0.range.lowerBound) }, regions: regions, headings: headings,
      references: locator.references.filter { !isGenerated($0.range.lowerBound) }, tree: tree,
      bodyStart: bodyStart)
    // In a result, an edit of Meier's own text; elsewhere nothing around it can be judged.
    let conflicts = MergeMarkerCheck.diagnostics(for: file).filter {
      !isInside(regions, of: file, $0.location)
    }
    return (document, conflicts.isEmpty ? diagnostics.inDocumentOrder() : conflicts)
  }

  static func byteOrderMarkLength(_ bytes: [UInt8]) -> Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  private static func isInside(
    _ regions: [ResultRegion], of file: SourceFile, _ location: DiagnosticLocation?
  ) -> Bool {
    guard let location else { return false }
    guard file.isAssembled else {
      let index = regions.partitioningIndex { $0.lines.upperBound >= location.start.line }
      return index < regions.count && regions[index].lines.contains(location.start.line)
    }
    // Lines of the files that were put together are not those of the whole.
    return regions.contains { region in
      let place = DiagnosticLocation(SourceRange(file: file, bytes: region.range))
      return place.path == location.path
        && (place.start.line...max(place.end.line, place.start.line)).contains(location.start.line)
    }
  }

  private static func region(at offset: Int, in regions: [ResultRegion]) -> ResultRegion? {
    let index = regions.partitioningIndex { $0.range.upperBound > offset }
    return index < regions.count && regions[index].range.contains(offset) ? regions[index] : nil
  }

  private static func listedLanguages(_ frontMatter: FrontMatter?) -> [String] {
    switch frontMatter?.options?["foreign"] {
    case .scalar(let one)?: [one.string.lowercased()]
    case .sequence(let several)?: several.elements.compactMap { $0.scalar?.string.lowercased() }
    default: []
    }
  }

  private static func directives(
    in tree: CommonMarkTree, file: SourceFile, foreignLanguages: Set<String>, regions: [ResultRegion],
    report: (Diagnostic) -> Void
  ) -> [DirectiveBlock] {
    var codeBlockLines: Set<Int> = []
    for block in tree.blocks where block.kind == .codeBlock { codeBlockLines.insert(block.line) }
    var directives: [DirectiveBlock] = []
    for (index, block) in tree.blocks.enumerated() where block.kind == .codeBlock {
      guard
        let directive = DirectiveBlock.locate(
          index, in: tree, file: file, foreignLanguages: foreignLanguages, codeBlockLines: codeBlockLines,
          report: report)
      else { continue }
      if let region = region(at: directive.range.lowerBound, in: regions) {
        report(
          Diagnostic(
            .editedResult, "a directive inside the result of '\(region.id.string)' would be overwritten",
            at: directive.header, remedy: "move it above the marker '\(ResultMarker.begin(region.id.string))'"
          ))
        continue
      }
      directives.append(directive)
    }
    reportDuplicateIDs(of: directives, report: report)
    return directives
  }

  private static func reportDuplicateIDs(of directives: [DirectiveBlock], report: (Diagnostic) -> Void) {
    var first: [[UInt8]: SourceText] = [:]
    for id in directives.compactMap(\.id) {
      if let earlier = first[id.bytes] {
        report(
          Diagnostic(
            .duplicateID, "the id '\(id.string)' is already taken", at: id.range(),
            remedy: "give this directive another id",
            notes: [.init("it is taken here", at: DiagnosticLocation(earlier.range()))]))
      } else {
        first[id.bytes] = id
      }
    }
  }
}
