// `meier explain FILE#id`: why that result is fresh or stale.

import ArgumentParser
import Runner

extension ExplainCommand {
  func explainResult(_ id: String, of document: String) throws {
    let isInPlace =
      output == nil
      && RunSession.carriesResult(
        id, document: document, workingDirectory: FileSystem.currentDirectory())
    let session = RunSession(
      options: RunOptions(
        mode: isInPlace ? .inPlace : .output(directory: output), threads: min(Processors.available, 64)))
    let explanation = session.explain(id, of: document)
    Reporter(options: ReportOptions()).report(explanation.diagnostics)
    switch explanation.outcome {
    case .account(let text): Reporter.write(text, to: 1)
    case .unknownID(let remedy): throw ValidationError("'\(document)' has no result '\(id)': \(remedy)")
    case .notComputed: throw ExitCode(ExitStatus.documentErrors.rawValue)
    }
  }
}
