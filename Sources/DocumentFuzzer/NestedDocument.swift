// Documents of nested blocks, of which every byte is known to be the author's or not.

import NumericalMethods

/// Quotes and lists in one another, lazy lines, tabs, every kind of block and line end; values, claims, references and
/// directives stand wherever they may, and where they may not.
struct NestedDocument {
  enum Kind { case author, value, claim, reference, directive }

  struct Part {
    let kind: Kind
    var bytes: [UInt8]
  }

  private(set) var parts: [Part] = []
  private var generator: RandomGenerator
  private var directiveCount = 0
  private let lineEnds: [String]

  var bytes: [UInt8] { parts.flatMap(\.bytes) }

  init(_ generator: inout RandomGenerator) {
    self.generator = RandomGenerator(seed: generator.next())
    lineEnds =
      [["\n"], ["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]].randomElement(using: &generator) ?? ["\n"]
    if chance(20) { author("\u{FEFF}") }
    if chance(12) { author("---" + lineEnd() + "title: \"`{= x}`\"" + lineEnd() + "---" + lineEnd()) }
    blocks(first: "", rest: "", depth: 0)
    // Sometimes without a final line end.
    if chance(4), parts.last?.kind == .author, let last = parts.indices.last {
      while let byte = parts[last].bytes.last, byte == 0x0A || byte == 0x0D { parts[last].bytes.removeLast() }
    }
  }

  // MARK: Blocks

  /// - Parameters:
  ///   - first: what the first line begins with: the markers of the containers that begin on it.
  ///   - rest: what every further line begins with.
  private mutating func blocks(first: String, rest: String, depth: Int) {
    var first = first
    for _ in 0..<below(depth == 0 ? 6 : 3) + 1 {
      block(first: first, rest: rest, depth: depth)
      first = rest
      if !chance(4) { author(rest + lineEnd()) }
    }
  }

  private mutating func block(first: String, rest: String, depth: Int) {
    let kinds = depth < 40 ? 18 : 12
    switch below(kinds) {
    case 0: heading(first)
    case 1:
      text(first, rest)
      author(rest + pick(["===", "---", "  ===  ", "="]) + lineEnd())
    case 2: author(first + pick(["---", "* * *", "___"]) + lineEnd())
    case 3: lines(first, rest, ["    code `{= x}`", "\tmore"])
    case 4:
      lines(
        first, rest, [pick(["```r", "~~~", "````"]), "`{= x}` {claim y} @tbl-a", "<!--= z -->"], closing: true
      )
    case 5:
      lines(
        first, rest,
        [pick(["<div>", "<!-- c", "<b>x</b>", "<?p"]), "`{= x}`", pick(["</div>", "-->", "?>"])])
    case 6: lines(first, rest, [pick(["[r]: /u", "[r]: /u \"t\"", "[`a`]:", "[s]: <x> (`)"])])
    case 7: table(first, rest)
    case 8, 9: directive(first, rest)
    case 10, 11: text(first, rest)
    case 12, 13: blocks(first: first + "> ", rest: rest + pick(["> ", "> ", ">"]), depth: depth + 1)
    case 14, 15:
      let marker = pick(["- ", "* ", "+ ", "1. ", "10) ", "-\t"])
      let indent = marker == "-\t" ? "\t" : String(repeating: " ", count: marker.utf8.count)
      blocks(first: first + marker, rest: rest + indent, depth: depth + 1)
    case 16: blocks(first: first + ">>> ", rest: rest + ">>> ", depth: depth + 3)
    default:
      let many = String(repeating: pick(["> ", "- "]), count: below(60) + 1)
      lines(first, rest, [many + "deep"])
    }
  }

  private mutating func lines(_ first: String, _ rest: String, _ lines: [String], closing: Bool = false) {
    for (index, line) in lines.enumerated() { author((index == 0 ? first : rest) + line + lineEnd()) }
    if closing, !chance(10), let fence = lines.first?.prefix(while: { $0 == "`" || $0 == "~" }) {
      author(rest + fence + lineEnd())
    }
  }

  private mutating func heading(_ first: String) {
    author(first + pick(["# ", "## ", "###### "]))
    inlines(rest: nil)
    author(pick(["", " #", " {#sec-a}"]) + lineEnd())
  }

  private mutating func text(_ first: String, _ rest: String) {
    for line in 0..<below(3) + 1 {
      // A lazy line lacks the marks of its containers.
      author(line == 0 ? first : chance(8) ? pick(["", "   ", " "]) : rest + pick(["", "", "  "]))
      inlines(rest: rest)
      author(pick(["", "", "  ", "\\", " "]) + lineEnd())
    }
  }

  private mutating func table(_ first: String, _ rest: String) {
    author(first + "| a | b |" + lineEnd() + rest + pick(["|---|--:|", "|:-:|---|", "---|---"]) + lineEnd())
    for _ in 0..<below(3) {
      author(rest + "| ")
      inlines(rest: nil)
      author(" | ")
      inlines(rest: nil)
      author(" |" + lineEnd())
    }
  }

  private mutating func directive(_ first: String, _ rest: String) {
    directiveCount += 1
    let fence = pick(["```", "```", "````", "~~~"])
    let indent = pick(["", "", "", " ", "   "])
    author(first + indent)
    var body = fence + pick(["", "", " "]) + "{cox #d\(directiveCount)}" + lineEnd()
    for line in [["data: d"], ["times: |", "  1", "", "  2"], ["a: \"b\"", "# c"]][below(3)] {
      body += rest + indent + line + lineEnd()
    }
    body += rest + indent + fence + pick(["", "", " "])
    parts.append(Part(kind: .directive, bytes: Array(body.utf8)))
    author(lineEnd())
  }

  // MARK: Inlines

  private static let words = [
    "text", "ä 😀", "*em*", "**strong**", "_a_", "[link](/u)", "![i](u)", "[r]", "`code`", "``co`de``", "<b>",
    "</b>",
    "<http://x`y>", "&amp;", "\\*", "\\`", "x_y", "1.", "a|b", "**", "[", "](/u)", "<!-- c -->", "\\", "#",
    "(", ").",
  ]

  private mutating func inlines(rest: String?) {
    for _ in 0..<below(5) + 1 {
      switch below(12) {
      case 0, 1, 2:
        let values = ["`{= a.n}`", "`` {= b[\"x\"].n} ``", "`{=c}`", "` {= d | digits 1 } `"].filter {
          rest != nil || !$0.contains("|")
        }
        parts.append(Part(kind: .value, bytes: Array(pick(values).utf8)))
      case 3 where rest != nil:
        parts.append(
          Part(kind: .value, bytes: Array(("`{= e[" + lineEnd() + (rest ?? "") + "\"x\"].n}`").utf8)))
      case 4: parts.append(Part(kind: .claim, bytes: Array("`{claim a.n < 1}`".utf8)))
      case 5: parts.append(Part(kind: .reference, bytes: Array(pick(["@tbl-os", "@fig-os"]).utf8)))
      case 6 where chance(10): author(pick(["`", "``", "```"]))
      default: author(pick(Self.words))
      }
      // Never nothing: two code spans side by side would be one, a reference would go on.
      author(
        parts.last?.kind == .reference
          ? pick([" ", ", "]) : pick([" ", " ", ", ", "a", "**", "(", "\u{A0}"]))
    }
  }

  // MARK: Choices

  /// Text of the author's, but for what may turn out to be a value or a reference where no code or HTML shields it.
  private mutating func author(_ text: String) {
    var rest = text[...]
    while let match = rest.firstMatch(of: /`\{= x\}`|@tbl-a/) {
      kept(rest[..<match.range.lowerBound])
      parts.append(Part(kind: match.0.hasPrefix("@") ? .reference : .value, bytes: Array(match.0.utf8)))
      rest = rest[match.range.upperBound...]
    }
    kept(rest)
  }

  private mutating func kept(_ text: Substring) {
    guard !text.isEmpty else { return }
    if let last = parts.indices.last, parts[last].kind == .author {
      parts[last].bytes += Array(text.utf8)
    } else {
      parts.append(Part(kind: .author, bytes: Array(text.utf8)))
    }
  }

  private mutating func lineEnd() -> String { pick(lineEnds) }
  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }
  private mutating func below(_ bound: Int) -> Int { generator.below(bound) }
  private mutating func chance(_ oneIn: Int) -> Bool { generator.below(oneIn) == 0 }
}
