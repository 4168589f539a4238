// Replaces files so that a reader sees the old bytes or the new ones and nothing between.

import NumericalMethods

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is to hold the given bytes.
public struct PlannedFile: Sendable, Equatable {
  /// Absolute; links in it are followed, so that the file they lead to is replaced.
  public let path: String
  /// All that the file is to hold.
  public let bytes: [UInt8]
  /// What the file must hold still, because the bytes were made from it; `nil` when that does not matter.
  public let replacing: [UInt8]?

  /// A file that may hold anything now, unless `replacing` says what.
  public init(path: String, bytes: [UInt8], replacing: [UInt8]? = nil) {
    self.path = path
    self.bytes = bytes
    self.replacing = replacing
  }
}

/// Writes a set of files: all of them under other names on the same disk first, synchronised, then renamed in the
/// order given. A full disk or a kill before the first rename leaves every old file; later, each file is old or new.
/// The folders are locked meanwhile, so that what stands in them comes from one run.
public enum AtomicFileWriter {
  /// Files that already hold the bytes are not touched. What a killed run left of these files is removed.
  ///
  /// - Parameter ownDirectory: a folder in which nobody but Meier writes: all that killed runs left in it is removed.
  /// - Returns: the paths that were replaced.
  public static func write(_ files: [PlannedFile], ownDirectory: String? = nil) throws(FileFailure)
    -> [String]
  {
    for folder in Set(files.map { FilePath.directory($0.path) }).sorted() {
      try FileSystem.createDirectories(folder)
    }
    let targets = FileSystem.resolvingLinks(files.map(\.path))
    let lock = DirectoryLock(Set(targets.map(FilePath.directory)))
    return try Interruption.deferring { () throws(FileFailure) in
      if lock.isHeld { removeRemains(of: targets, in: ownDirectory) }
      return try withExtendedLifetime(lock) { () throws(FileFailure) in
        try replace(files, at: targets, isLocked: lock.isHeld)
      }
    }
  }

  /// Replaces one file without waiting for the disk: after a crash it may be torn, which its reader must notice.
  static func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    try Interruption.deferring { () throws(FileFailure) in
      let staged = try StagedFile(bytes, for: path, isLocked: false, synchronizes: false)
      do throws(FileFailure) {
        try staged.commit()
      } catch {
        staged.discard()
        throw error
      }
    }
  }

  private static func replace(
    _ files: [PlannedFile], at targets: [String], isLocked: Bool
  ) throws(FileFailure) -> [String] {
    var changed: [(bytes: [UInt8], target: String)] = []
    for (file, target) in zip(files, targets) {
      let old = try? FileSystem.read(target)
      if old.map({ ExactBytes($0) == ExactBytes(file.bytes) }) == true { continue }
      if let wanted = file.replacing, old != wanted {
        throw FileFailure(path: file.path, code: FileFailure.changedMeanwhile)
      }
      // Found out by the renaming it would be too late: files before this one would be new already.
      if FileSystem.isDirectory(target) { throw FileFailure(path: target, code: EISDIR) }
      changed.append((file.bytes, target))
    }
    let staged = try staged(changed, isLocked: isLocked)
    do throws(FileFailure) {
      for (index, file) in staged.enumerated() {
        try file.commit()
        // A crash of the machine must not bring later files before earlier ones.
        let directory = FilePath.directory(file.target)
        let next = index + 1 < staged.count ? FilePath.directory(staged[index + 1].target) : nil
        if next != directory { synchronizeDirectory(directory) }
      }
    } catch {
      for file in staged { file.discard() }
      throw error
    }
    return staged.map(\.target)
  }

  /// Writes the files beside their targets, several at a time: the disk confirms them together.
  private static func staged(
    _ files: [(bytes: [UInt8], target: String)], isLocked: Bool
  ) throws(FileFailure) -> [StagedFile] {
    let results = Parallel.map(chunks: files.count, threads: writerCount) { index in
      Result { () throws(FileFailure) in
        try StagedFile(files[index].bytes, for: files[index].target, isLocked: isLocked)
      }
    }
    let staged = results.compactMap { try? $0.get() }
    for case .failure(let failure) in results {
      for file in staged { file.discard() }
      throw failure
    }
    return staged
  }

  private static let writerCount = 4

  private static func removeRemains(of targets: [String], in ownDirectory: String?) {
    let own = ownDirectory.map(FileSystem.resolvingLinks)
    let others = targets.filter { FilePath.directory($0) != own }
    for target in others { unlink(StagedFile.temporaryName(for: target, isLocked: true)) }
    guard let own, others.count < targets.count else { return }
    for name in FileSystem.list(own) where name.hasPrefix(StagedFile.prefix) {
      unlink(FilePath.join(own, name))
    }
  }

  private static func synchronizeDirectory(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
