// Git in a temporary project.

import Foundation

extension TemporaryProject {
  public struct GitFault: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs git in the project's folder; throws when it fails, unless a failure is what the test is about.
  @discardableResult
  public func git(_ arguments: String..., mayFail: Bool = false) throws -> CommandResult {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "meier-git-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let (output, errors) = (scratch.appending(path: "output"), scratch.appending(path: "errors"))
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(filePath: path)
    process.environment = ProcessInfo.processInfo.environment.merging(Self.gitEnvironment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    let result = CommandResult(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    if result.status != 0, !mayFail {
      throw GitFault(description: "git \(arguments.joined(separator: " ")): \(result.output)\(result.errors)")
    }
    return result
  }

  /// Begins a repository on a branch `main`.
  public func beginRepository() throws {
    try git("init", "-q", "-b", "main")
    try git("config", "core.autocrlf", "false")
  }

  /// Commits everything there is.
  public func commit(_ message: String) throws {
    try git("add", "-A")
    try git("commit", "-q", "--allow-empty", "-m", message)
  }

  static let gitEnvironment = [
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
  ]
}
