// The bytes of a data file in memory: mapped when large, read when small, inflated when compressed.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Immutable bytes whose last byte is a line feed and after which at least sixteen more can be read.
///
/// Both promises are what lets the parser look eight bytes ahead and stop at a line end without counting.
/// A file that does not keep them (no final line end, or an end too near its page's) is copied.
final class FileBytes: @unchecked Sendable {
  // Safe to share: nothing writes to the bytes after initialisation.
  let base: UnsafePointer<UInt8>
  let count: Int
  private let mapped: (address: UnsafeMutableRawPointer, length: Int)?
  private let owned: UnsafeMutablePointer<UInt8>?

  static let slack = 16
  /// Below this size reading is cheaper than mapping.
  private static let mappingThreshold = 1 << 20

  enum Failure: Error, Sendable {
    case missing
    case directory
    case unreadable(errno: Int32)
    case corruptCompression
    case tooLarge
  }

  /// Identifies a file's state, to notice that it was changed between two looks.
  struct Identity: Sendable, Equatable {
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    fileprivate init(_ status: stat) {
      #if canImport(Glibc)
        let changed = status.st_mtim
      #else
        let changed = status.st_mtimespec
      #endif
      size = Int(status.st_size)
      seconds = changed.tv_sec
      nanoseconds = changed.tv_nsec
    }
  }

  /// Copies bytes.
  init(_ bytes: [UInt8]) {
    let copy = bytes.withUnsafeBufferPointer { Self.padded($0) }
    base = UnsafePointer(copy.start)
    count = copy.count
    owned = copy.start
    mapped = nil
  }

  private init(owning start: UnsafeMutablePointer<UInt8>, count: Int) {
    base = UnsafePointer(start)
    self.count = count
    owned = start
    mapped = nil
  }

  private init(mapping address: UnsafeMutableRawPointer, length: Int) {
    base = UnsafePointer(address.assumingMemoryBound(to: UInt8.self))
    count = length
    owned = nil
    mapped = (address, length)
  }

  /// Lets go of the pages of a large mapping that have been read: they stay in the system's cache, and come back
  /// where somebody looks again.
  func letGo(_ range: Range<Int>) {
    guard let mapped, mapped.length >= Self.largeMapping else { return }
    let page = 1 << 14
    let first = (range.lowerBound + page - 1) / page * page
    let end = min(range.upperBound, mapped.length) / page * page
    if end > first { madvise(mapped.address + first, end - first, MADV_DONTNEED) }
  }

  private static let largeMapping = 1 << 27

  deinit {
    owned?.deallocate()
    if let mapped { munmap(mapped.address, mapped.length) }
  }

  /// The file's state without opening it; `nil` for what is no regular file.
  static func identity(of path: String) -> Identity? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Identity(status)
  }

  /// Opens a file; `prefix` limits how much of it is wanted (compressed files are inflated no further).
  static func open(_ path: String, prefix: Int? = nil) throws(Failure) -> (
    bytes: FileBytes, identity: Identity
  ) {
    #if canImport(Glibc)
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #else
      let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(errno: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .directory }
    let identity = Identity(status)
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    var bytes = try contents(descriptor, size: isRegular ? identity.size : nil, prefix: prefix)
    if bytes.count >= 2, bytes.base[0] == 0x1F, bytes.base[1] == 0x8B {
      let inflated = try Gzip.inflate(
        UnsafeBufferPointer(start: bytes.base, count: bytes.count), prefix: prefix)
      bytes = FileBytes(owning: inflated.start, count: inflated.count)
    }
    return (bytes, identity)
  }

  /// Bytes of a regular file; `nil` for anything else.
  static func size(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Whether a file begins as one that gzip wrote.
  static func isCompressed(_ path: String) -> Bool {
    guard let file = fopen(path, "r") else { return false }
    defer { fclose(file) }
    return fgetc(file) == 0x1F && fgetc(file) == 0x8B
  }

  private static func contents(
    _ descriptor: Int32, size: Int?, prefix: Int?
  ) throws(Failure) -> FileBytes {
    if let size, size >= mappingThreshold {
      let page = Int(getpagesize())
      let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
      if let address, address != MAP_FAILED {
        let mapping = FileBytes(mapping: address, length: size)
        let rest = size % page == 0 ? 0 : page - size % page
        // A gzip file is only read through zlib, which is told its length.
        let isCompressed = mapping.base[0] == 0x1F && mapping.base[1] == 0x8B
        if isCompressed || (rest >= slack && mapping.base[size - 1] == 0x0A) { return mapping }
        let wanted = min(size, prefix ?? size)
        let copy = padded(UnsafeBufferPointer(start: mapping.base, count: wanted))
        return FileBytes(owning: copy.start, count: copy.count)
      }
    }
    return try readAll(descriptor, expecting: size ?? 0)
  }

  /// Reads to the end of the file, which may be a pipe.
  private static func readAll(_ descriptor: Int32, expecting size: Int) throws(Failure) -> FileBytes {
    var capacity = max(size, 1 << 14) + 1
    var start = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + slack + 1)
    var count = 0
    while true {
      if count == capacity {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + slack + 1)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
        capacity *= 2
      }
      let got = read(descriptor, start + count, capacity - count)
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        let code = errno
        start.deallocate()
        throw .unreadable(errno: code)
      }
      count += got
    }
    count = terminate(start, count: count)
    return FileBytes(owning: start, count: count)
  }

  /// Adds the final line feed where it is missing, and the zeros after it; room for both must be there.
  static func terminate(_ start: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
    var count = count
    if count > 0, start[count - 1] != 0x0A {
      start[count] = 0x0A
      count += 1
    }
    (start + count).update(repeating: 0, count: slack)
    return count
  }

  private static func padded(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (start: UnsafeMutablePointer<UInt8>, count: Int) {
    let start = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 1 + slack)
    if let source = bytes.baseAddress { start.update(from: source, count: bytes.count) }
    return (start, terminate(start, count: bytes.count))
  }
}
