// The name of a result: what inline values say, and the key in results.json.

/// The path of a result, such as `os["hepatic resection"].at(60).survival.upper`.
///
/// Its text is canonical: numbers in their shortest form, texts in JSON's quotes, no blanks but one after a
/// comma. Two spellings of one path have one text.
public struct ResultPath: Sendable, Hashable, CustomStringConvertible {
  /// The directive's id.
  public let id: String
  /// What follows the id.
  public let steps: [Step]

  /// One step from a result to its parts.
  public enum Step: Sendable, Hashable {
    /// `.median`
    case member(String)
    /// `["age"]`
    case index([Argument])
    /// `(60)`
    case call([Argument])
  }

  /// What stands in brackets.
  public enum Argument: Sendable, Hashable {
    /// A number.
    case number(Double)
    /// Words, in quotes.
    case text(String)
    /// True or false.
    case flag(Bool)

    /// The canonical text.
    public var text: String {
      switch self {
      case .number(let value): ShortestNumber.text(value)
      case .text(let text): ResultPath.quoted(text)
      case .flag(let flag): flag ? "true" : "false"
      }
    }
  }

  /// The id of a directive and what follows it; without steps the id itself.
  public init(id: String, steps: [Step] = []) {
    self.id = id
    self.steps = steps
  }

  /// The whole path in canonical form.
  public var text: String { id + suffix }
  /// The canonical text.
  public var description: String { text }

  /// What follows the id, beginning with `.` or `[`; empty for the id alone.
  public var suffix: String { steps.map(\.text).joined() }

  /// The path with one more member.
  public func appending(_ member: String) -> ResultPath {
    ResultPath(id: id, steps: steps + [.member(member)])
  }

  /// A text in JSON's quotes: `"`, `\` and control characters escaped, everything else as it is.
  public static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension ResultPath.Step {
  /// The step as the canonical text of a path has it: `.median`, `["a", 2]`, `(60)`.
  public var text: String {
    switch self {
    case .member(let name): "." + name
    case .index(let arguments): "[" + arguments.map(\.text).joined(separator: ", ") + "]"
    case .call(let arguments): "(" + arguments.map(\.text).joined(separator: ", ") + ")"
    }
  }
}

extension Expression {
  /// The path this expression consists of, `nil` if it is anything else (a computation, a data function).
  public var resultPath: ResultPath? {
    guard case .reference(let reference) = root.kind else { return nil }
    return reference.resultPath
  }
}

extension Expression.Reference {
  /// The path, if all its arguments are plain numbers, texts or flags.
  var resultPath: ResultPath? {
    guard !isQuoted else { return nil }
    var names = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
    let id = names.removeFirst()
    var steps = names.map { ResultPath.Step.member($0) }
    for step in self.steps {
      switch step {
      case .members(let text, _):
        let members = text.split(separator: ".", omittingEmptySubsequences: false)
        guard members.allSatisfy({ !$0.isEmpty }) else { return nil }
        steps += members.map { .member(String($0)) }
      case .index(let items, _):
        guard let arguments = Self.arguments(items) else { return nil }
        steps.append(.index(arguments))
      case .call(let items, _):
        guard items.allSatisfy({ $0.label == nil }), let arguments = Self.arguments(items.map(\.value)) else {
          return nil
        }
        steps.append(.call(arguments))
      }
    }
    return ResultPath(id: id, steps: steps)
  }

  private static func arguments(_ nodes: [Expression.Node]) -> [ResultPath.Argument]? {
    var arguments: [ResultPath.Argument] = []
    for node in nodes {
      switch node.kind {
      case .number(let value): arguments.append(.number(value))
      case .text(let text): arguments.append(.text(text))
      case .flag(let flag): arguments.append(.flag(flag))
      default: return nil
      }
    }
    return arguments
  }
}
