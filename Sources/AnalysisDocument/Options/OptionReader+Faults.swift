// What can be wrong in an option block, in words for those who write them.

import Diagnostics

extension OptionReader {
  func fault(_ message: String, _ lower: Int, _ upper: Int, _ remedy: String, notes: [Diagnostic.Note] = [])
    -> Fault
  {
    Fault(diagnostic: Diagnostic(.yaml, message, at: range(lower, upper), remedy: remedy, notes: notes))
  }

  mutating func findControlCharacters() {
    let found = bytes.indices.first {
      bytes[$0] < 0x20 && bytes[$0] != 0x09 && bytes[$0] != 0x0A && bytes[$0] != 0
    }
    guard let found else { return }
    faults.append(fault("a control character stands here", found, found + 1, "delete it").diagnostic)
  }

  func repeatedKey(_ key: SourceText, earlier: SourceText) -> Diagnostic {
    Diagnostic(
      .yaml, "'\(key.string)' is given twice", at: key.range(), remedy: "delete one of the two",
      notes: [.init("the first is here", at: DiagnosticLocation(earlier.range()))])
  }

  func tabFault(at index: Int) -> Fault {
    fault("the line is indented with a tab", index, index + 1, "indent with spaces")
  }

  func documentMarkFault() -> Fault {
    fault("'---' and '...' have no meaning among options", position, position + 3, "delete the line")
  }

  func depthFault() -> Fault {
    fault(
      "the options are nested more than \(Self.deepest) levels deep", position, position + 1, "nest them less"
    )
  }

  func complexKeyFault(at index: Int) -> Fault {
    fault("a key must be a single word or a quoted text", index, index + 1, "put the text in quotes")
  }

  func unexpectedRest() -> Fault {
    fault(
      "this line does not belong to what stands above it", position, lineEnd(of: position),
      "indent it like the first line, and write it as 'key: value'")
  }

  /// Plain text with a double quote that lacks its partner: YAML cut it at `: ` or ` #`.
  static func hasOpenQuote(_ bytes: [UInt8]) -> Bool { !bytes.count { $0 == 0x22 }.isMultiple(of: 2) }

  func commentFault() -> Fault {
    fault(
      "' #' begins a comment, inside the value's own quotes too", position, lineEnd(of: position),
      "put the whole value in single quotes")
  }

  func colonFault() -> Fault {
    fault(
      "a value that holds ': ' must stand in quotes", position, position + 1,
      "put the whole value in single quotes; if a new key begins here, put it on its own line")
  }

  /// An option block is a mapping or a list, never a single value.
  func bareScalarFault(_ scalar: OptionScalar) -> Fault {
    var probe = self
    probe.position = Bytes.skip(bytes, 0, to: bytes.count) { Bytes.isSpace($0) }
    while probe.current == 0x23 {
      probe.position = Bytes.skip(bytes, lineEnd(of: probe.position), to: bytes.count) { Bytes.isSpace($0) }
    }
    return probe.missingKeyFault()
  }

  /// `*alias`, `&anchor`, `!tag`.
  func refusedFault(_ first: UInt8) -> Fault {
    let end = Bytes.skip(bytes, position, to: bytes.count) { !Bytes.isSpace($0) && $0 != 0x2C }
    let mark = String(Unicode.Scalar(first))
    let name = first == 0x21 ? "tags" : first == 0x2A ? "aliases" : "anchors"
    return fault(
      "a value cannot begin with '\(mark)'", position, end,
      "put the whole value in single quotes (YAML's \(name) are not supported)")
  }

  func reservedFault(_ first: UInt8) -> Fault {
    fault(
      "a value cannot begin with '\(String(Unicode.Scalar(first)))'", position, position + 1,
      "put the whole value in single quotes")
  }

  func strayFault(_ first: UInt8) -> Fault {
    let mark = String(Unicode.Scalar(first))
    return fault(
      "'\(mark)' stands here without an opening bracket", position, position + 1,
      first == 0x2C
        ? "delete it, or put the whole value in single quotes" : "delete it, or open the list before it")
  }

  func emptyElementFault() -> Fault {
    fault("nothing stands before this comma", position, position + 1, "delete the comma")
  }

