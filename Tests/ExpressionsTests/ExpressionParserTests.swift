import Diagnostics
import Testing

@testable import Expressions

@Suite struct ExpressionParserTests {
  /// The tree, written with every parenthesis.
  private func tree(_ node: Expression.Node) -> String {
    switch node.kind {
    case .number(let value): ShortestNumber.text(value)
    case .text(let text): ResultPath.quoted(text)
    case .flag(let flag): flag ? "true" : "false"
    case .missing: "missing"
    case .reference(let reference): reference.canonicalText
    case .negation(let operand): "(-\(tree(operand)))"
    case .not(let operand): "(not \(tree(operand)))"
    case .arithmetic(let operation, let left, let right):
      "(\(tree(left)) \(operation.rawValue) \(tree(right)))"
    case .comparison(let comparison, let left, let right):
      "(\(tree(left)) \(comparison.rawValue) \(tree(right)))"
    case .and(let left, let right): "(\(tree(left)) and \(tree(right)))"
    case .or(let left, let right): "(\(tree(left)) or \(tree(right)))"
    case .membership(let operand, let items, let negated):
      "(\(tree(operand)) \(negated ? "not in" : "in") [\(items.map(tree).joined(separator: ", "))])"
    case .list(let items): "[\(items.map(tree).joined(separator: ", "))]"
    }
  }

  @Test(arguments: [
    ("1 + 2 * 3", "(1 + (2 * 3))"),
    ("(1 + 2) * 3", "((1 + 2) * 3)"),
    ("a - b - c", "((a - b) - c)"),
    ("-x ^ 2", "(-(x ^ 2))"),
    ("2 ^ 3 ^ 2", "(2 ^ (3 ^ 2))"),
    ("2 ^ -1", "(2 ^ -1)"),
    ("a % 7 * 2", "((a % 7) * 2)"),
    ("not a == 1 and b < 2 or c", "(((not (a == 1)) and (b < 2)) or c)"),
    ("x in [1, 2] and y not in (\"a\", 'b')", "((x in [1, 2]) and (y not in [\"a\", \"b\"]))"),
    ("ph.ecog >= 2", "(ph.ecog >= 2)"),
    ("col(\"any name\") == `other name`", "(col(\"any name\") == col(\"other name\"))"),
    ("1e-3 + .5 + 5.", "((0.001 + 0.5) + 5)"),
    ("if(a, 1, missing)", "if(a, 1, missing)"),
    ("os[\"a\"].at(60).survival.upper > 0.5", "(os[\"a\"].at(60).survival.upper > 0.5)"),
    ("prognosis['treatment', 'observation'].hr", "prognosis[\"treatment\", \"observation\"].hr"),
    ("größe > 1", "(größe > 1)"),
  ])
  func parses(text: String, expected: String) throws {
    #expect(tree(try Expression.parse(source(text)).root) == expected)
  }

