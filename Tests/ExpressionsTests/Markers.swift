// Expressions whose expected faults are marked in the text itself.

import DataTables
import Diagnostics
import Expressions

/// A text with `«»` around the bytes that a message must point at.
struct MarkedText {
  let source: SourceText
  let marked: Range<Int>?

  init(_ text: String) {
    var bytes: [UInt8] = []
    var start: Int?
    var end: Int?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "«": start = bytes.count
      case "»": end = bytes.count
      default: bytes += Array(String(scalar).utf8)
      }
    }
    let file = SourceFile(path: "test.md", bytes: bytes)
    source = SourceText(file: file, range: 0..<bytes.count)
    marked = start.flatMap { start in end.map { start..<$0 } }
  }

  var markedText: String? { marked.map { source.range($0).text } }
}

func source(_ text: String) -> SourceText { SourceText(text, path: "test.md") }

/// The faults that `body` throws, as `code: message (remedy)`, each with the text it points at.
func faults(_ text: String, _ body: (SourceText) throws(DiagnosticList) -> Void) -> [(
  summary: String, place: String
)] {
  do throws(DiagnosticList) {
    try body(source(text))
    return []
  } catch {
    return error.diagnostics.map { diagnostic in
      let location = diagnostic.location
      let columns = (location?.start.column ?? 1)..<(location?.end.column ?? 1)
      let scalars = Array(text.unicodeScalars)
      let place = String(
        String.UnicodeScalarView(scalars[(columns.lowerBound - 1)..<(columns.upperBound - 1)]))
      return (summary: "\(diagnostic.code.rawValue): \(diagnostic.message)", place: place)
    }
  }
}

/// The only fault of a marked text: its message, checked to point at the mark.
func fault(
  _ text: String, _ body: (SourceText) throws(DiagnosticList) -> Void
) -> (code: DiagnosticCode, message: String, remedy: String?, isAtMark: Bool)? {
  let marked = MarkedText(text)
  do throws(DiagnosticList) {
    try body(marked.source)
    return nil
  } catch {
    guard let first = error.diagnostics.first, error.diagnostics.count == 1 else {
      return (.internalFault, error.diagnostics.map(\.message).joined(separator: " | "), nil, false)
    }
    let range = marked.marked.map { marked.source.range($0) }
    return (
      first.code, first.message, first.remedy,
      first.location?.start == range?.start && first.location?.end == range?.end
    )
  }
}
