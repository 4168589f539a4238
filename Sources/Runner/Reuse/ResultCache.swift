// Results on disk from one run to the next: disposable, checked, bounded.

import DataTables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `.meier/cache`: one file per result, named by the hash of everything the result depends on.
///
/// Deleting it changes nothing but time. A file that is not whole, or was not written under its name, is none. It
/// holds what results print and no rows of data.
struct ResultCache: Sendable {
  /// Absolute.
  let directory: String
  private let root: String

  static let maximumFileCount = 2048
  static let maximumByteCount = 64 << 20
  private static let maximumEntrySize = 8 << 20
  private static let magic = "meier result 1\n"

  init(projectRoot: String) {
    root = FilePath.join(projectRoot, ".meier")
    directory = FilePath.join(root, "cache")
  }

  func output(_ key: ResultKey) -> KeptOutput? {
    content(key).flatMap { try? BinaryDecoding.value(KeptOutput.self, from: $0) }
  }

  /// What was kept under a name; `nil` when the file is not whole.
  func content(_ key: ResultKey) -> [UInt8]? {
    guard isTrusted, let bytes = try? FileSystem.read(path(key)) else { return nil }
    return Self.content(in: bytes, key: key)
  }

  static func output(in bytes: [UInt8], key: ResultKey) -> KeptOutput? {
    content(in: bytes, key: key).flatMap { try? BinaryDecoding.value(KeptOutput.self, from: $0) }
  }

  private static func content(in bytes: [UInt8], key: ResultKey) -> [UInt8]? {
    let head = Array(magic.utf8)
    // Magic word, checksum of the rest, key, content.
    guard bytes.count > head.count + 128, bytes.starts(with: head) else { return nil }
    let sum = bytes[head.count..<head.count + 64]
    let body = Array(bytes[(head.count + 64)...])
    guard FileDigest.sha256(body).utf8.elementsEqual(sum), body.starts(with: key.text.utf8) else {
      return nil
    }
    return Array(body[64...])
  }

  /// The file of a result; `nil` for what cannot be kept.
  static func bytes(_ output: KeptOutput, key: ResultKey) -> [UInt8]? {
    guard let content = try? BinaryEncoding.bytes(of: output), content.count <= maximumEntrySize else {
      return nil
    }
    return bytes(content, key: key)
  }

  private static func bytes(_ content: [UInt8], key: ResultKey) -> [UInt8] {
    let body = Array(key.text.utf8) + content
    return Array((magic + FileDigest.sha256(body)).utf8) + body
  }

  /// Writes what is no result under a name of its own.
  func keep(_ content: [UInt8], _ key: ResultKey) {
    guard prepareDirectory() else { return }
    try? AtomicFileWriter.replace(path(key), with: Self.bytes(content, key: key))
  }

  /// Writes results; what cannot be written is not kept, and nobody need know.
  func store(_ outputs: [(key: ResultKey, output: KeptOutput)]) {
    guard !outputs.isEmpty, prepareDirectory() else { return }
    for (key, output) in outputs {
      guard let bytes = Self.bytes(output, key: key) else { continue }
      // No synchronisation with the disk: a torn file is recognised and ignored.
      try? AtomicFileWriter.replace(path(key), with: bytes)
    }
    prune()
  }

  private func path(_ key: ResultKey) -> String { FilePath.join(directory, key.text) }

  /// Links are not followed: a project from elsewhere must not lead reading, writing or deleting astray.
  private var isTrusted: Bool { Self.isFolder(root) && Self.isFolder(directory) }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFDIR
  }

  private func prepareDirectory() -> Bool {
    if isTrusted { return true }
    guard (try? FileSystem.createDirectories(directory)) != nil, isTrusted else { return false }
    // Nobody wants it in version control.
    let ignored = FilePath.join(root, ".gitignore")
    if !FileSystem.exists(ignored) { try? AtomicFileWriter.replace(ignored, with: Array("*\n".utf8)) }
    return true
  }

  /// Removes the oldest files when there are too many or too large ones; only files with names of ours.
  private func prune() {
    var files: [(path: String, size: Int, seconds: Int, nanoseconds: Int)] = []
    for name in FileSystem.list(directory) where Self.isOwnName(name) {
      let path = FilePath.join(directory, name)
      var status = stat()
      guard lstat(path, &status) == 0, (status.st_mode & S_IFMT) == S_IFREG else { continue }
      #if canImport(Darwin)
        let changed = status.st_mtimespec
      #else
        let changed = status.st_mtim
      #endif
      files.append((path, Int(status.st_size), changed.tv_sec, changed.tv_nsec))
    }
    var total = files.reduce(0) { $0 + $1.size }
    var count = files.count
    guard count > Self.maximumFileCount || total > Self.maximumByteCount else { return }
    files.sort { ($0.seconds, $0.nanoseconds, $0.path) < ($1.seconds, $1.nanoseconds, $1.path) }
    for file in files where count > Self.maximumFileCount / 2 || total > Self.maximumByteCount / 2 {
      unlink(file.path)
      count -= 1
      total -= file.size
    }
  }

  /// A key, or a temporary file that an interrupted run left.
  static func isOwnName(_ name: String) -> Bool {
    if name.hasPrefix(".meier-") { return true }
    return name.utf8.count == 64
      && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
