// The option reader against libyaml: whatever it accepts, libyaml reads the same.

import Diagnostics
import Foundation
import Testing
import Yams

@testable import AnalysisDocument

struct OptionOracleTests {
  @Test func acceptedBlocksReadAsInLibyaml() {
    let count = Int(ProcessInfo.processInfo.environment["MEIER_FUZZ"] ?? "") ?? 3000
    var generator = SeededGenerator(seed: 7)
    var accepted = 0
    var stricter: [String] = []
    var differences: [String] = []
    for number in 0..<count {
      let yaml = number.isMultiple(of: 2) ? YAMLSamples.block(&generator) : YAMLSamples.soup(&generator)
      let (tree, diagnostics) = OptionTree.parse(SourceText(yaml, path: "options"))
      let reference = Result { try Yams.compose(yaml: yaml) }
      if diagnostics.isEmpty {
        accepted += 1
        switch reference {
        // A blank line may hold a tab, and a tab may separate; libyaml is not so kind.
        case .failure where yaml.contains("\t"): break
        case .failure(let error): differences.append("\(yaml.debugDescription): libyaml refuses: \(error)")
        case .success(let node):
          let mine = YAMLSamples.outline(tree)
          let theirs = node.map(YAMLSamples.outline) ?? "nothing"
          if mine != theirs { differences.append("\(yaml.debugDescription):\n  \(mine)\n  \(theirs)") }
        }
        if let tree { differences += YAMLSamples.misplaced(tree, in: yaml) }
      } else if case .success = reference {
        stricter.append("\(yaml.debugDescription): \(diagnostics[0].message)")
      }
    }
    if ProcessInfo.processInfo.environment["MEIER_SHOW"] != nil {
      print("accepted \(accepted), stricter \(stricter.count), different \(differences.count)")
      for line in stricter.prefix(40) { print("stricter:", line) }
    }
    #expect(differences.prefix(5).isEmpty)
    #expect(accepted > count / 5)
  }
}

/// Option blocks that people might write, and some that nobody would.
enum YAMLSamples {
  static func block(_ generator: inout SeededGenerator) -> String {
    mapping(indent: 0, depth: 0, &generator)
  }

  private static let keys = [
    "data", "formula", "times", "caption", "a b", "\"q k\"", "'s''k'", "derive", "x.y", "é",
  ]
  private static let plain = [
    "nelm", "os ~ treatment", "1", "yes", "~", "null", "a:b", "died == 1", "x#y", "50%", "-1", "-x", "?x",
    ":x", "a, b",
    "it's", "say \"hi\"", "é ü 😀", "a   b", "[60, 120]", "{a: 1, b: [c, d]}", "[]", "{}", "[a: 1, 'b']",
    "{a, b: }",
    "\"dq \\n \\u00e9 \\x41\"", "'it''s'", "\"\"", "''", "[\"a\":1]", "http://x.y/z", "a # comment",
    "\"x\" # c", "[a,\n    b]",
    "two\n     lines", "\"two\n     lines\"", "'a\n\n     b'", "x |", "a\tb", "[a b, c d]",
    "[ [1,2], {x: [y]} ]",
  ]

