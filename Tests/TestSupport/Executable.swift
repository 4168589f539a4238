// The built `meier`, run as a process of its own.

import Foundation

/// What a command came to.
public struct CommandResult: Sendable {
  public let status: Int32
  public let output: String
  public let errors: String
}

/// The executable beside the test bundle.
public enum Executable {
  public static let path: String? = path(of: "meier")

  private static func path(of name: String) -> String? {
    let folder = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
    let bundle = Bundle.main.executableURL?.deletingLastPathComponent()
    let places = [folder, bundle].compactMap { $0?.appending(path: name).path(percentEncoded: false) }
    return places.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  public struct Missing: Error {}

  /// Runs `meier`, or another product of the package, with the arguments in the folder and waits for it.
  public static func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:], product: String = "meier"
  ) throws -> CommandResult {
    guard let path = path(of: product) else { throw Missing() }
    let scratch = FileManager.default.temporaryDirectory.appending(path: "meier-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    // Files and not pipes: a full pipe would stop the process.
    let output = scratch.appending(path: "output")
    let errors = scratch.appending(path: "errors")
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return CommandResult(
      status: process.terminationReason == .uncaughtSignal
        ? 128 + process.terminationStatus : process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}
