// Whether a result holds every byte of the author's, by a way of its own: no edit is asked.

/// Holds a result against the parts of the document that it came from.
struct KeptBytes {
  let parts: [NestedDocument.Part]

  /// In place nothing goes: every part stands where it stood, values recorded, results below their directives.
  func areIn(place result: [UInt8]) -> Bool {
    var position = 0
    for part in parts {
      if Self.has(part.bytes, in: result, at: position) {
        position += part.bytes.count
        if part.kind == .directive { position = Self.afterRegion(in: result, from: position) ?? position }
      } else if part.kind == .value, let end = Self.afterRecord(in: result, from: position) {
        position = end
      } else {
        return false
      }
    }
    return position == result.count
  }

  /// In a manuscript blanks, line ends and quote marks may go with claims and directives: the rest is compared without any.
  func areIn(manuscript result: [UInt8], values: [String], words: [String]) -> Bool {
    let result = Self.squeezed(result)
    // The places that are still possible, since a removed claim may look like a kept one.
    var positions: Set<Int> = [0]
    for part in parts {
      let own = Self.squeezed(part.bytes)
      var next: Set<Int> = []
      for position in positions {
        if Self.has(own, in: result, at: position) { next.insert(position + own.count) }
        for choice in Self.choices(part.kind, values, words) where Self.has(choice, in: result, at: position)
        {
          next.insert(position + choice.count)
        }
        if part.kind == .directive, let end = Self.afterRegion(in: result, from: position) {
          next.insert(end)
        }
      }
      positions = next
    }
    return positions.contains(result.count)
  }

  private static func choices(_ kind: NestedDocument.Kind, _ values: [String], _ words: [String]) -> [[UInt8]]
  {
    // What may stand behind a value or in the place of a claim to keep the text around it as it is.
    func shielded(_ texts: [String]) -> [String] {
      texts.flatMap { text in ["", "<!--= -->", "<!--= ````-->", "<!--= `````-->"].map { text + $0 } }
    }
    let texts: [String] =
      switch kind {
      case .author: []
      case .value: shielded(values)
      case .claim: ["", "<!-- -->"] + shielded(["<span></span>"])
      case .reference: words
      case .directive: ["", "<!-- -->"]
      }
    return texts.map { squeezed(Array($0.utf8)) }
  }

  /// Behind `text<!--= expression → text -->`, and behind a comment that keeps a line from being a fence.
  private static func afterRecord(in bytes: [UInt8], from start: Int) -> Int? {
    guard let begin = find("<!--=", in: bytes, from: start), begin - start < 40 else { return nil }
    var end = find("-->", in: bytes, from: begin).map { $0 + 3 }
    while let here = end, has(Array("<!--=".utf8), in: bytes, at: here) {
      end = find("-->", in: bytes, from: here).map { $0 + 3 }
    }
    return end
  }

  private static func afterRegion(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count, isMargin(bytes[index]) { index += 1 }
    guard has(Array("<!--".utf8), in: bytes, at: index),
      let begin = find("meier:begin", in: bytes, from: index),
      begin - index < 6, let marker = find("meier:end", in: bytes, from: begin),
      let end = find("--", in: bytes, from: marker)
    else { return nil }
    return end + 2 < bytes.count && bytes[end + 2] == 0x3E ? end + 3 : end + 2
  }

  private static func isMargin(_ byte: UInt8) -> Bool { " \t\r\n>".utf8.contains(byte) }

  private static func squeezed(_ bytes: [UInt8]) -> [UInt8] { bytes.filter { !isMargin($0) } }

  private static func has(_ pattern: [UInt8], in bytes: [UInt8], at index: Int) -> Bool {
    index + pattern.count <= bytes.count && bytes[index..<index + pattern.count].elementsEqual(pattern)
  }

  private static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int? {
    let pattern = Array(text.utf8)
    var index = start
    while index + pattern.count <= bytes.count {
      if bytes[index] == pattern[0], has(pattern, in: bytes, at: index) { return index }
      index += 1
    }
    return nil
  }
}
