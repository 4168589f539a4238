// How the lines of a file end.

/// A file's line end. Generated lines use the one that most of the author's lines use.
public enum LineEnding: Sendable, Hashable {
  /// Unix.
  case lf
  /// Windows.
  case crlf
  /// Old Macintosh.
  case cr

  /// The bytes that end a line.
  public var bytes: [UInt8] {
    switch self {
    case .lf: [0x0A]
    case .crlf: [0x0D, 0x0A]
    case .cr: [0x0D]
    }
  }

  /// The most frequent line end; LF in a file without any, and where two are equally frequent.
  public static func dominant(in bytes: [UInt8]) -> LineEnding {
    var lf = 0
    var crlf = 0
    var cr = 0
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0A {
        if index > 0, bytes[index - 1] == 0x0D { crlf += 1 } else { lf += 1 }
      } else if byte == 0x0D, index + 1 >= bytes.count || bytes[index + 1] != 0x0A {
        cr += 1
      }
    }
    if crlf > lf, crlf >= cr { return .crlf }
    return cr > lf ? .cr : .lf
  }
}
