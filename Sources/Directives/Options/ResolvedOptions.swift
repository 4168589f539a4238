// A directive's options after every one of them was checked.

import AnalysisDocument
import Diagnostics
import Presentation

/// Checked options: read through the directive's `OptionKey`s, each value still knowing where it stands.
public struct ResolvedOptions: Sendable {
  private var values: [String: any Sendable]
  private let sources: [String: SourceRange]
  /// The whole block, for problems of options that were not given.
  public let block: SourceRange
  /// What all options together refer to; options that were not given add nothing.
  public let use: OptionUse
  /// The options that were given, by name in code-point order.
  public let texts: [OptionText]

  init(
    values: [String: any Sendable], sources: [String: SourceRange], block: SourceRange, use: OptionUse,
    texts: [OptionText]
  ) {
    self.values = values
    self.sources = sources
    self.block = block
    self.use = use
    self.texts = texts
  }

  subscript<Value>(key: OptionKey<Value>) -> Value {
    get throws {
      // An option that was not given is no `nil` of an optional kind: its default may be another.
      if let stored = values[key.name], let value = stored as? Value { return value }
      if let value = key.defaultValue { return value }
      throw Diagnostic(.missingOption, "option '\(key.name)' is missing", at: block)
    }
  }

  func isGiven<Value>(_ key: OptionKey<Value>) -> Bool { values[key.name] != nil }

  /// The same options with a caption where the author gave none.
  ///
  /// - Parameter words: plain text; why it could not be made is told by the run itself.
  public func captioned(_ words: () throws -> String) -> ResolvedOptions {
    guard !isGiven(CommonOptions.caption), let words = try? words(), !words.isEmpty else { return self }
    var captioned = self
    captioned.values[CommonOptions.caption.name] = MarkdownText.inline(words.capitalizedFirst)
    captioned.values["title"] = words.capitalizedFirst
    return captioned
  }

  /// The caption as figures say it in their title: plain text, or the author's words.
  var title: String {
    get throws { try values["title"] as? String ?? self[CommonOptions.caption] }
  }

  /// Caption and title of a figure that shows less than the table it stands beside: words of its own, unless the author gave a
  /// caption for both.
  func figureCaption(_ words: () throws -> String?) throws -> (caption: String, title: String) {
    guard values["title"] != nil, let own = try words() else {
      return (try self[CommonOptions.caption], try title)
    }
    return (MarkdownText.inline(own.capitalizedFirst), own.capitalizedFirst)
  }

  /// The options of these names alone.
  func selecting(_ names: [String]) -> ResolvedOptions {
    ResolvedOptions(
      values: values.filter { names.contains($0.key) }, sources: sources.filter { names.contains($0.key) },
      block: block, use: use, texts: texts.filter { names.contains($0.name) })
  }

  /// An option that may be left out here and must be given there: its value without the "or nothing".
  mutating func unwrap<Value>(_ key: OptionKey<Value?>) {
    if let value = (values[key.name] as? Value?) ?? nil { values[key.name] = value }
  }

  /// Where the option's value stands; the directive's first line when it was not given.
  func range<Value>(_ key: OptionKey<Value>) -> SourceRange { sources[key.name] ?? block }
}

extension DirectiveSpecification {
  /// Checks a directive's options against this specification; all problems are returned, in no order.
  public func resolve(_ entries: [OptionMapping.Entry], block: SourceRange) -> (ResolvedOptions, [Diagnostic])
  {
    var reader = OptionReader()
    var values: [String: any Sendable] = [:]
    var sources: [String: SourceRange] = [:]
    var use = OptionUse()
    var texts: [OptionText] = []
    for entry in entries {
      guard let option = options.first(where: { $0.name == entry.key.string }) else {
        reader.report(unknownOption(entry.key))
        continue
      }
      sources[option.name] = entry.value.range
      let decoded = option.decode(entry.value, &reader)
      texts.append(CanonicalText.option(option.name, entry.value, value: decoded?.value))
      if let decoded {
        values[option.name] = decoded.value
        use.formUnion(decoded.use)
      }
    }
    for option in options where option.isRequired && sources[option.name] == nil {
      reader.report(
        Diagnostic(
          .missingOption, "'\(name)' needs the option '\(option.name)'", at: block,
          remedy: "add '\(option.name): …' (\(option.kind)): \(option.summary)"))
    }
    texts.sort { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
    return (
      ResolvedOptions(values: values, sources: sources, block: block, use: use, texts: texts),
      reader.diagnostics
    )
  }

  private func unknownOption(_ key: SourceText) -> Diagnostic {
    let names = options.map(\.name)
    let remedy =
      NearMiss.best(for: key.string, among: names).map { "did you mean '\($0)'?" }
      ?? "'\(self.name)' understands: \(names.joined(separator: ", "))"
    return Diagnostic(
      .unknownOption, "'\(self.name)' has no option '\(key.string)'", at: key.range(), remedy: remedy)
  }
}
