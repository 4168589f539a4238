// Runs the directives of a document in memory, in the order of the text.

import AnalysisDocument
import DataTables
import Diagnostics
import Directives
import Presentation

/// A document's directives with what each of them gave.
struct DirectiveBench {
  private(set) var outputs: [String: DirectiveOutput] = [:]
  private(set) var warnings: [Diagnostic] = []
  let style: JournalStyle

  /// - Parameter files: contents by path, as `source:` names them.
  init(
    _ document: String, files: [String: String] = [:], style: JournalStyle = .plain,
    compatibility: Compatibility = .meier, threads: Int = 1
  ) throws {
    self.style = style
    let file = SourceFile(path: "doc.md", text: document)
    let (parsed, problems) = ParsedDocument.parse(file: file, foreignLanguages: [])
    if problems.containsError { throw DiagnosticList(problems) }
    var requests: [String: DirectiveRequest] = [:]
    for block in parsed.directives {
      guard let type = DirectiveRegistry.directive(named: block.name.string), let id = block.id?.string else {
        throw Diagnostic(.unknownDirective, "no directive '\(block.name.string)'")
      }
      let (options, faults) = type.specification.resolve(
        block.options?.mapping?.entries ?? [], block: block.header)
      if !faults.isEmpty { throw DiagnosticList(faults) }
      requests[id] = DirectiveRequest(type: type, options: options)
      let context = DirectiveContext(
        id: id, style: style, compatibility: compatibility, threads: threads, outputs: outputs,
        files: MemoryFiles(contents: files), demandedColumns: nil, requests: requests)
      let wish = options.digitWish
      let output = try type.run(
        options.captioned { try type.caption(options, in: context) }, in: context.with(wish)
      ).with(wish)
      outputs[id] = output
      warnings += output.warnings + options.warnings(ofFiguresIn: output)
    }
  }

  func number(_ path: String) -> Double? { quantity(path)?.number }

  func quantity(_ path: String) -> Quantity? {
    for (id, output) in outputs where path.hasPrefix(id) {
      for value in output.values where id + value.path == path {
        if case .quantity(let quantity) = value.content { return quantity }
      }
    }
    return nil
  }

  func tables(of id: String) -> [Table] {
    (outputs[id]?.blocks ?? []).compactMap { if case .table(let table, _) = $0 { table } else { nil } }
  }

  /// The first table as Markdown, line by line, without the rule.
  func lines(of id: String) -> [String] {
    let lines = tables(of: id).first?.markdownGrid(style).split(separator: "\n").map(String.init) ?? []
    return lines.enumerated().filter { $0.offset != 1 }.map(\.element)
  }

  func note(of id: String) -> String { tables(of: id).first?.noteLine(style) ?? "" }

  /// Everything that would be written for a directive.
  func written(_ id: String) -> [String] {
    (outputs[id]?.blocks ?? []).map { block in
      switch block {
      case .table(let table, _): table.markdown(number: "1", style: style)
      case .figure(let figure, _, let caption): figure.svg + caption
      case .paragraph(let text): text
      }
    } + (outputs[id]?.values ?? []).map { "\($0.path) = \($0.content)" }
  }

  /// What the author is told when the document cannot be computed.
  static func problems(_ document: String, files: [String: String] = [:]) -> [Diagnostic] {
    do {
      _ = try DirectiveBench(document, files: files)
      return []
    } catch let list as DiagnosticList {
      return list.diagnostics.inDocumentOrder()
    } catch let diagnostic as Diagnostic {
      return [diagnostic]
    } catch {
      return [Diagnostic(.internalFault, "\(error)")]
    }
  }
}

private struct MemoryFiles: DataFileOpening {
  let contents: [String: String]

  func open(
    _ path: String, name: String, options: CSVOptions, at range: SourceRange
  ) throws(Diagnostic) -> any DataSource {
    guard let text = contents[path] else { throw Diagnostic(.missingFile, "no file '\(path)'", at: range) }
    return CSVSource(bytes: Array(text.utf8), displayPath: path, name: name, options: options)
  }
}