  func unclosedFault(_ opening: Int) -> Fault {
    let isList = byte(opening) == 0x5B
    return fault(
      "this bracket is not closed", opening, opening + 1, "close it with '\(isList ? "]" : "}")'")
  }

  func unclosedQuoteFault(_ opening: Int) -> Fault {
    let quote = byte(opening) == 0x27 ? "'" : "\""
    return fault(
      "this quote is not closed", opening, opening + 1,
      "close it with \(quote) on the same line"
        + (quote == "'" ? "; an apostrophe inside is written twice: ''" : ""))
  }

  func escapeFault(_ start: Int) -> Fault {
    fault(
      "'\\' does not begin a known escape here", start, min(start + 2, bytes.count),
      "write '\\\\' for a backslash, or use single quotes")
  }

  func blockHeaderFault(_ start: Int) -> Fault {
    let mark = String(Unicode.Scalar(bytes[start]))
    return fault(
      "a value cannot begin with '\(mark)'", start, lineEnd(of: start), "put the whole value in single quotes"
    )
  }

  func listOnKeyLineFault() -> Fault {
    fault(
      "a list cannot begin on the line of its key", position, lineEnd(of: position),
      "put each '- item' on a line of its own, or write [a, b]")
  }

  /// A line of a mapping that is not `key: value`.
  func missingKeyFault() -> Fault {
    let end = Bytes.trimmed(bytes, position..<lineEnd(of: position)).upperBound
    if isListMark(position) {
      return fault(
        "a list item stands where 'key: value' is expected", position, end,
        "indent the list deeper than its key, or delete '- '")
    }
    if let first = current, first == 0x22 || first == 0x27,
      closingQuote(from: position, to: lineEnd(of: position)) == nil
    {
      return unclosedQuoteFault(position)
    }
    if let colon = bytes[position..<end].firstIndex(of: 0x3A), colon > position {
      return fault("a blank must follow the colon", colon, colon + 1, "write 'key: value'")
    }
    return fault("this line has no colon", position, end, "write 'key: value', or '- item' in a list")
  }

  /// A scalar whose next line is a key: either it should have been a key itself, or the key stands too deep.
  func continuedKeyFault(start: Int, next: Int, parentIndent: Int) -> Fault {
    let lineStart = Bytes.skip(bytes, lineStart(of: start), to: bytes.count) { $0 == 0x20 }
    if lineStart == start, column(of: next) <= column(of: start) {
      var probe = self
      probe.position = start
      return probe.missingKeyFault()
    }
    return fault(
      "this line stands too deep: the line above already has its value", next, lineEnd(of: next),
      "indent it like the line above")
  }

  /// Something behind a complete value on its line.
  func restFault(after node: OptionTree) -> Fault {
    let end = Bytes.trimmed(bytes, position..<lineEnd(of: position)).upperBound
    let whole = DiagnosticLocation(node.range)
    if case .scalar(let scalar) = node {
      if !scalar.isQuoted {
        return colonFault()
      }
      if whole.end.line > whole.start.line {
        return fault(
          "this quote is closed only on line \(whole.end.line), where more text follows",
          position, end, "close the quote that opens on line \(whole.start.line)",
          notes: [
            .init(
              "the quote opens here",
              at: DiagnosticLocation(path: whole.path, start: whole.start, sourceLine: whole.sourceLine))
          ])
      }
      return fault(
        "nothing may follow the closing quote", position, end,
        scalar.style == .doubleQuoted
          ? "put the whole value in single quotes: '\"…\" …'"
          : "put the whole value in double quotes, or delete the rest")
    }
    return fault(
      "nothing may follow the closing bracket", position, end,
      "put the whole value in single quotes, or delete the rest")
  }

  func flowRestFault(after node: OptionTree, opening: Int) -> Fault {
    let end = Bytes.trimmed(bytes, position..<lineEnd(of: position)).upperBound
    if position > opening, lineStart(of: position) != lineStart(of: opening) { return unclosedFault(opening) }
    if let scalar = node.scalar, scalar.isQuoted {
      return fault(
        "a comma must follow the closing quote", position, end,
        "put the whole item in single quotes, or write a comma")
    }
    return fault(
      "a comma or the closing bracket is missing here", position, end,
      "write a comma between items; put an item that holds ',', '[', ']', '{', '}' or ': ' in quotes")
  }
}
