// Numbers typed by hand where a result could stand.

import AnalysisDocument
import Diagnostics
import Directives
import Presentation

/// Points out numbers of the prose that are copies of results, with the inline value to write instead.
///
/// A copy is right on the day it is typed and goes stale with the next change of the data. What may be a year, a
/// citation, a time asked for or an author's own table is left alone; few digits count only where the words agree.
struct HandTypedNumbers {
  private(set) var diagnostics: [Diagnostic] = []
  /// For each number that one result alone can be: the inline value in its place.
  private(set) var edits: [Edit] = []
  private let file: SourceFile
  private let store: ResultStore
  private let style: JournalStyle

  /// - Parameter memory: of the document's last run.
  init(
    _ prepared: PreparedDocument, store: ResultStore, last: [String: String], memory: SentenceMemory
  ) {
    file = prepared.file
    self.store = store
    style = prepared.settings.style
    var matcher: ResultMatcher?
    let results = store.key
    let known = memory.silentTexts(results, last: last)
    var silent: Set<ExactBytes> = []
    for text in prepared.document.prose where text.bytes.contains(where: { (0x30...0x39).contains($0) }) {
      let bytes = ExactBytes(text.bytes)
      let before = diagnostics.count
      if !known.contains(bytes) {
        for sentence in ProseToken.sentences(of: text) { check(sentence, &matcher, last) }
      }
      if diagnostics.count == before { silent.insert(bytes) }
    }
    memory.remember(silent: silent, results, last: last)
  }

  /// - Parameter matcher: made when the first number asks for it: most sentences have none.
  private mutating func check(
    _ sentence: [ProseToken], _ matcher: inout ResultMatcher?, _ last: [String: String]
  ) {
    guard sentence.contains(where: { $0.number != nil }) else { return }
    let words = SentenceWords(sentence)
    for (index, token) in sentence.enumerated() {
      guard let number = token.number, let context = NumberContext.read(sentence, at: index) else { continue }
      let known = matcher ?? ResultMatcher(store, last: last)
      matcher = known
      let matches = known.matches(number, context, words: words, at: index)
      guard let match = matches.first else { continue }
      report(number, sentence[context.firstToken].range.lowerBound..<token.range.upperBound, context, matches)
      if match.isAlone {
        let place = place(sentence, index, number, context, match)
        edits.append(Edit(range: place.range, replacement: Array("`{= \(place.value)}`".utf8)))
      }
    }
  }

  private struct Place {
    let range: Range<Int>
    let value: String
  }

  /// What to replace, and the expression with the filters that print what was typed.
  private func place(
    _ sentence: [ProseToken], _ index: Int, _ number: TypedNumber, _ context: NumberContext,
    _ match: ResultMatch
  ) -> Place {
    let end = sentence[index].range.upperBound
    let first = context.firstToken
    let isPLetter =
      context.reading == .pValue && first > 0 && ["P", "p"].contains(sentence[first - 1].word ?? "")
    // With the letter before it, `p` prints the relation as well.
    let start = sentence[isPLetter ? first : index].range.lowerBound
    return Place(
      range: start..<end,
      value: match.path + filters(number, context, match, hasLetter: isPLetter, start..<end))
  }

  private func filters(
    _ number: TypedNumber, _ context: NumberContext, _ match: ResultMatch, hasLetter: Bool,
    _ range: Range<Int>
  ) -> String {
    guard let value = store.presented(match.path) else { return "" }
    if context.reading == .pValue { return hasLetter ? " | p" : " | digits \(number.decimals)" }
    let after = String(
      decoding: file.bytes[range.upperBound..<min(range.upperBound + 12, file.bytes.count)], as: UTF8.self)
    let choices: [(String, [InlineFilter])] = [
      ("", []), (" | digits \(number.decimals)", [.digits(number.decimals)]),
      (" | percent \(number.decimals)", [.percent(number.decimals)]),
    ]
    let asPercent = context.reading == .percent && value.kind == .proportion
    for (text, filters) in choices where !asPercent || text.contains("percent") {
      let printed = InlineFormat.render(value, filters: filters, style: .plain, after: after)
      if printed.filter({ $0 != "," && $0 != "%" }) == number.text { return text }
    }
    return asPercent
      ? " | percent \(number.decimals)" : context.reading == .count ? "" : " | digits \(number.decimals)"
  }

  private mutating func report(
    _ number: TypedNumber, _ range: Range<Int>, _ context: NumberContext, _ matches: [ResultMatch]
  ) {
    guard let match = matches.first else { return }
    let typed = String(decoding: file.bytes[range], as: UTF8.self)
    let hasLetter = context.reading == .pValue && context.relation != nil
    let filters = filters(number, context, match, hasLetter: hasLetter, range)
    let now = store[match.path].flatMap { Self.shown($0.content) }
    let message =
      match.isOutdated
      ? "'\(typed)' is typed by hand and was \(match.path) at the last run; now it is \(now ?? "another value")"
      : "'\(typed)' is typed by hand and equals \(match.path)"
    let others = matches.dropFirst().prefix(3).map(\.path)
    diagnostics.append(
      Diagnostic(
        .warning, .handTypedNumber, message, at: SourceRange(file: file, bytes: range),
        remedy: "write `{= \(match.path)\(filters)}`"
          + (others.isEmpty ? "" : ", or if you mean it: \(others.joined(separator: ", "))")))
  }

  /// Whole numbers as they are, others with six digits.
  private static func shown(_ content: ResultValue.Content) -> String? {
    guard case .quantity(let quantity) = content, let number = quantity.number else { return nil }
    let text = NumberFormat.twelveDigits(number)
    return text.contains(".") ? NumberFormat.significant(number, digits: 6) : text
  }
}
