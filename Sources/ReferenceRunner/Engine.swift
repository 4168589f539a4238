// Running the real executable on one document.

import Foundation

/// What a run of `meier` left behind.
struct EngineRun: Sendable {
  enum Status: String, Sendable { case ok, warning, error, crash, timeout }

  let status: Status
  /// Messages with their remedies and notes.
  let messages: [String]
  let codes: Set<String>
  let results: Results
  /// The document that the run wrote.
  let document: String
}

struct Engine: Sendable {
  let executable: URL
  /// Seconds after which a run is stopped and counts as failed.
  let timeLimit: Double

  /// Writes the document into a project of its own below `folder`, runs it, reads what came out.
  func run(_ document: String, data: URL?, rowLimit: Int? = nil, in folder: URL) throws -> EngineRun {
    let files = FileManager.default
    try? files.removeItem(at: folder)
    for name in ["analyses", "data"] {
      try files.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    try Data().write(to: folder.appending(path: "meier.yml"))
    if let data {
      let bytes = [UInt8](try Data(contentsOf: data))
      let excerpt = rowLimit.map { DataExcerpt.first($0, of: bytes) } ?? bytes
      try Data(excerpt).write(to: folder.appending(path: "data").appending(path: data.lastPathComponent))
    }
    try Data(document.utf8).write(to: folder.appending(path: "analyses/case.md"))

    let ended = try execute(["run", "analyses/case.md", "--format", "json"], in: folder)
    let diagnostics = ended.text.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(JSONTree.self, from: Data($0.utf8))
    }
    let output = folder.appending(path: "output")
    return EngineRun(
      status: status(ended.outcome, diagnostics), messages: diagnostics.flatMap(Self.messages),
      codes: Set(diagnostics.compactMap { $0["code"]?.string }),
      results: Results(contentsOf: output.appending(path: "case/results.json")),
      document: (try? String(contentsOf: output.appending(path: "case.md"), encoding: .utf8)) ?? "")
  }

  private enum Outcome {
    case exit(Int32)
    case signal, timeout
  }

  private func execute(_ arguments: [String], in folder: URL) throws -> (outcome: Outcome, text: String) {
    let log = folder.appending(path: "log")
    try Data().write(to: log)
    let handle = try FileHandle(forWritingTo: log)
    defer { try? handle.close() }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let deadline = Date(timeIntervalSinceNow: timeLimit)
    while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.002) }
    if process.isRunning {
      process.terminate()
      return (.timeout, "")
    }
    process.waitUntilExit()
    let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    return (process.terminationReason == .exit ? .exit(process.terminationStatus) : .signal, text)
  }

  private func status(_ outcome: Outcome, _ diagnostics: [JSONTree]) -> EngineRun.Status {
    let severities = Set(diagnostics.compactMap { $0["severity"]?.string })
    switch outcome {
    case .timeout: return .timeout
    case .signal, .exit(70): return .crash
    case .exit(0) where !severities.contains("error"): return severities.contains("warning") ? .warning : .ok
    case .exit: return .error
    }
  }

  private static func messages(_ diagnostic: JSONTree) -> [String] {
    let own = [diagnostic["message"]?.string, diagnostic["remedy"]?.string].compactMap { $0 }
    let place = diagnostic["line"]?.number.map { ["line " + JSONTree.number($0).words] } ?? []
    return own + place + (diagnostic["notes"]?.elements ?? []).flatMap(messages)
  }
}
