// The `meier` command and its subcommands.

import ArgumentParser

public struct MeierCommand: AsyncParsableCommand {
  static let version = "0.1.0"

  public static let configuration = CommandConfiguration(
    commandName: "meier",
    abstract: "Survival and regression analyses written in Markdown.",
    version: version,
    subcommands: [
      RunCommand.self, WatchCommand.self, CheckCommand.self, DiffCommand.self, DescribeCommand.self,
      ExplainCommand.self, CleanCommand.self, GitCommand.self, NewCommand.self,
    ])

  public init() {}
}
