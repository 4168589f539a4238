// What a document's last run made besides its results, for a process that runs it again.

import Diagnostics
import Directives
import Expressions
import Presentation
import Synchronization

/// The last value that was made from some inputs: from the same inputs it is taken again, from others it is made anew.
///
/// Inputs are bytes, or keys made of bytes: two texts that Swift calls equal may differ in theirs.
final class Remembered<Inputs: Sendable & Equatable, Made: Sendable>: Sendable {
  private let last = Mutex<(inputs: Inputs, made: Made)?>(nil)

  /// - Parameter inputs: everything that the value depends on; `nil` where that cannot be told.
  /// - Parameter keeps: whether what was made holds for another document with these inputs.
  func made(from inputs: Inputs?, _ make: () -> Made, keeping keeps: (Made) -> Bool = { _ in true }) -> Made {
    guard let inputs else { return make() }
    if let last = last.withLock({ $0 }), last.inputs == inputs { return last.made }
    let made = make()
    let isKept = keeps(made)
    last.withLock { $0 = isKept ? (inputs, made) : nil }
    return made
  }
}

/// Of one document: what follows from its results and costs more to make than to compare.
final class RunMemory: Sendable {
  /// `results.json` as the run found it → what it records.
  let lastResults = Remembered<ExactBytes, LastResults>()
  /// Which directives run, on which columns: from `PreparedDocument.analysisText`.
  let plan = Remembered<ExactBytes, RunPlan>()
  /// All outputs, where there was nothing to say about them.
  let execution = Remembered<ExactBytes, DirectiveExecution>()
  /// What each result rests on, and that the cache knows it.
  let records = Remembered<ExactBytes, [String: DependencyRecord]>()
  let index = Remembered<ExactBytes, Void>()
  /// What sentences print, and which of them hold no number of a result.
  let sentences = SentenceMemory()
  /// `results.json` and the Markdown as the last run wrote them, no region of which anybody had edited.
  private let written = Mutex<(results: ExactBytes, markdown: ExactBytes)?>(nil)
  /// All values that directives name, by path.
  let values = Remembered<ResultKey, [String: ResultValue]>()
  /// `results.json` as the run wrote it.
  let results = Remembered<ExactBytes, [UInt8]>()
  /// What all results share, as their keys hold it.
  let settings = Remembered<AnalysisInputs.Settings, String>()
  private let regions = Mutex<[String: Remembered<ResultKey, RegionRenderer.Rendered>]>([:])

  /// By an expression's bytes, while the directives name the same values.
  private let evaluations = Mutex<(content: ResultKey, known: [[UInt8]: ResultEvaluation])?>(nil)

  /// What an expression of a sentence comes to.
  ///
  /// - Parameter content: of all that the expression can ask for; `nil` where that cannot be told.
  func evaluation(
    of expression: [UInt8], among content: ResultKey?,
    _ evaluate: () throws(DiagnosticList) -> ResultEvaluation
  ) throws(DiagnosticList) -> ResultEvaluation {
    guard let content else { return try evaluate() }
    let known = evaluations.withLock { $0.flatMap { $0.content == content ? $0.known[expression] : nil } }
    if let known { return known }
    let evaluation = try evaluate()
    evaluations.withLock { last in
      if last?.content != content { last = (content, [:]) }
      last?.known[expression] = evaluation
    }
    return evaluation
  }

  /// Whether these files are byte for byte what the last run wrote: then nobody has edited them.
  func wrote(_ results: [UInt8], _ markdown: [UInt8]) -> Bool {
    let files = (ExactBytes(results), ExactBytes(markdown))
    return written.withLock { $0.map { $0 == files } ?? false }
  }

  func remember(results: [UInt8], markdown: [UInt8]) {
    written.withLock { $0 = (ExactBytes(results), ExactBytes(markdown)) }
  }

  /// What the directive with this id writes.
  func region(_ id: String) -> Remembered<ResultKey, RegionRenderer.Rendered> {
    regions.withLock { regions in
      let region = regions[id] ?? Remembered()
      regions[id] = region
      return region
    }
  }

  /// Lets go of the regions of directives that are gone.
  func keepRegions(of ids: [String]) {
    let ids = Set(ids)
    regions.withLock { regions in regions = regions.filter { ids.contains($0.key) } }
  }
}
