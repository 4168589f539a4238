// What the tests of this target share.

import Diagnostics

@testable import AnalysisDocument

func parse(_ text: String, foreign: Set<String> = []) -> (ParsedDocument, [Diagnostic]) {
  ParsedDocument.parse(file: SourceFile(path: "test.md", text: text), foreignLanguages: foreign)
}

func parse(bytes: [UInt8]) -> (ParsedDocument, [Diagnostic]) {
  ParsedDocument.parse(file: SourceFile(path: "test.md", bytes: bytes))
}

/// `code@line:column`
func summary(_ diagnostics: [Diagnostic]) -> [String] {
  diagnostics.map { diagnostic in
    let start = diagnostic.location?.start
    return "\(diagnostic.code.rawValue)@\(start?.line ?? 0):\(start?.column ?? 0)"
  }
}

extension ParsedDocument {
  func text(_ range: Range<Int>) -> String { String(decoding: file.bytes[range], as: UTF8.self) }
}

/// A tree in one line: `{key: value, list: [a, "b"]}`, quoted scalars in quotes.
func outline(_ tree: OptionTree?) -> String {
  switch tree {
  case nil: "nothing"
  case .scalar(let scalar)?: scalar.isQuoted ? "\"\(scalar.string)\"" : scalar.isNull ? "~" : scalar.string
  case .sequence(let sequence)?: "[" + sequence.elements.map { outline($0) }.joined(separator: ", ") + "]"
  case .mapping(let mapping)?:
    "{" + mapping.entries.map { $0.key.string + ": " + outline($0.value) }.joined(separator: ", ") + "}"
  }
}

/// The same numbers in every run and on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
