// Every public declaration says what a reader cannot see from its name.

import Testing

@Suite struct DocstringTests {
  /// Declarations that a protocol asks for, whose meaning is the protocol's.
  static let witnesses: Set<String> = [
    "body", "configuration", "description", "encode", "hash", "run", "specification", "startIndex",
    "endIndex",
  ]

  /// Comments that say nothing: what any initialiser does.
  static let fillers = [
    "Creates a value from its parts.", "Creates an instance.", "Initializes a new instance.",
  ]

  /// What breaks the rule, as `path:line: declaration`.
  static func undocumented(_ sources: [ArchitectureTests.Source]) -> [String] {
    sources.flatMap { source -> [String] in
      let lines = source.lines.map { $0.drop { $0 == " " } }
      return lines.indices.compactMap { index in
        guard isPublicDeclaration(lines[index]), !isWitness(lines[index]) else { return nil }
        // Attributes may stand between.
        let above = lines[..<index].last { !$0.hasPrefix("@") || isPublicDeclaration($0) } ?? ""
        let isSaid = above.hasPrefix("///") && !fillers.contains(String(above.dropFirst(4)))
        return isSaid ? nil : "\(source.path):\(index + 1): \(lines[index])"
      }
    }
  }

  /// The words before the first name or parenthesis; `public` stands among them, also behind attributes.
  private static func isPublicDeclaration(_ line: Substring) -> Bool {
    let words = line.split(separator: " ").drop { $0.hasPrefix("@") }
    guard words.first == "public" || words.first == "open" else { return false }
    let kinds: Set<Substring> = [
      "struct", "enum", "class", "actor", "protocol", "typealias", "func", "let", "var", "case",
      "associatedtype",
      "static", "final", "mutating", "indirect", "nonisolated", "private(set)", "internal(set)", "macro",
      "operator",
    ]
    guard let next = words.dropFirst().first else { return false }
    return kinds.contains(next) || next.hasPrefix("init") || next.hasPrefix("subscript")
  }

  private static func isWitness(_ line: Substring) -> Bool {
    let words = line.split { " (:<=".contains($0) }
    if line.contains("static func ==") { return true }
    guard let keyword = words.firstIndex(where: { ["func", "var", "let"].contains($0) }) else { return false }
    return words[words.index(after: keyword)...].first.map { witnesses.contains(String($0)) } ?? false
  }

  @Test func everyPublicDeclarationIsDocumented() {
    #expect(Self.undocumented(ArchitectureTests.sources) == [])
  }

  // MARK: The rule sees what breaks it

  private static func faults(_ text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return undocumented([.init(target: "Survival", path: "Survival/X.swift", lines: lines)]).count
  }

  @Test(arguments: [
    "public struct A {}", "  public let a: Int", "@discardableResult public func f() {}",
    "  public init() {}",
    "// said\npublic enum B {}", "/// said\n\npublic enum B {}", "  public private(set) var c = 1",
    "/// Of another.\nlet a = 1\n@inlinable\npublic func f() {}", "public subscript(i: Int) -> Int { i }",
    "/// Creates a value from its parts.\npublic init(a: Int) {}", "open class C {}",
  ])
  func silenceIsSeen(_ text: String) {
    #expect(Self.faults(text) == 1)
  }

  @Test(arguments: [
    "/// Said.\npublic struct A {}", "/// Said.\n@inlinable\n@discardableResult\npublic func f() {}",
    "struct A {}",
    "  public static func == (a: A, b: A) -> Bool { true }", "  public var description: String { \"\" }",
    "  public static let specification = DirectiveSpecification(", "public extension A {", "  open = marker",
    "  public func hash(into hasher: inout Hasher) {}",
  ])
  func whatIsSaidPasses(_ text: String) {
    #expect(Self.faults(text) == 0)
  }
}
