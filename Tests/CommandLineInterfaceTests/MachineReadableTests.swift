// Diagnostics for machines: every line keeps the schema, and the SARIF log is one.

import Foundation
import TestSupport
import Testing

@Suite struct MachineReadableTests {
  private static func object(_ text: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  private static func project() throws -> TemporaryProject {
    try CommandProject.make([
      "data.csv": CommandProject.data + (1...20).map { "\($0),1,a\n" }.joined() + "x,1,a\n",
      "ü b.md": CommandProject.broken,
    ])
  }

  @Test func everyLineKeepsTheSchema() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Documentation/diagnostics.schema.json")
    let schema = try Self.object(try String(contentsOf: url, encoding: .utf8))
    let project = try Self.project()
    let result = try Executable.run(
      ["run", "--format", "json", "--show-values", "good.md", "claim.md", "broken.md", "no.md"],
      in: project.path)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count >= 3)
    for line in lines { #expect(Self.faults(try Self.object(line), schema, schema) == [], "\(line)") }
    // The check sees what breaks the schema.
    let wrong: [String: Any] = [
      "severity": "fatal", "code": "no-such-code", "other": 1, "file": "x", "notes": [["line": 0]],
    ]
    #expect(Self.faults(wrong, schema, schema).count == 10, "\(Self.faults(wrong, schema, schema))")
  }

  /// As much of JSON Schema as the schema uses.
  private static func faults(_ value: Any, _ schema: [String: Any], _ root: [String: Any]) -> [String] {
    var schema = schema
    if let reference = schema["$ref"] as? String, let definitions = root["$defs"] as? [String: Any] {
      schema = definitions[String(reference.split(separator: "/").last ?? "")] as? [String: Any] ?? [:]
    }
    var faults: [String] = []
    if let allowed = schema["enum"] as? [String], !allowed.contains(value as? String ?? "") {
      faults.append("\(value) is none of those allowed")
    }
    switch schema["type"] as? String {
    case "object":
      guard let members = value as? [String: Any] else { return faults + ["no object"] }
      let known = schema["properties"] as? [String: [String: Any]] ?? [:]
      faults += (schema["required"] as? [String] ?? []).filter { members[$0] == nil }.map {
        "\($0) is missing"
      }
      for (name, needed) in schema["dependentRequired"] as? [String: [String]] ?? [:]
      where members[name] != nil {
        faults += needed.filter { members[$0] == nil }.map { "\($0) is missing beside \(name)" }
      }
      for (name, member) in members {
        guard let rule = known[name] else {
          faults.append("\(name) is not known")
          continue
        }
        faults += Self.faults(member, rule, root)
      }
    case "array":
      guard let items = value as? [Any] else { return faults + ["no array"] }
      for item in items { faults += Self.faults(item, schema["items"] as? [String: Any] ?? [:], root) }
    case "string": if !(value is String) { faults.append("no text") }
    case "integer":
      if (value as? Int ?? -1) < (schema["minimum"] as? Int ?? .min) { faults.append("no such number") }
    default: break
    }
    return faults
  }

  @Test(arguments: ["run", "check"]) func theLogIsOneDocument(_ command: String) throws {
    let project = try Self.project()
    let result = try Executable.run(
      [command, "--format", "sarif", "good.md", "ü b.md", "no.md"], in: project.path)
    #expect(result.status == 1 && result.errors.isEmpty, "\(result.errors)")
    let log = try Self.object(result.output)
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count >= 3)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      #expect(((result["message"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
      #expect(["note", "warning", "error"].contains(result["level"] as? String))
    }
    let places = results.compactMap {
      ($0["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    }
    let files = places.compactMap { ($0["artifactLocation"] as? [String: Any])?["uri"] as? String }
    #expect(files.contains("%C3%BC%20b.md") && files.contains("data.csv"))
    let region = try #require(
      places.first { ($0["artifactLocation"] as? [String: Any])?["uri"] as? String == "%C3%BC%20b.md" }?[
        "region"] as? [String: Int])
    #expect(region == ["startLine": 8, "startColumn": 7, "endLine": 8, "endColumn": 8])
    // Nobody's cell is in it.
    #expect(!result.output.contains("x,1,a"))
  }

  @Test func aLogWithoutProblemsIsALog() throws {
    let project = try CommandProject.make()
    let result = try Executable.run(["run", "--format", "sarif", "good.md"], in: project.path)
    let run = try #require((try Self.object(result.output)["runs"] as? [[String: Any]])?.first)
    #expect((run["results"] as? [Any])?.isEmpty == true)
  }
}
