// Who lists the parameters of a public function lists all of them: else the library documentation warns.

import Testing

@Suite struct ParameterDocumentationTests {
  static let libraries: Set<String> = [
    "NumericalMethods", "HypothesisTests", "Regression", "Survival", "DataTables",
  ]

  /// Functions whose list leaves parameters out, or names others, as `path:line: names`.
  static func incomplete(_ sources: [ArchitectureTests.Source]) -> [String] {
    sources.filter { libraries.contains($0.target) }.flatMap { source -> [String] in
      let lines = source.lines.map { $0.drop { $0 == " " } }
      return lines.indices.compactMap { index in
        guard lines[index].hasPrefix("public "), lines[index].contains("(") else { return nil }
        let words = lines[index].split { " (<".contains($0) }
        guard words.contains(where: { ["func", "init", "init?", "subscript"].contains($0) }) else {
          return nil
        }
        let comment = lines[..<index].reversed().drop { $0.hasPrefix("@") }.prefix { $0.hasPrefix("///") }
        let listed = listed(Array(comment.reversed()))
        let expected = parameters(lines[index...])
        guard !listed.isEmpty, Set(listed) != Set(expected) else { return nil }
        let names = Set(expected).symmetricDifference(listed).sorted().joined(separator: ", ")
        return "\(source.path):\(index + 1): \(names)"
      }
    }
  }

  /// The names under `- Parameters:` and after `- Parameter`; one line may name several.
  private static func listed(_ comment: [Substring]) -> [String] {
    var names: [String] = []
    var isInList = false
    for line in comment {
      let text = line.dropFirst(3).drop { $0 == " " }
      if text.hasPrefix("- Parameter ") {
        names += split(text.dropFirst(12))
      } else if text.hasPrefix("- Parameters:") {
        isInList = true
      } else if isInList, line.hasPrefix("///   - ") {
        names += split(text.dropFirst(2))
      } else if text.hasPrefix("- ") {
        isInList = false
      }
    }
    return names
  }

  private static func split(_ text: Substring) -> [String] {
    text.prefix { $0 != ":" }.split { ", ".contains($0) }.map(String.init)
  }

  /// The names that the body of the function that begins here uses.
  private static func parameters(_ lines: ArraySlice<Substring>) -> [String] {
    var depth = 0
    var angles = 0
    var names: [String] = []
    var current = ""
    var isNaming = true
    var last: Character = " "
    for character in lines.prefix(30).joined(separator: " ") {
      switch character {
      case "(", "[":
        depth += 1
        if depth == 1 { continue }
      case ")", "]":
        depth -= 1
        if depth == 0 { return names + name(current) }
      case "<" where depth == 1: angles += 1
      case ">" where depth == 1 && last != "-": angles -= 1
      case ":" where depth == 1: isNaming = false
      case "," where depth == 1 && angles == 0:
        names += name(current)
        current = ""
        isNaming = true
        continue
      default: break
      }
      if depth == 1, isNaming { current.append(character) }
      last = character
    }
    return names
  }

  private static func name(_ words: String) -> [String] {
    words.split(separator: " ").last.map { [String($0)] } ?? []
  }

  @Test func listsOfParametersAreComplete() {
    #expect(Self.incomplete(ArchitectureTests.sources) == [])
  }

  private static func faults(_ text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return incomplete([.init(target: "Survival", path: "Survival/X.swift", lines: lines)]).count
  }

  @Test func gapsAreSeen() {
    #expect(Self.faults("/// - Parameter a: said.\npublic func f(a: Int, _ b: Int) {}") == 1)
    #expect(Self.faults("/// - Parameters:\n///   - a: said.\n///   - c: gone.\npublic init(a: Int) {}") == 1)
    #expect(
      Self.faults(
        "/// - Parameters:\n///   - a: said.\n@inlinable\npublic func f(\n  a: Int, at b: Int\n) {}") == 1)
  }

  @Test func wholeListsAndNonePass() {
    #expect(Self.faults("/// Said.\npublic func f(a: Int, _ b: Int) {}") == 0)
    #expect(
      Self.faults("/// - Parameter b: said.\npublic func f(at b: [Int: (x: Int, y: Int)] = [:]) {}") == 0)
    let several =
      "/// - Parameters:\n///   - a, b: said.\n///     More.\n///   - c: said.\n/// - Throws: never.\n"
    #expect(Self.faults(several + "public init(a: Int, of b: Array<Int>, _ c: (Int, Int) -> Int) {}") == 0)
  }
}
