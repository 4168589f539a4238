// What became of many documents.

import AnalysisDocument
import Diagnostics

/// Runs documents through everything that a run does with them, and counts.
struct HostileTally {
  private(set) var documents = 0
  private(set) var spans = 0
  private(set) var recorded = 0
  private(set) var directives = 0
  /// Documents with faults of the author's: an unpaired backtick, an unclosed directive, a NUL byte.
  private(set) var faulty = 0
  /// Documents without any that Meier does not write all the same.
  private(set) var refusals: [String] = []
  private(set) var faults: [String] = []

  var report: String {
    let rate = refusals.isEmpty ? "none" : "1 in \(documents / refusals.count)"
    return """
      documents \(documents): values and claims \(spans), recorded values \(recorded), directives \(directives)
      with faults of the author's: \(faulty)
      refused without: \(refusals.count) (\(rate))
      bytes or meanings that changed, and other faults of Meier's: \(faults.count)

      """ + refusals.prefix(3).map { "refused: \($0)\n" }.joined()
        + faults.prefix(5).map { "fault: \($0)\n" }.joined()
  }

  /// Refusals beyond 1 in 5,000 documents, or any fault.
  var isFailure: Bool { !faults.isEmpty || refusals.count > max(documents / 5000, 1) }

  mutating func examine(_ bytes: [UInt8]) { examine(bytes, parts: nil) }

  mutating func examine(_ document: NestedDocument) {
    examine(document.bytes, parts: KeptBytes(parts: document.parts))
  }

  private mutating func examine(_ bytes: [UInt8], parts: KeptBytes?) {
    documents += 1
    let (document, diagnostics) = Self.parse(bytes)
    spans += document.spans.count { $0.kind != .recordedValue }
    recorded += document.spans.count { $0.kind == .recordedValue }
    directives += document.directives.count
    if (try? Splice.apply([], to: bytes)) != bytes { fail("an empty splice changes bytes", bytes) }
    if diagnostics.contains(where: { $0.message.contains("placed with certainty") }) {
      refusals.append(Self.sample(bytes))
      return
    }
    checkCompleteness(document, bytes)
    checkRanges(document, bytes)
    // Only a document without errors is written.
    guard !diagnostics.containsError else {
      faulty += 1
      return
    }
    let isWritten = [checkManuscript(document, bytes, parts), checkInPlace(document, bytes, parts)]
    if let place = isWritten.first(where: { $0 != nil }) {
      refusals.append("\(place ?? "") " + Self.sample(bytes))
    }
  }

  static func parse(_ bytes: [UInt8]) -> (ParsedDocument, [Diagnostic]) {
    ParsedDocument.parse(file: SourceFile(path: "fuzz.md", bytes: bytes))
  }

  mutating func fail(_ message: String, _ bytes: [UInt8]) {
    faults.append(message + " in " + Self.sample(bytes))
  }

  static func sample(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).debugDescription }

  // MARK: Parsing

  /// Outside tables and results, every code span that libcmark sees and that reads like a value is located, and reads as
  /// libcmark has it.
  private mutating func checkCompleteness(_ document: ParsedDocument, _ bytes: [UInt8]) {
    guard document.regions.isEmpty, let literals = document.codeSpansOutsideTables else { return }
    var expected: [String] = []
    for literal in literals {
      let text = Self.squeezed(String(decoding: literal, as: UTF8.self))
      if text.hasPrefix("{="), text.hasSuffix("}") {
        expected.append(Self.squeezed(String(text.dropFirst(2).dropLast())))
      } else if text.hasPrefix("{claim "), text.hasSuffix("}") {
        expected.append(Self.squeezed(String(text.dropFirst(7).dropLast())))
      }
    }
    let located = document.spans.filter { $0.kind != .recordedValue }.map {
      Self.squeezed($0.expression.string)
    }
    if located != expected { fail("located \(located), libcmark has \(expected)", bytes) }
  }

  private static func squeezed(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.joined(separator: " ")
  }

  private mutating func checkRanges(_ document: ParsedDocument, _ bytes: [UInt8]) {
    let ranges =
      (document.spans.map(\.range) + document.directives.map(\.range) + document.regions.map(\.range))
      .sorted { $0.lowerBound < $1.lowerBound }
    for (left, right) in zip(ranges, ranges.dropFirst()) where left.upperBound > right.lowerBound {
      fail("ranges overlap", bytes)
    }
    for span in document.spans where span.kind != .recordedValue {
      let text = bytes[span.range]
      if text.first != 0x60 || text.last != 0x60 { fail("a span is not bounded by backticks", bytes) }
    }
    for directive in document.directives {
      let fence = bytes[directive.range.lowerBound]
      if fence != 0x60, fence != 0x7E { fail("a directive does not begin with a fence", bytes) }
    }
  }
}
