// Conflicts that a merge left in a document.

import Diagnostics

/// Finds the lines that git puts around two versions: `<<<<<<<`, `=======`, `>>>>>>>`, at the left margin and in this order.
enum MergeMarkerCheck {
  static func diagnostics(for file: SourceFile) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var opened: Range<Int>?
    var isDivided = false
    for line in stride(from: 1, through: file.lineCount, by: 1) {
      let range = file.lineRange(line)
      guard let first = range.first else { continue }
      switch file.bytes[first] {
      case UInt8(ascii: "<") where isMarker(file.bytes, range):
        opened = range
        isDivided = false
      case UInt8(ascii: "=") where opened != nil && isMarker(file.bytes, range): isDivided = true
      case UInt8(ascii: ">") where isDivided && isMarker(file.bytes, range):
        if let opened {
          found.append(
            Diagnostic(
              .unresolvedMerge, "an unresolved merge: two versions of the text stand here",
              at: SourceRange(file: file, bytes: opened),
              remedy: "keep one of them, or parts of both, and delete the lines <<<<<<<, ======= and >>>>>>>")
          )
        }
        opened = nil
        isDivided = false
      default: continue
      }
    }
    return found
  }

  /// Whether a line begins with seven of its first byte, and then ends or has a blank.
  private static func isMarker(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let length = 7
    guard range.count >= length, let first = range.first else { return false }
    let end = range.lowerBound + length
    return bytes[range.lowerBound..<end].allSatisfy { $0 == bytes[first] }
      && (end == range.upperBound || Bytes.isBlank(bytes[end]))
  }
}
