// The values in the sentences: every inline value of a document, its captions and its abstract.

import AnalysisDocument
import Diagnostics
import Directives
import Expressions
import Presentation

/// What each inline value prints, and what sentences asked for besides the results of directives.
struct InlineEvaluation: Sendable {
  private let file: SourceFile
  private let memory: RunMemory
  /// What the last run printed from the same results, and what this one does.
  private let known: [ExactBytes: SentenceMemory.Printed]
  private var printed: [ExactBytes: SentenceMemory.Printed] = [:]
  /// By the first byte of the span in the document.
  private var texts: [Int: String] = [:]
  private var captions: [String: Caption] = [:]
  private var abstract: [Edit] = []
  /// Data functions that were evaluated, such as `nelm.count(…)`, for `results.json`.
  private(set) var recorded: [String: ResultValue] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  /// A caption that holds inline values.
  struct Caption: Sendable {
    /// As the author wrote it, and as a directive that knows no results has put it into its figure.
    let written: String
    /// Markdown, values printed.
    let markdown: String
    /// The same with the values' text unescaped: for titles and descriptions of figures.
    let plain: String
  }

  init(_ prepared: PreparedDocument, store: ResultStore, memory: RunMemory) {
    self.memory = memory
    file = prepared.file
    let style = prepared.settings.style
    known = memory.sentences.printed(store.content, style)
    printed.reserveCapacity(known.count)
    for value in prepared.inlineValues {
      let span = value.span
      texts[span.range.lowerBound] = text(
        value.inline, store, style, before: lineText(before: span.range.lowerBound),
        after: lineText(after: span.range.upperBound))
    }
    for fragment in prepared.fragments { evaluate(fragment, store, style) }
    memory.sentences.remember(printed: printed, store.content, style)
    printed = [:]
  }

  func text(of value: InlineValue) -> String? { texts[value.span.range.lowerBound] }

  /// The caption of a directive with its values printed; `nil` when it holds none.
  func caption(of id: String) -> Caption? { captions[id] }

  func abstractEdits() -> [Edit] { abstract }

  /// Of the text beside a value, so much as decides how it is printed: a line may be long, and hold many.
  private static let reach = 80

  private func lineText(before offset: Int) -> String {
    let start = max(file.lineStarts[file.line(at: offset) - 1], offset - Self.reach)
    return String(decoding: file.bytes[start..<offset], as: UTF8.self)
  }

  private func lineText(after offset: Int) -> String {
    let end = min(file.lineRange(file.line(at: offset)).upperBound, offset + Self.reach)
    return String(decoding: file.bytes[offset..<max(end, offset)], as: UTF8.self)
  }

  private mutating func evaluate(
    _ fragment: PreparedDocument.Fragment, _ store: ResultStore, _ style: JournalStyle
  ) {
    var values = fragment.values[...]
    var printed = ""
    var plain = ""
    var hasValues = false
    var pieces: [String] = []
    for segment in fragment.text.segments {
      if case .literal(let text) = segment { pieces.append(text.string) } else { pieces.append("") }
    }
    for (index, segment) in fragment.text.segments.enumerated() {
      switch segment {
      case .literal(let text):
        printed += text.string
        plain += text.string
      case .claim: hasValues = true
      case .value(let span):
        hasValues = true
        let after = index + 1 < pieces.count ? pieces[index + 1] : ""
        guard let inline = values.popFirst() ?? nil,
          let value = text(inline, store, style, before: printed, after: after)
        else { continue }
        let escaped = MarkdownText.inline(value)
        printed += escaped
        plain += value
        if fragment.place == .abstract {
          abstract.append(Edit(range: span.whole.range().bytes, replacement: Array(escaped.utf8)))
        }
      }
    }
    let hasReferences = !CrossReference.find(in: SourceText(printed, path: "")).isEmpty
    if case .caption(let id) = fragment.place, hasValues || hasReferences {
      captions[id] = Caption(
        written: fragment.written.onOneLine, markdown: printed.onOneLine, plain: plain.onOneLine)
    }
  }

  private mutating func text(
    _ inline: InlineExpression, _ store: ResultStore, _ style: JournalStyle, before: String, after: String
  ) -> String? {
    var writer = KeyWriter("printed")
    writer.add(inline.expression.source.bytes)
    writer.add(before)
    writer.add(after)
    let key = writer.exact
    let problems = diagnostics.count
    let value = known[key] ?? print(inline, store, style, before: before, after: after)
    for value in value.recorded { recorded[value.path] = value }
    // What is wrong with a value is said at its place, which the key does not hold.
    if diagnostics.count == problems { printed[key] = value }
    return value.text
  }

  private mutating func print(
    _ inline: InlineExpression, _ store: ResultStore, _ style: JournalStyle, before: String, after: String
  ) -> SentenceMemory.Printed {
    var recorded: [ResultValue] = []
    do {
      let expression = inline.expression
      let evaluation = try memory.evaluation(of: Array(expression.source.bytes), among: store.content) {
        () throws(DiagnosticList) in try expression.evaluate(in: store)
      }
      for met in evaluation.met where store[met.name] == nil {
        let scoped = ScopedValue(met.value)
        recorded.append(ResultValue(met.name, scoped.resultContent, ValueFormat(.number)))
      }
      guard case .value(let value) = evaluation.outcome else {
        return SentenceMemory.Printed(text: nil, recorded: recorded)
      }
      let presented = inline.expression.resultPath.flatMap { store.presented($0.text) } ?? value.presented
      let text = InlineFormat.render(
        presented, filters: filters(inline, presented, store), style: style, before: before, after: after)
      return SentenceMemory.Printed(text: text, recorded: recorded)
    } catch {
      diagnostics += error.diagnostics
      return SentenceMemory.Printed(text: nil, recorded: recorded)
    }
  }

  /// Why a value has no interval: a reference level is 1 by definition.
  private static func noInterval(of path: String?, _ store: ResultStore) -> String {
    if let path, let dot = path.lastIndex(of: "."), let value = store[path],
      value.content == .quantity(.value(1)), value.format == .ratio,
      store[path[..<dot] + ".coefficient"] == nil
    {
      return "it is the reference, whose ratio is 1 by definition: it has no confidence interval"
    }
    return "the value has no confidence interval"
  }

  private mutating func filters(
    _ inline: InlineExpression, _ value: PresentedValue, _ store: ResultStore
  ) -> [InlineFilter] {
    var filters: [InlineFilter] = []
    for filter in inline.filters {
      do {
        let known = try InlineFilter(name: filter.name, argument: filter.argument)
        if !known.fits(value) {
          diagnostics.append(
            Diagnostic(
              .unknownFormat, "the format '\(filter.name)' does not fit this value", at: filter.nameRange,
              remedy: ["ci", "interval", "nested"].contains(filter.name)
                ? Self.noInterval(of: inline.expression.resultPath?.text, store) : nil))
        }
        filters.append(known)
      } catch {
        diagnostics.append(
          Diagnostic(
            .unknownFormat, "the format '\(filter.name)' does not take this argument",
            at: filter.argumentRange ?? filter.nameRange,
            remedy: "write '\(filter.name)' alone, or with a whole number from 0 to 15"))
      }
    }
    return filters
  }
}
