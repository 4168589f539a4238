// The `meier` command and its subcommands.

import ArgumentParser

public struct MeierCommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "meier",
    abstract: "Survival and regression analyses written in Markdown.",
    version: "0.1.0",
    subcommands: [
      RunCommand.self, WatchCommand.self, CheckCommand.self, DiffCommand.self, DescribeCommand.self,
      ExplainCommand.self,
      GitCommand.self,
    ])

  public init() {}
}
