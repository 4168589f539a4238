// Flow collections: `[a, b]` and `{key: value}`, over one line or several.

import Diagnostics

extension OptionReader {
  /// A value that begins in the middle of a line.
  mutating func inlineNode(parentIndent: Int) throws(Fault) -> OptionTree {
    switch current {
    case 0x5B: return try flowSequence()
    case 0x7B: return try flowMapping()
    case 0x22, 0x27: return try quoted(parentIndent: parentIndent)
    case 0x7C, 0x3E: return try blockScalar(parentIndent: parentIndent)
    default: return try plain(parentIndent: parentIndent, inFlow: false)
    }
  }

  private mutating func flowNode() throws(Fault) -> OptionTree {
    switch current {
    case 0x5B: try flowSequence()
    case 0x7B: try flowMapping()
    case 0x22, 0x27: try quoted(parentIndent: -1)
    default: try plain(parentIndent: -1, inFlow: true)
    }
  }

  /// Blanks, line ends and comments between the parts of a flow collection.
  private mutating func skipFlowSpace(from opening: Int) throws(Fault) {
    while let byte = current {
      if Bytes.isSpace(byte) {
        position += 1
      } else if byte == 0x23, position > 0, Bytes.isSpace(bytes[position - 1]) {
        position = lineEnd(of: position)
      } else {
        if isDocumentMark(position) { throw documentMarkFault() }
        return
      }
    }
    throw unclosedFault(opening)
  }

  mutating func flowSequence() throws(Fault) -> OptionTree {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw depthFault() }
    let opening = position
    position += 1
    var elements: [OptionTree] = []
    while true {
      try skipFlowSpace(from: opening)
      if current == 0x5D { break }
      if current == 0x2C { throw emptyElementFault() }
      let element = try flowNode()
      let afterElement = position
      try skipFlowSpace(from: opening)
      if current == 0x3A {
        elements.append(try pair(key: element, keyEnd: afterElement, opening: opening, closing: 0x5D))
        try skipFlowSpace(from: opening)
      } else {
        elements.append(element)
      }
      if current == 0x2C {
        position += 1
      } else if current != 0x5D {
        throw flowRestFault(after: element, opening: opening)
      }
    }
    position += 1
    return .sequence(OptionSequence(elements: elements, range: range(opening, position)))
  }

  /// `key: value` as an element of a list: a mapping of one entry.
  private mutating func pair(
    key: OptionTree, keyEnd: Int, opening: Int, closing: UInt8
  ) throws(Fault) -> OptionTree {
    let entry = try flowEntry(key: key, keyEnd: keyEnd, opening: opening, closing: closing)
    let start = key.range.bytes.lowerBound
    let end = max(entry.value.range.bytes.upperBound, start)
    return .mapping(
      OptionMapping(entries: [entry], range: SourceRange(file: source.file, bytes: start..<end)))
  }

  private mutating func flowEntry(
    key: OptionTree, keyEnd: Int, opening: Int, closing: UInt8
  ) throws(Fault) -> OptionMapping.Entry {
    guard let scalar = key.scalar else { throw complexKeyFault(at: position) }
    let isOnOneLine = SourceRange(file: source.file, bytes: scalar.range.bytes).text.utf8.allSatisfy {
      !Bytes.isLineEnd($0)
    }
    guard isOnOneLine, lineStart(of: keyEnd) == lineStart(of: position) else {
      throw unclosedFault(opening)
    }
    position += 1
    let afterColon = position
    try skipFlowSpace(from: opening)
    let isEmpty = current == 0x2C || current == closing
    return OptionMapping.Entry(
      key: scalar.text, value: isEmpty ? emptyScalar(at: afterColon) : try flowNode())
  }

  mutating func flowMapping() throws(Fault) -> OptionTree {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw depthFault() }
    let opening = position
    position += 1
    var entries = EntryList()
    while true {
      try skipFlowSpace(from: opening)
      if current == 0x7D { break }
      if current == 0x2C { throw emptyElementFault() }
      let key = try flowNode()
      let afterKey = position
      try skipFlowSpace(from: opening)
      if current == 0x3A {
        let entry = try flowEntry(key: key, keyEnd: afterKey, opening: opening, closing: 0x7D)
        add(entry, to: &entries)
        try skipFlowSpace(from: opening)
      } else if let scalar = key.scalar {
        add(OptionMapping.Entry(key: scalar.text, value: emptyScalar(at: afterKey)), to: &entries)
      } else {
        throw complexKeyFault(at: position)
      }
      if current == 0x2C {
        position += 1
      } else if current != 0x7D {
        throw flowRestFault(after: key, opening: opening)
      }
    }
    position += 1
    return .mapping(OptionMapping(entries: entries.entries, range: range(opening, position)))
  }
}
