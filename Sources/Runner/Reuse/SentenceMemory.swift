// What the sentences of a document came to in its last run, for a process that runs it again.

import Directives
import Presentation
import Synchronization

/// Of one document: what inline values print, which claims hold, and which texts hold no copy of a result.
///
/// All of it is so while the results are the same; with others all is forgotten. What the last run did not meet is forgotten
/// as well, so that hours of writing do not fill the memory.
final class SentenceMemory: Sendable {
  /// What an inline value prints, and the quantities that it asked for besides those of directives.
  struct Printed: Sendable {
    let text: String?
    let recorded: [ResultValue]
  }

  private struct PrintedValues: Sendable {
    let content: ResultKey
    let style: JournalStyle
    /// By expression and the text on both sides.
    let values: [ExactBytes: Printed]
  }

  private struct SilentTexts: Sendable {
    let results: ResultKey
    let last: [String: String]
    let texts: Set<ExactBytes>
  }

  private struct TrueClaims: Sendable {
    let content: ResultKey
    /// By expression, what it asked for besides the quantities of directives.
    let claims: [ExactBytes: [ResultValue]]
  }

  private let printed = Mutex<PrintedValues?>(nil)
  private let claims = Mutex<TrueClaims?>(nil)
  private let silent = Mutex<SilentTexts?>(nil)

  /// What the last run printed, if it had the same results.
  func printed(_ content: ResultKey?, _ style: JournalStyle) -> [ExactBytes: Printed] {
    guard let known = printed.withLock({ $0 }), known.content == content, known.style == style else {
      return [:]
    }
    return known.values
  }

  func remember(printed values: [ExactBytes: Printed], _ content: ResultKey?, _ style: JournalStyle) {
    guard let content else { return }
    printed.withLock { $0 = PrintedValues(content: content, style: style, values: values) }
  }

  /// The claims that held in the last run, if it had the same results.
  func trueClaims(_ content: ResultKey?) -> [ExactBytes: [ResultValue]] {
    guard let known = claims.withLock({ $0 }), known.content == content else { return [:] }
    return known.claims
  }

  func remember(trueClaims claims: [ExactBytes: [ResultValue]], _ content: ResultKey?) {
    guard let content else { return }
    self.claims.withLock { $0 = TrueClaims(content: content, claims: claims) }
  }

  /// The texts in which the last run found no copy of a result, if it had the same results and the same record of the
  /// run before.
  func silentTexts(_ results: ResultKey?, last: [String: String]) -> Set<ExactBytes> {
    guard let known = silent.withLock({ $0 }), known.results == results, known.last == last else { return [] }
    return known.texts
  }

  func remember(silent texts: Set<ExactBytes>, _ results: ResultKey?, last: [String: String]) {
    guard let results else { return }
    silent.withLock { $0 = SilentTexts(results: results, last: last, texts: texts) }
  }
}