  private static func mapping(indent: Int, depth: Int, _ generator: inout SeededGenerator) -> String {
    let pad = String(repeating: " ", count: indent)
    var lines = ""
    for key in keys.shuffled(using: &generator).prefix(Int.random(in: 1...3, using: &generator)) {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0 where depth < 3:
        lines += "\(pad)\(key):\n" + mapping(indent: indent + 2, depth: depth + 1, &generator)
      case 1 where depth < 3:
        lines +=
          "\(pad)\(key):\n"
          + list(indent: indent + Int.random(in: 0...2, using: &generator), depth: depth + 1, &generator)
      case 2: lines += "\(pad)\(key): \(scalarBlock(indent: indent, &generator))"
      case 3: lines += "\(pad)# comment\n\(pad)\(key):\n"
      case 4: lines += "\n\(pad)\(key)  :  \(plain.randomElement(using: &generator) ?? "")  \n"
      default: lines += "\(pad)\(key): \(plain.randomElement(using: &generator) ?? "")\n"
      }
    }
    return lines
  }

  private static func list(indent: Int, depth: Int, _ generator: inout SeededGenerator) -> String {
    let pad = String(repeating: " ", count: indent)
    var lines = ""
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0 where depth < 3:
        lines += "\(pad)- " + mapping(indent: indent + 2, depth: depth + 1, &generator).drop { $0 == " " }
      case 1: lines += "\(pad)-\n"
      case 2: lines += "\(pad)- \(scalarBlock(indent: indent, &generator))"
      case 3: lines += "\(pad)- - a\n\(pad)  - b\n"
      default: lines += "\(pad)- \(plain.randomElement(using: &generator) ?? "")\n"
      }
    }
    return lines
  }

  private static func scalarBlock(indent: Int, _ generator: inout SeededGenerator) -> String {
    let pad = String(repeating: " ", count: indent + 2)
    let header = ["|", ">", "|-", ">-", "|+", ">+", "|2", "> # c"].randomElement(using: &generator) ?? "|"
    let body = ["one\n", "two words\n", "  deeper\n", "\n", "# no comment\n", "a: b\n", "- c\n"]
    var lines = header + "\n" + pad + "first\n"
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      let line = body.randomElement(using: &generator) ?? "\n"
      lines += line == "\n" ? line : pad + line
    }
    return lines
  }

  private static let fragments = [
    "a", "b", ": ", ":", "\n", "\n  ", "\n    ", "- ", "-", " ", "[", "]", "{", "}", ", ", ",", "\"", "'",
    "# ", "#", "|", ">",
    "|\n", ">\n  ", "key: ", "key:\n", "x: y\n", "\n- ", "''", "\\", "~", "?", "? ", "1.5", "é", "&", "*",
    "!", "%", "@", "\n\n",
    "  - ", "    ", "'a'", "\"b\"", "---", "...", "\t",
  ]

  static func soup(_ generator: inout SeededGenerator) -> String {
    var text = Bool.random(using: &generator) ? "key: " : ""
    for _ in 0..<Int.random(in: 1...9, using: &generator) {
      text += fragments.randomElement(using: &generator) ?? ""
    }
    return text
  }

  static func outline(_ tree: OptionTree?) -> String {
    switch tree {
    case nil: "nothing"
    case .scalar(let scalar)?: (scalar.isQuoted ? "q" : "p") + scalar.string.debugDescription
    case .sequence(let sequence)?: "[" + sequence.elements.map { outline($0) }.joined(separator: ", ") + "]"
    case .mapping(let mapping)?:
      "{"
        + mapping.entries.map { "\($0.key.string.debugDescription): \(outline($0.value))" }.joined(
          separator: ", ") + "}"
    }
  }

  static func outline(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar):
      (scalar.style == .plain || scalar.style == .any ? "p" : "q") + scalar.string.debugDescription
    case .sequence(let sequence): "[" + sequence.map { outline($0) }.joined(separator: ", ") + "]"
    case .mapping(let mapping):
      "{"
        + mapping.map { "\(($0.key.string ?? "?").debugDescription): \(outline($0.value))" }.joined(
          separator: ", ") + "}"
    case .alias: "alias"
    }
  }

  /// Plain and single-quoted bytes must be the very bytes of the file where their offsets point (a blank for
  /// a line end).
  static func misplaced(_ tree: OptionTree, in yaml: String) -> [String] {
    switch tree {
    case .sequence(let sequence): return sequence.elements.flatMap { misplaced($0, in: yaml) }
    case .mapping(let mapping):
      return mapping.entries.flatMap { misplaced($0.key, in: yaml) + misplaced($0.value, in: yaml) }
    case .scalar(let scalar): return scalar.style == .doubleQuoted ? [] : misplaced(scalar.text, in: yaml)
    }
  }

  private static func misplaced(_ text: SourceText, in yaml: String) -> [String] {
    for (byte, offset) in zip(text.bytes, text.offsets) {
      let raw = text.file.bytes[offset]
      let isSame = raw == byte || (raw == 0x0A && (byte == 0x20 || byte == 0x0A)) || raw == 0x5C
      if !isSame { return ["\(yaml.debugDescription): '\(text.string)' is misplaced"] }
    }
    return []
  }
}
