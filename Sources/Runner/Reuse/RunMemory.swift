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
  func made(from inputs: Inputs?, _ make: () -> Made) -> Made {
    guard let inputs else { return make() }
    if let last = last.withLock({ $0 }), last.inputs == inputs { return last.made }
    let made = make()
    last.withLock { $0 = (inputs, made) }
    return made
  }
}

/// Of one document: what follows from its results and costs more to make than to compare.
final class RunMemory: Sendable {
  /// `results.json` as the run found it → what it records.
  let lastResults = Remembered<[UInt8], LastResults>()
  /// All values that directives name, by path.
  let values = Remembered<ResultKey, [String: ResultValue]>()
  /// `results.json` as the run wrote it.
  let results = Remembered<ResultKey, [UInt8]>()
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
