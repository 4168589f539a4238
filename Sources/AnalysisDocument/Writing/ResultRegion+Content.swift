// Reading back what an earlier run wrote.

import Diagnostics

extension ResultRegion {
  /// The region with its markers as it was generated: container prefixes taken off, lines ending in LF.
  /// A line that lacks the prefix stays as it is.
  public func generatedText(in file: SourceFile) -> [UInt8] {
    let bare = GeneratedBlock.withoutTrailingBlanks(containerPrefix)
    var result: [UInt8] = []
    for line in lines {
      let whole = file.lineRange(line)
      let upper = line == lines.upperBound ? min(range.upperBound, whole.upperBound) : whole.upperBound
      var start = line == lines.lowerBound ? range.lowerBound : whole.lowerBound
      if line > lines.lowerBound {
        result.append(0x0A)
        if file.bytes[start..<upper].starts(with: containerPrefix) {
          start += containerPrefix.count
        } else if file.bytes[start..<upper].elementsEqual(bare) {
          start = upper
        }
      }
      result += file.bytes[start..<max(start, upper)]
    }
    return result
  }
}
