// Running many cases, a few at a time.

import Foundation
import Synchronization

/// What a case produced, in the reference's terms.
struct CaseRun: Sendable {
  let status: String
  let messages: [String]
  let values: [String: JSONTree]
}

struct ReferenceSession: Sendable {
  let engine: Engine
  let data: URL
  let workspace: URL

  /// One entry per case; `nil` where the engine has no such analysis.
  func run(_ cases: [ReferenceCase]) -> [CaseRun?] {
    let runs = Mutex([CaseRun?](repeating: nil, count: cases.count))
    DispatchQueue.concurrentPerform(iterations: cases.count) { index in
      let run = self.run(cases[index])
      runs.withLock { $0[index] = run }
    }
    return runs.withLock { $0 }
  }

  private func run(_ reference: ReferenceCase) -> CaseRun? {
    guard let translation = Translations.translation(for: reference.analysis) else { return nil }
    let document = reference.document(translation.directives(reference), text: translation.text(reference))
    do {
      let folder = workspace.appending(path: reference.id)
      let file = reference.data.map { data.appending(path: $0) }
      let run = try engine.run(document, data: file, rowLimit: reference.rowLimit, in: folder)
      if run.codes.contains("unknown-directive") { return nil }
      let translated = TranslatedRun(run, reference)
      var values: [String: JSONTree] = [:]
      for key in reference.expect.keys {
        values[key] = translation.value(ReferenceKey(key), reference, translated)
      }
      return CaseRun(status: run.status.rawValue, messages: run.messages, values: values)
    } catch {
      return CaseRun(status: "crash", messages: ["\(error)"], values: [:])
    }
  }
}
