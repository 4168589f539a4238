// The built `meier` while it runs.

import Foundation

/// A command that does not end by itself; it is ended with the last reference to it.
public final class RunningCommand {
  private let process = Process()
  private let scratch: URL

  public init(_ arguments: [String], in folder: String) throws {
    guard let path = Executable.path else { throw Executable.Missing() }
    scratch = FileManager.default.temporaryDirectory.appending(path: "meier-watch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    for name in ["output", "errors"] { try Data().write(to: scratch.appending(path: name)) }
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: scratch.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: scratch.appending(path: "errors"))
    try process.run()
  }

  deinit {
    if process.isRunning {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try? FileManager.default.removeItem(at: scratch)
  }

  public var output: String { text("output") }
  public var errors: String { text("errors") }

  private func text(_ name: String) -> String {
    (try? Data(contentsOf: scratch.appending(path: name))).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Waits until the condition holds, for half a minute at most.
  public func waits(until condition: () throws -> Bool) -> Bool {
    for _ in 0..<1500 {
      if (try? condition()) == true { return true }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return false
  }

  /// Sends a signal and waits for the end, for half a minute at most.
  ///
  /// - Returns: the exit status; `nil` when the process goes on or was killed.
  public func end(by signal: Int32) -> Int32? {
    kill(process.processIdentifier, signal)
    guard waits(until: { !process.isRunning }), process.terminationReason == .exit else { return nil }
    return process.terminationStatus
  }
}
