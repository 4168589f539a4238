// The few operations on files that Meier needs, each failing with a reason.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be read or written.
public struct FileFailure: Error, Sendable, Equatable {
  /// The path as the operation was given it.
  public let path: String
  /// The system's error number.
  let code: Int32

  /// The code of a file that somebody changed while its results were computed: no number of the system's.
  static let changedMeanwhile: Int32 = -1

  /// The system's own words, such as "Permission denied".
  public var reason: String {
    code == Self.changedMeanwhile
      ? "it was changed while its results were computed: run again" : String(cString: strerror(code))
  }
  /// Whether there is no such file, and not one that cannot be used.
  var isMissing: Bool { code == ENOENT || code == ENOTDIR }
}

/// Synchronous operations on files, each told by path.
public enum FileSystem {
  /// Absolute; the root when the folder that the process was started in is gone.
  public static func currentDirectory() -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard getcwd(&buffer, buffer.count) != nil else { return "/" }
    return text(buffer)
  }

  /// The path with links resolved; of a file that does not exist yet, its directory's.
  public static func resolvingLinks(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    if realpath(path, &buffer) != nil { return text(buffer) }
    let parent = FilePath.directory(path)
    guard parent != path, parent != "." else { return FilePath.normalized(path) }
    return FilePath.join(resolvingLinks(parent), FilePath.name(path))
  }

  /// The same for files of few folders, each of which is looked at once.
  static func resolvingLinks(_ paths: [String]) -> [String] {
    var folders: [String: String] = [:]
    return paths.map { path in
      if isLink(path) { return resolvingLinks(path) }
      let directory = FilePath.directory(path)
      let folder = folders[directory] ?? resolvingLinks(directory)
      folders[directory] = folder
      return FilePath.join(folder, FilePath.name(path))
    }
  }

  private static func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether there is something at the path; a link that leads nowhere counts for nothing.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFDIR
  }

  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFLNK
  }

  /// Removes a folder if nothing is in it.
  static func removeEmptyDirectory(_ path: String) { rmdir(path) }

  /// The bytes of a file. Directories and devices are refused.
  public static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path: path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFailure(path: path, code: errno) }
    guard (status.st_mode & S_IFMT) != S_IFDIR else { throw FileFailure(path: path, code: EISDIR) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0) }
      if count > 0 {
        bytes.append(contentsOf: buffer[0..<count])
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw FileFailure(path: path, code: errno)
      }
    }
  }

  static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  static func write(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.write(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  /// Names in a directory, sorted by code point; empty when it cannot be read.
  public static func list(_ directory: String) -> [String] { entries(directory).map(\.name) }

  /// The same, each with whether it is a folder; a link to one is none.
  static func entries(_ directory: String) -> [(name: String, isFolder: Bool)] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var entries: [(name: String, isFolder: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
          String(cString: $0)
        }
      }
      if name == "." || name == ".." { continue }
      // Some file systems leave it to the reader to find out.
      let isKnown = entry.pointee.d_type != UInt8(DT_UNKNOWN)
      let isFolder = isKnown ? entry.pointee.d_type == UInt8(DT_DIR) : isFolder(directory, name)
      entries.append((name, isFolder))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func isFolder(_ directory: String, _ name: String) -> Bool {
    let path = FilePath.join(directory, name)
    return isDirectory(path) && !isLink(path)
  }

  static func createDirectories(_ path: String) throws(FileFailure) {
    if isDirectory(path) { return }
    let parent = FilePath.directory(path)
    if parent != path, parent != "." { try createDirectories(parent) }
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw FileFailure(path: path, code: errno) }
  }

  /// Removes a file; one that is not there is no failure.
  public static func remove(_ path: String) throws(FileFailure) {
    if unlink(path) != 0, errno != ENOENT { throw FileFailure(path: path, code: errno) }
  }
}
