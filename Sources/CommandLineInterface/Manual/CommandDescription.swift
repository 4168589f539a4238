// What a command says about itself, read from the argument parser's own description.

import ArgumentParser
import Presentation
import Runner

/// A command with its arguments and subcommands.
struct CommandDescription {
  struct Argument {
    enum Kind: String { case positional, option, flag }
    let kind: Kind
    /// `--format`, `-j`; empty for positional arguments.
    let names: [String]
    let valueName: String
    let summary: String
    let defaultValue: String?
    let allowed: [String]
    let isOptional: Bool
    let isRepeating: Bool

    /// As a usage line has it: `[--format <format>]`, `[<files> ...]`.
    var usage: String {
      let value = "<\(valueName)>"
      let text: String
      switch kind {
      case .positional: text = value
      case .option: text = "\(names.first ?? "") \(value)"
      case .flag: text = names.first ?? ""
      }
      let repeated = isRepeating ? text + " ..." : text
      return isOptional || kind == .flag ? "[\(repeated)]" : repeated
    }

    /// As a list of arguments has it: `-j, --jobs <jobs>`.
    var heading: String {
      kind == .positional
        ? "<\(valueName)>" : names.joined(separator: ", ") + (kind == .option ? " <\(valueName)>" : "")
    }
  }

  let name: String
  let abstract: String
  let discussion: String
  let arguments: [Argument]
  let subcommands: [CommandDescription]

  /// The whole program.
  static func program() -> CommandDescription? {
    guard let root = JSONReader.value(of: Array(MeierCommand._dumpHelp().utf8)),
      let command = root["command"]
    else { return nil }
    return CommandDescription(command, under: "")
  }

  private init(_ json: JSONValue, under parent: String) {
    let own = json["commandName"]?.text ?? ""
    name = parent.isEmpty ? own : parent + " " + own
    let path = name
    abstract = json["abstract"]?.text ?? ""
    discussion = json["discussion"]?.text ?? ""
    arguments = (json["arguments"]?.elements ?? []).filter { $0["shouldDisplay"] == .flag(true) }.compactMap(
      Argument.init
    )
    .filter { !["--help", "--version"].contains($0.names.last) }
    subcommands = (json["subcommands"]?.elements ?? []).filter { $0["shouldDisplay"] != .flag(false) }
      .map { CommandDescription($0, under: path) }.filter { $0.name != path + " help" }
  }

  var usage: String {
    let words = subcommands.isEmpty ? arguments.map(\.usage) : ["<command>"] + arguments.map(\.usage)
    return ([name] + words).joined(separator: " ")
  }

  /// This command and all below it.
  var all: [CommandDescription] { [self] + subcommands.flatMap(\.all) }
}

extension CommandDescription.Argument {
  fileprivate init?(_ json: JSONValue) {
    guard let kind = json["kind"]?.text.flatMap(Kind.init) else { return nil }
    self.kind = kind
    names = (json["names"]?.elements ?? []).compactMap { name in
      name["name"]?.text.map { (name["kind"]?.text == "short" ? "-" : "--") + $0 }
    }
    valueName = json["valueName"]?.text ?? ""
    summary = json["abstract"]?.text ?? ""
    defaultValue = json["defaultValue"]?.text
    allowed = (json["allValues"]?.elements ?? []).compactMap(\.text)
    isOptional = json["isOptional"] == .flag(true)
    isRepeating = json["isRepeating"] == .flag(true)
  }
}

extension JSONValue {
  fileprivate subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }
  fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
  fileprivate var elements: [JSONValue]? { if case .list(let elements) = self { elements } else { nil } }
}
