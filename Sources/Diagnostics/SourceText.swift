// Text that was taken out of a file, each byte still knowing where it came from.

/// A formula, an expression or an option's value after its quoting was undone, with the way back to
/// the author's file: every fault found in the text is reported at the place where it was typed.
public struct SourceText: Sendable {
  /// The decoded text, UTF-8.
  public let bytes: [UInt8]
  /// The file that the offsets belong to.
  public let file: SourceFile
  /// `offsets[i]` is where byte i came from; one more entry than there are bytes, for the end.
  public let offsets: [Int]

  /// Text whose bytes stand at the given offsets of the file. Missing offsets repeat the last one.
  public init(bytes: [UInt8], file: SourceFile, offsets: [Int]) {
    self.bytes = bytes
    self.file = file
    var offsets = Array(offsets.prefix(bytes.count + 1))
    let last = offsets.last ?? 0
    while offsets.count < bytes.count + 1 { offsets.append(last) }
    self.offsets = offsets
  }

  /// Text that stands in the file as it is.
  public init(file: SourceFile, range: Range<Int>) {
    let range = SourceRange(file: file, bytes: range).bytes
    self.init(
      bytes: Array(file.bytes[range]), file: file, offsets: Array(range.lowerBound...range.upperBound))
  }

  /// Text that comes from no file, such as a command-line argument: `path` names it in messages.
  public init(_ text: String, path: String) {
    let file = SourceFile(path: path, text: text)
    self.init(file: file, range: 0..<file.bytes.count)
  }

  /// The decoded text.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The place in the file of a range of this text; the whole of it without an argument.
  public func range(_ range: Range<Int>? = nil) -> SourceRange {
    let range = range ?? 0..<bytes.count
    let lower = min(max(range.lowerBound, 0), bytes.count)
    let upper = min(max(range.upperBound, lower), bytes.count)
    let end = upper > lower ? offsets[upper - 1] + 1 : offsets[lower]
    return SourceRange(file: file, bytes: offsets[lower]..<max(end, offsets[lower]))
  }

  /// A part of this text that keeps its way back to the file.
  public func slice(_ range: Range<Int>) -> SourceText {
    let lower = min(max(range.lowerBound, 0), bytes.count)
    let upper = min(max(range.upperBound, lower), bytes.count)
    return SourceText(
      bytes: Array(bytes[lower..<upper]), file: file, offsets: Array(offsets[lower...upper]))
  }
}
