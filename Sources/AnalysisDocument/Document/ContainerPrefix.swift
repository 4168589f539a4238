// What stands before a block's text on its lines: quote marks and list indentation.

import Diagnostics

enum ContainerPrefix {
  /// The prefix for lines below a block, read from a line that continues its containers (a closing fence, an
  /// end marker): its bytes up to `offset`. At the top level nothing; in a quote without the extra indentation
  /// behind the last mark; in a list item as it is.
  static func of(line: Int, upTo offset: Int, containers: [CommonMarkTree.BlockKind], in file: SourceFile)
    -> [UInt8]
  {
    guard let innermost = containers.first(where: { $0 != .list }) else { return [] }
    let start = file.lineRange(line).lowerBound
    guard offset >= start, offset <= file.bytes.count else { return [] }
    let prefix = Array(file.bytes[start..<offset])
    guard innermost == .quote, let mark = prefix.lastIndex(of: 0x3E) else { return prefix }
    let hasBlank = mark + 1 < prefix.count && Bytes.isBlank(prefix[mark + 1])
    return Array(prefix[...mark]) + (hasBlank ? [prefix[mark + 1]] : [])
  }

  /// Where a line's own text begins: behind blanks and at most `quotes` quote marks.
  static func textStart(line: Int, quotes: Int, in file: SourceFile) -> Int {
    let range = file.lineRange(line)
    return textStart(range, quotes: quotes, in: file.bytes)
  }

  static func textStart(_ range: Range<Int>, quotes: Int, in bytes: [UInt8]) -> Int {
    var index = Bytes.skip(bytes, range.lowerBound, to: range.upperBound, while: Bytes.isBlank)
    var left = quotes
    while left > 0, index < range.upperBound, bytes[index] == 0x3E {
      left -= 1
      index = Bytes.skip(bytes, index + 1, to: range.upperBound, while: Bytes.isBlank)
    }
    return index
  }
}
