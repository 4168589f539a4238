// A file put together from others: every byte keeps its way back to the file it was written in.

/// Where a run of bytes was taken from; `nil` for what stands in no file.
struct SourcePiece: Sendable {
  /// Bytes of the file that was put together.
  let range: Range<Int>
  let origin: SourceRange?
}

/// A part of a file to be put together.
public enum SourcePart: Sendable {
  /// Bytes that stand in a file as they are.
  case copy(SourceRange)
  /// Bytes that no author wrote, such as a line end between two files.
  case glue([UInt8])
}

extension SourceFile {
  /// The parts one after the other, under the path of the file that asked for them.
  public convenience init(path: String, parts: [SourcePart]) {
    var bytes: [UInt8] = []
    var pieces: [SourcePiece] = []
    for part in parts {
      let start = bytes.count
      switch part {
      case .copy(let range):
        bytes += range.file.bytes[range.bytes]
        pieces.append(SourcePiece(range: start..<bytes.count, origin: range))
      case .glue(let glue):
        bytes += glue
        pieces.append(SourcePiece(range: start..<bytes.count, origin: nil))
      }
    }
    self.init(path: path, bytes: bytes, pieces: pieces.filter { !$0.range.isEmpty })
  }

  /// Whether it was put together from parts.
  public var isAssembled: Bool { !pieces.isEmpty }

  /// The place in the file that the author wrote. A range that leaves its file ends with it.
  func origin(of range: Range<Int>) -> SourceRange? {
    guard let first = pieces.first else { return nil }
    // Between two pieces a range belongs to the one it begins, an empty one at the very end to the last.
    let index = pieces.lastIndex { $0.range.lowerBound <= range.lowerBound } ?? 0
    let piece = pieces.indices.contains(index) ? pieces[index] : first
    if let origin = piece.origin {
      let lower = origin.bytes.lowerBound + min(range.lowerBound - piece.range.lowerBound, origin.bytes.count)
      let upper = min(lower + range.count, origin.bytes.upperBound)
      return SourceRange(file: origin.file, bytes: lower..<max(lower, upper))
    }
    guard let before = pieces[..<index].last(where: { $0.origin != nil })?.origin else { return nil }
    return SourceRange(file: before.file, bytes: before.bytes.upperBound..<before.bytes.upperBound)
  }
}

extension SourceRange {
  /// The same bytes in the file in which they were written.
  public var origin: SourceRange { file.origin(of: bytes) ?? self }

  /// The same bytes in a file that was put together with others; `nil` when they come from another one.
  ///
  /// An insertion belongs to what stands before it.
  public func bytes(in original: SourceFile) -> Range<Int>? {
    if file === original { return bytes }
    let piece = file.pieces.first { piece in
      bytes.isEmpty
        ? piece.range.upperBound >= bytes.lowerBound
        : piece.range.lowerBound <= bytes.lowerBound && bytes.upperBound <= piece.range.upperBound
    }
    guard let piece, let origin = piece.origin, origin.file === original else { return nil }
    let lower = origin.bytes.lowerBound + bytes.lowerBound - piece.range.lowerBound
    return lower..<lower + bytes.count
  }
}
