// The Markdown of one directive's results.

import AnalysisDocument
import Diagnostics
import Directives
import Figures
import Presentation

/// Turns a directive's blocks into the text between its markers, and its figures into files.
struct RegionRenderer {
  let style: JournalStyle
  let numbering: Numbering
  /// The folder of the figures as the Markdown links to it, and as files are written to it.
  let figureLink: String
  let figureDirectory: String

  struct Rendered: Sendable {
    /// Markers included, LF line ends, no final line end.
    let text: String
    let files: [PlannedFile]
    /// Of the text, and of the tables' files by name: as `results.json` records them.
    let digest: String
    let tableDigests: [String: String]

    init(text: String, files: [PlannedFile]) {
      self.text = text
      self.files = files
      digest = ResultDigest.of(Array(text.utf8))
      tableDigests = TableFiles.digests(files)
    }
  }

  /// - Parameters:
  ///   - caption: the directive's caption with its inline values printed; `nil` to take the blocks' own.
  ///   - key: of the blocks.
  func render(
    id: String, blocks: [OutputBlock], caption: InlineEvaluation.Caption?, _ key: ResultKey?,
    _ memory: RunMemory
  ) -> Rendered {
    let inputs = key.map { key in
      var writer = KeyWriter("region")
      let caption = caption.map { [$0.written, $0.markdown, $0.plain] } ?? []
      let numbers = numbering.words(id: id, blocks: blocks) ?? ""
      writer.add([id, key.text, numbers, style.name, figureLink, figureDirectory] + caption)
      return writer.finish()
    }
    return memory.region(id).made(from: inputs) { render(id: id, blocks: blocks, caption: caption) }
  }

  private func render(id: String, blocks: [OutputBlock], caption: InlineEvaluation.Caption?) -> Rendered {
    var parts: [String] = []
    var files: [PlannedFile] = []
    for block in blocks {
      switch block {
      case .table(let table, let name):
        files.append(csvFile(table, id, name))
        if table.isHidden { continue }
        let number = numbering.number(.table, id: id, name: name) ?? "?"
        parts.append(
          anchor(.table, id, name)
            + trimmed(
              recaptioned(table, name == nil ? caption?.markdown : nil).markdown(number: number, style: style)
            ))
      case .figure(let figure, let name, let text):
        let file = name.map { "\(id)-\($0).svg" } ?? "\(id).svg"
        let svg = caption.map { $0.printed(in: figure.svg, escaping: svgEscaped) } ?? figure.svg
        files.append(PlannedFile(path: FilePath.join(figureDirectory, file), bytes: Array(svg.utf8)))
        let number = numbering.number(.figure, id: id, name: name) ?? "?"
        let alt = MarkdownText.inline(caption.map { $0.printed(in: figure.altText) } ?? figure.altText)
        // The anchor in the same paragraph: an image alone in one is a figure for pandoc, with its words as a second caption.
        parts.append(anchor(.figure, id, name) + "![\(alt)](\(link(file)))")
        parts.append(
          style.captions.markdown(
            label: "Figure", number: number,
            caption: caption.map { name == nil ? $0.markdown : text.replacing($0.written, with: $0.markdown) }
              ?? text))
      case .paragraph(let text):
        parts.append(text)
      }
    }
    let body = parts.isEmpty ? "" : parts.joined(separator: "\n\n") + "\n\n"
    return Rendered(
      text: ResultMarker.begin(id) + "\n\n" + body + ResultMarker.end(id), files: files)
  }

  /// What stands in the place of a result that could not be computed.
  func render(id: String, failure: String) -> Rendered {
    Rendered(
      text: ResultMarker.begin(id) + "\n\n**Error.** " + MarkdownText.inline(failure) + "\n\n"
        + ResultMarker.end(id), files: [])
  }

  /// The table for programs, beside the figures.
  private func csvFile(_ table: Table, _ id: String, _ name: String?) -> PlannedFile {
    let file = name.map { "\(id)-\($0).csv" } ?? "\(id).csv"
    return PlannedFile(path: FilePath.join(figureDirectory, file), bytes: Array(table.csv(style).utf8))
  }

  private func recaptioned(_ table: Table, _ caption: String?) -> Table {
    guard let caption else { return table }
    return Table(
      name: table.name, caption: caption, columns: table.columns, rows: table.rows, notes: table.notes,
      abbreviations: table.abbreviations)
  }

  private func anchor(_ kind: CrossReference.Kind, _ id: String, _ name: String?) -> String {
    "<a id=\"\(Numbering.key(kind, id, name))\"></a>"
  }

  private func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.hasSuffix("\n") { text = text.dropLast() }
    return String(text)
  }

  /// A link's destination: blanks and parentheses of a folder's name percent-encoded.
  private func link(_ file: String) -> String {
    PathReference.encoded(figureLink.isEmpty ? file : figureLink + "/" + file)
  }
}

extension InlineEvaluation.Caption {
  /// `text` with the caption's values in the place of their expressions.
  func printed(in text: String, escaping: (String) -> String = { $0 }) -> String {
    guard !written.isEmpty else { return text }
    return text.replacing(escaping(written), with: escaping(plain))
  }
}
