// Options that several commands share.

import ArgumentParser
import Diagnostics
import Runner

enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

struct ReportOptions: ParsableArguments {
  @Option(
    help:
      "How diagnostics are printed: text; json, one object per line; or sarif, one log on standard output.")
  var format: DiagnosticFormat = .text

  @Flag(help: "Print cell values that belong to a message. They are patients' data.")
  var showValues = false
}

struct ComputationOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "How many threads a computation uses; results do not depend on it.")
  var jobs: Int?

  @Option(help: "A folder outside the project from which data may be read.")
  var allow: [String] = []

  @Option(help: "How much memory a run may use, such as 8G or 500M; by default what the system has free.")
  var memory: MemorySize?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
  }

  var threads: Int { min(jobs ?? Processors.available, 64) }
}

struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customShort("P"),
    help: ArgumentHelp("Give a parameter of the documents another value.", valueName: "name=value"))
  var parameter: [String] = []

  func validate() throws { _ = try values() }

  /// The values by name; of several for one name the last counts.
  func values() throws -> [String: String] {
    var values: [String: String] = [:]
    for text in parameter {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        throw ValidationError("-P takes name=value, not '\(text)'")
      }
      values[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    return values
  }
}
