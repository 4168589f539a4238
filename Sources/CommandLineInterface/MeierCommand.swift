// The `meier` command and its subcommands.

import ArgumentParser

/// The command line: `meier` with one subcommand per task.
public struct MeierCommand: AsyncParsableCommand {
  static let version = "0.1.0"

  /// Name, version and subcommands, in the order of `meier --help`.
  public static let configuration = CommandConfiguration(
    commandName: "meier",
    abstract: "Survival and regression analyses written in Markdown.",
    version: version,
    subcommands: [
      RunCommand.self, WatchCommand.self, CheckCommand.self, DiffCommand.self, DescribeCommand.self,
      ExplainCommand.self, CleanCommand.self, GitCommand.self, NewCommand.self,
    ])

  /// Required by the argument parser, which fills it from the command line.
  public init() {}
}
