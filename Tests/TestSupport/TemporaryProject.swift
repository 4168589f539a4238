// A project folder that lives as long as a test.

import Foundation

/// A folder with a `meier.yml`, removed when the last reference goes.
public final class TemporaryProject: Sendable {
  /// Links resolved, without a final slash.
  public let path: String

  public init(_ files: [String: [UInt8]] = [:]) throws {
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "meier-\(UUID().uuidString)")
    path = folder.path(percentEncoded: false)
    try write("meier.yml", [])
    for (file, bytes) in files { try write(file, bytes) }
  }

  deinit {
    if let children = FileManager.default.enumerator(atPath: path) {
      for case let child as String in children {
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: absolute(child))
      }
    }
    try? FileManager.default.removeItem(atPath: path)
  }

  public func absolute(_ file: String) -> String { path + "/" + file }

  public func write(_ file: String, _ bytes: [UInt8]) throws {
    let url = URL(filePath: absolute(file))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  public func write(_ file: String, text: String) throws { try write(file, Array(text.utf8)) }

  /// Makes a file longer by zeros that take no room on the disk.
  public func enlarge(_ file: String, to size: UInt64) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: absolute(file)))
    try handle.truncate(atOffset: size)
    try handle.close()
  }

  public func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: absolute(file))))
  }

  public func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: absolute(file)) }

  public func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

  public func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: absolute(file)) }

  /// Every file but `meier.yml` and the cache, by its path in the project.
  public func files() throws -> [String: [UInt8]] {
    var files = try Self.files(of: path)
    files["meier.yml"] = nil
    return files.filter { !$0.key.hasPrefix(".meier/") }
  }

  /// Nanoseconds since 1970 at which each file was last written.
  public func modificationTimes() throws -> [String: Int] {
    var times: [String: Int] = [:]
    for file in try files().keys {
      let date = try FileManager.default.attributesOfItem(atPath: absolute(file))[.modificationDate] as? Date
      times[file] = date.map { Int($0.timeIntervalSince1970 * 1e6) }
    }
    return times
  }

  /// The files below a folder, by their path in it.
  public static func files(of folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    guard let children = FileManager.default.enumerator(atPath: folder) else { return files }
    for case let child as String in children {
      var isFolder: ObjCBool = false
      let path = folder + "/" + child
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      files[child] = Array(try Data(contentsOf: URL(filePath: path)))
    }
    return files
  }
}
