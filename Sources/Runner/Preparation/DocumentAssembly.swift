// A document with the files it includes in their places.

import AnalysisDocument
import Diagnostics

/// Puts `{include}` blocks and the text of their files together, so that everything behind it sees one document.
struct DocumentAssembly {
  static let directiveName = "include"
  private static let largestCount = 1_000

  private let project: Project
  private let allowedDirectories: [String]
  private let foreignLanguages: Set<String>
  private var parameters: ParameterReader
  /// Absolute paths of the files included, in the order of their first use.
  private(set) var includedPaths: [String] = []
  /// Absolute paths of the document and its files, by the path that messages print.
  private(set) var paths: [String: String] = [:]
  private var problems: [Diagnostic] = []
  private var count = 0

  init(
    project: Project, allowedDirectories: [String], foreignLanguages: Set<String>, parameters: ParameterSet
  ) {
    self.project = project
    self.allowedDirectories = allowedDirectories
    self.foreignLanguages = foreignLanguages
    self.parameters = ParameterReader(parameters)
  }

  var diagnostics: [Diagnostic] { problems + parameters.diagnostics }

  static func hasIncludes(_ document: ParsedDocument) -> Bool {
    document.directives.contains { $0.name.string == directiveName }
  }

  /// The document put together; `nil` when a file is missing or cannot stand where it should.
  mutating func assemble(_ document: ParsedDocument, at path: String) -> SourceFile? {
    let whole = 0..<document.file.bytes.count
    let parts = parts(of: document, whole, path: path, above: [path])
    return diagnostics.containsError ? nil : SourceFile(path: document.file.path, parts: parts)
  }

  /// The document's bytes in a range, with the files it includes.
  private mutating func parts(
    of document: ParsedDocument, _ range: Range<Int>, path: String, above: [String]
  ) -> [SourcePart] {
    let file = document.file
    paths[file.path] = path
    var parts: [SourcePart] = []
    var position = range.lowerBound
    for block in document.directives where block.name.string == Self.directiveName {
      guard let inner = include(block, in: file, path: path, above: above) else { continue }
      let start = file.lineRange(block.lines.lowerBound).lowerBound
      parts.append(.copy(SourceRange(file: file, bytes: position..<max(start, position))))
      let lineEnd = SourcePart.glue(document.lineEnding.bytes)
      if start > range.lowerBound, !isBlank(block.lines.lowerBound - 1, of: file) { parts.append(lineEnd) }
      parts += inner
      position = min(block.range.upperBound, range.upperBound)
      if block.lines.upperBound < file.lineCount, !isBlank(block.lines.upperBound + 1, of: file) {
        parts.append(lineEnd)
      }
    }
    parts.append(.copy(SourceRange(file: file, bytes: position..<max(range.upperBound, position))))
    return parts
  }

  private func isBlank(_ line: Int, of file: SourceFile) -> Bool {
    file.bytes[file.lineRange(line)].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private mutating func include(
    _ block: DirectiveBlock, in file: SourceFile, path: String, above: [String]
  ) -> [SourcePart]? {
    let before = file.bytes[
      file.lineRange(block.lines.lowerBound).lowerBound..<block.range.lowerBound]
    guard block.containerPrefix.isEmpty, before.allSatisfy({ $0 == 0x20 }) else {
      return refuse(
        .invalidInclude, "an include stands at the left margin", at: block.header,
        remedy: "move it out of the list or the quote")
    }
    guard let source = source(of: block) else { return nil }
    let written = FilePath.join(FilePath.directory(path), source.string)
    let absolute = FileSystem.resolvingLinks(written)
    guard
      project.contains(absolute) || allowedDirectories.contains(where: { FilePath.isInside(absolute, $0) })
    else {
      return refuse(
        .outsideProject, "'\(source.string)' lies outside the project folder", at: source.range(),
        remedy: "move it into the project folder, or allow its folder with --allow")
    }
    if let start = above.firstIndex(of: absolute) {
      let circle = (above[start...] + [absolute]).map(project.display).joined(separator: " → ")
      return refuse(
        .cyclicReference, "files include one another in a circle: \(circle)", at: source.range(),
        remedy: "take one of the includes out")
    }
    count += 1
    guard count <= Self.largestCount else {
      return refuse(
        .invalidInclude, "more than \(Self.largestCount) files are included", at: source.range(), remedy: nil)
    }
    return read(absolute, source, written: written, above: above)
  }

  private mutating func source(of block: DirectiveBlock) -> SourceText? {
    guard let mapping = block.options.map({ parameters.options($0) })?.mapping else {
      return refuse(
        .missingOption, "'include' needs the option 'source'", at: block.header,
        remedy: "add 'source: methods.md': a Markdown file, relative to this one")
    }
    for entry in mapping.entries where entry.key.string != "source" {
      problems.append(
        Diagnostic(
          .unknownOption, "'include' has no option '\(entry.key.string)'", at: entry.key.range(),
          remedy: "'include' understands: source"))
    }
    guard let text = mapping["source"]?.scalar?.text, !text.bytes.isEmpty else {
      return refuse(
        .missingOption, "'include' needs the option 'source'", at: mapping["source"]?.range ?? block.header,
        remedy: "add 'source: methods.md': a Markdown file, relative to this one")
    }
    return text
  }

  private mutating func read(
    _ absolute: String, _ source: SourceText, written: String, above: [String]
  ) -> [SourcePart]? {
    // Also one that is missing: when it comes, the document is another.
    if !includedPaths.contains(absolute) { includedPaths.append(absolute) }
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(absolute)
    } catch {
      if !error.isMissing {
        return refuse(
          .unreadableFile, "cannot read '\(source.string)': \(error.reason)", at: source.range(), remedy: nil)
      }
      let folder = FilePath.directory(written)
      return refuse(
        .missingFile, "no file '\(source.string)'", at: source.range(),
        remedy: NearMiss.remedy(for: FilePath.name(written), among: FileSystem.list(folder))
          ?? "the path is relative to the file that includes it")
    }
    let file = SourceFile(path: project.display(absolute), bytes: bytes)
    let (document, _) = ParsedDocument.parse(file: file, foreignLanguages: foreignLanguages)
    guard document.isSelfContained else {
      return refuse(
        .invalidInclude, "'\(source.string)' ends inside a code block or a comment", at: source.range(),
        remedy: "close the fence or the comment there: what follows the include would become part of it")
    }
    return parts(of: document, document.includableRange, path: absolute, above: above + [absolute])
  }

  private mutating func refuse<Value>(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange, remedy: String?
  ) -> Value? {
    problems.append(Diagnostic(code, message, at: range, remedy: remedy))
    return nil
  }
}
