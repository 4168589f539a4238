// Generated Markdown on its way into the author's file.

/// Whole lines of generated text, to be written in the file's line end and inside the block quote or the
/// list item where their directive stands.
public struct GeneratedBlock: Sendable {
  /// The lines without line ends.
  public let lines: [[UInt8]]

  /// Text whose lines end in LF; a final line end adds no line.
  public init(_ text: String) {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    for byte in text.utf8 {
      if byte == 0x0A {
        lines.append(line)
        line = []
      } else if byte != 0x0D {
        line.append(byte)
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    self.lines = lines
  }

  /// The lines joined by line ends, without one at the end. Each begins with the prefix, save the first when
  /// it stands behind something on its line; a blank line gets the prefix without its trailing blanks.
  public func bytes(prefix: [UInt8], lineEnding: LineEnding, continuesLine: Bool) -> [UInt8] {
    let barePrefix = Self.withoutTrailingBlanks(prefix)
    var result: [UInt8] = []
    for (index, line) in lines.enumerated() {
      if index > 0 { result += lineEnding.bytes }
      if index > 0 || !continuesLine { result += line.isEmpty ? barePrefix : prefix }
      result += line
    }
    return result
  }

  static func withoutTrailingBlanks(_ bytes: [UInt8]) -> [UInt8] {
    var end = bytes.count
    while end > 0, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return Array(bytes[..<end])
  }
}