  @Test(arguments: [
    ("x «=» 1", "a single '=' does not compare", "write '=='"),
    ("a «&&» b", "'&&' is not an operator here", "write 'and'"),
    ("a «||» b", "'||' is not an operator here", "write 'or'"),
    ("a «|» b", "'|' is not an operator here", "write 'or'"),
    ("«!»a", "'!' is not an operator here", "write 'not'"),
    ("a «<>» 1", "'<>' is not an operator", "write '!='"),
    ("a «≤» 1", "'≤' is not part of the language", "write <="),
    ("a «**» 2", "'**' is not an operator here", "write '^'"),
    ("a «%in%» [1]", "'%in%' is not an operator here", "write 'in'"),
    ("a == «“»x”", "'“' is a typographic quotation mark", "write the straight marks \" or '"),
    ("1 < x «<» 5", "comparisons cannot be chained", "write 'a < x and x < b', or between(x, a, b)"),
    ("x in «5»", "'in' needs a list", "write in [\"a\", \"b\"]"),
    ("«(»a + 1", "'(' is never closed", ""),
    (
      "f(a «b»)", "unexpected 'b', expected ')' or a comma",
      "a column whose name holds blanks or signs is written col(\"the name\")"
    ),
    ("a == «\"»x", "this quotation mark is never closed", ""),
    (
      "«3x» > 1", "'3x' is neither a number nor a name",
      "put blanks around the number 3, or write col(\"3x\") for a column of that name"
    ),
    ("a +«»", "the expression ends too early", "write what belongs after '+', or delete it"),
    ("«»", "there is no expression here", ""),
    ("age «is» missing", "unexpected 'is'", "write is_missing(x)"),
    ("data«$»age", "unexpected '$'", "columns are named alone, without their data set"),
    ("a «AND» b", "unexpected 'AND'", "write 'and'"),
    ("x «#» y", "unexpected character '#'", ""),
  ])
  func pointsAtTheFault(text: String, message: String, remedy: String) throws {
    let fault = try #require(
      fault(text) { source throws(DiagnosticList) in _ = try Expression.parse(source) })
    #expect(fault.code == .expressionSyntax)
    #expect(fault.message == message)
    #expect(fault.remedy ?? "" == remedy)
    #expect(fault.isAtMark, "\(text)")
  }

  @Test func collectsSeveralFaults() {
    let found = faults("a = 1 && b <> 2") { source throws(DiagnosticList) in _ = try Expression.parse(source)
    }
    #expect(found.map(\.place) == ["=", "&&", "<>"])
  }

  @Test func nothingExhaustsTheStack() {
    for text in [
      String(repeating: "(", count: 10_000), String(repeating: "-", count: 10_000) + "1",
      String(repeating: "not ", count: 10_000), "1" + String(repeating: "+1", count: 10_000),
      "1" + String(repeating: "^1", count: 10_000), String(repeating: "f(", count: 10_000),
      String(repeating: "a[", count: 5_000), String(repeating: "[", count: 5_000),
      "a" + String(repeating: "[1]", count: 10_000),
    ] {
      #expect(throws: DiagnosticList.self) { try Expression.parse(source(text)) }
    }
  }

  /// No text crashes the parser; what it accepts reads back from its canonical text as the same.
  @Test func survivesRandomTexts() throws {
    var random = SplitMix(state: 20_260)
    let words = [
      "a", "b.c", "1", "2.5", "\"t\"", "'", "(", ")", "[", "]", ",", ".x", "+", "-", "*", "/", "^", "%", "==",
      "=",
      "<", "and", "or", "not", "in", "missing", "true", "col(\"q r\")", "`s t`", "if(", "|", "::", ":", " ",
      "\\", "é",
      "≥", "\u{0}", "~", "f(", "\"x\": ",
    ]
    var accepted = 0
    for _ in 0..<4000 {
      let text = (0..<Int(random.next() % 12)).map { _ in words[Int(random.next() % UInt64(words.count))] }
        .joined(
          separator: random.next() % 2 == 0 ? " " : "")
      guard let expression = try? Expression.parse(source(text)) else { continue }
      accepted += 1
      let canonical = expression.canonicalText
      let again = try Expression.parse(source(canonical))
      #expect(again.canonicalText == canonical, "\(text)")
      #expect(tree(again.root) == tree(expression.root), "\(text)")
    }
    #expect(accepted > 100)
  }

  @Test func inlineFilters() throws {
    let inline = try InlineExpression.parse(source("os.median | digits 1 | ci"))
    #expect(inline.expression.resultPath?.text == "os.median")
    #expect(inline.filters.map(\.name) == ["digits", "ci"])
    #expect(inline.filters.map(\.argument) == [1, nil])
    let fault = try #require(
      fault("os.median | «digit» 1") { source throws(DiagnosticList) in _ = try InlineExpression.parse(source)
      })
    #expect(fault.code == .unknownFormat)
    #expect(fault.remedy == "did you mean 'digits'?")
    #expect(fault.isAtMark)
  }
}

/// A small generator whose stream is the same everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
