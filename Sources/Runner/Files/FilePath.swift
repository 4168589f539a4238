// Paths as text: joined, shortened and compared without touching the disk.

/// Lexical operations on POSIX paths.
public enum FilePath {
  /// Whether it begins at the root of the file system.
  public static func isAbsolute(_ path: String) -> Bool { path.hasPrefix("/") }

  /// `base/path`, or `path` itself when it is absolute; `.` and `..` are resolved as far as the text allows.
  public static func join(_ base: String, _ path: String) -> String {
    normalized(isAbsolute(path) || base.isEmpty ? path : base + "/" + path)
  }

  /// Without `.`, doubled slashes and such `..` as the text can resolve; `.` for nothing.
  public static func normalized(_ path: String) -> String {
    if isNormalized(path) { return path }
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part == "..", isAbsolute(path) {
        continue
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if isAbsolute(path) { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// Whether no component is empty, `.` or `..`: so are most paths, and those need not be taken apart.
  private static func isNormalized(_ path: String) -> Bool {
    var path = path
    return path.withUTF8 { bytes in
      var length = 0
      var onlyDots = true
      for (index, byte) in bytes.enumerated() {
        if byte != UInt8(ascii: "/") {
          length += 1
          onlyDots = onlyDots && byte == UInt8(ascii: ".")
          continue
        }
        if length == 0 ? index > 0 : onlyDots && length <= 2 { return false }
        length = 0
        onlyDots = true
      }
      return length > 0 && !(onlyDots && length <= 2)
    }
  }

  /// Everything before the last component: `.` for a bare name.
  public static func directory(_ path: String) -> String {
    let path = normalized(path)
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component, with its extension.
  public static func name(_ path: String) -> String {
    let path = normalized(path)
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  /// The last component without its extension.
  public static func stem(_ path: String) -> String {
    let name = name(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// Whether `path` stands at or below `directory`; both absolute.
  public static func isInside(_ path: String, _ directory: String) -> Bool {
    let path = normalized(path)
    let directory = normalized(directory)
    return path == directory || directory == "/" || path.hasPrefix(directory + "/")
  }

  /// `path` as seen from `directory`, both absolute: with `..` where it lies outside.
  public static func relative(_ path: String, to directory: String) -> String {
    let target = normalized(path).split(separator: "/")
    let base = normalized(directory).split(separator: "/")
    var shared = 0
    while shared < target.count, shared < base.count, target[shared] == base[shared] { shared += 1 }
    let parts = Array(repeating: "..", count: base.count - shared) + target[shared...].map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }
}
