// A comparison as JSON, for other programs.

import Presentation

extension ResultDiff {
  /// One object: `from`, `to`, and under `documents` each document with its `claims` and `changes`. The form is
  /// described in `Documentation/diff.md`.
  public var json: String {
    let root: JSONValue = .object([
      "from": .text(old), "to": .text(new), "version": .integer(1),
    ])
    // One document, one change per line: a list is written on one line otherwise.
    let documents = documents.map { document in
      let claims = document.claims.map { "        " + Self.value($0).compactText }
      let changes = document.changes.map { change in
        "        " + Self.value(change, document.causes[change.id] ?? ChangeCauses()).compactText
      }
      return [
        "    {", "      \"document\": \(JSONValue.quoted(document.name)),",
        "      \"unchanged\": \(document.unchangedCount),",
        "      \"causes\": \(JSONValue.list(document.allCauses.details.map(JSONValue.text)).compactText),",
        "      \"remarks\": \(JSONValue.list(document.remarks.map(JSONValue.text)).compactText),",
        "      \"claims\": [" + Self.block(claims) + "],", "      \"changes\": [" + Self.block(changes) + "]",
        "    }",
      ].joined(separator: "\n")
    }
    let head = root.lines().dropLast(2)
    return head + ",\n  \"documents\": ["
      + (documents.isEmpty ? "" : "\n" + documents.joined(separator: ",\n") + "\n  ")
      + "]\n}\n"
  }

  private static func block(_ lines: [String]) -> String {
    lines.isEmpty ? "" : "\n" + lines.joined(separator: ",\n") + "\n      "
  }

  private static func value(_ claim: ClaimChange) -> JSONValue {
    .object([
      "claim": .text(claim.text), "line": .integer(claim.line), "old": .text(claim.old.name),
      "new": .text(claim.new.name),
      "values": .list(
        claim.values.map { value in
          .object([
            "quantity": .text(value.name), "old": value.old.map(JSONValue.text) ?? .null,
            "new": .text(value.new),
          ])
        }),
    ])
  }

  private static func value(_ change: ResultChange, _ causes: ChangeCauses) -> JSONValue {
    var members: [String: JSONValue] = [
      "quantity": .text(change.path), "flags": .list(change.flags.map { .text($0.name) }),
      "causes": .list(causes.names.map(JSONValue.text)),
    ]
    for (name, value) in [("old", change.old), ("new", change.new)] {
      guard let value else { continue }
      members[name] = value.value
      if let lower = value.lower { members[name + "_lower"] = lower }
      if let upper = value.upper { members[name + "_upper"] = upper }
    }
    if let difference = change.difference { members["difference"] = .number(difference) }
    if let relative = change.relativeDifference { members["relative"] = .number(relative) }
    return .object(members)
  }
}
