// The commands as a page of Markdown and as a man page.

import Directives

enum CommandManual {
  /// `commands.md` and `meier.1`.
  static func files() -> [ManualFile] {
    guard let program = CommandDescription.program() else { return [] }
    return [
      ManualFile(path: "commands.md", text: markdown(program)),
      ManualFile(path: "meier.1", text: manPage(program)),
    ]
  }

  // MARK: Markdown

  private static func markdown(_ program: CommandDescription) -> String {
    var text =
      "# Commands\n\nThis page is written by `meier explain --all`; `make documentation` renews it.\n"
    text += "\nEvery command understands `--help`, the program itself `--version`.\n"
    for command in program.all.dropFirst() {
      text += "\n## \(command.name)\n\n\(command.abstract)\n\n```text\n\(command.usage)\n```\n"
      if !command.discussion.isEmpty { text += "\n\(escaped(command.discussion))\n" }
      guard !command.arguments.isEmpty else { continue }
      text += "\n| argument | | default |\n|:--|:--|:--|\n"
      for argument in command.arguments {
        text +=
          "| `\(argument.heading)` | \(cell(argument.summary)) | \(cell(argument.defaultValue ?? "")) |\n"
      }
    }
    return text + "\n" + completions
  }

  private static let completions = """
    ## Completions and the man page

    `meier --generate-completion-script bash` (or `zsh`, `fish`) prints a script for your shell:

    ```text
    meier --generate-completion-script bash > ~/.local/share/bash-completion/completions/meier
    meier --generate-completion-script zsh > ~/.zfunc/_meier
    meier --generate-completion-script fish > ~/.config/fish/completions/meier.fish
    ```

    `man Documentation/meier.1` shows this page in a terminal; `/usr/local/share/man/man1` is a place for it.

    """

  private static func escaped(_ text: String) -> String {
    text.replacing("<", with: "\\<").replacing("*", with: "\\*")
  }

  private static func cell(_ text: String) -> String {
    escaped(text.split(whereSeparator: \.isNewline).joined(separator: " ")).replacing("|", with: "\\|")
  }

  // MARK: man

  private static func manPage(_ program: CommandDescription) -> String {
    var lines = [
      ".TH MEIER 1 \"\" \"Meier \(MeierCommand.version)\" \"User Commands\"", ".SH NAME",
      "meier \\- \(roff(program.abstract))", ".SH SYNOPSIS", ".B meier", "\\fIcommand\\fR [\\fIoptions\\fR]",
      ".SH COMMANDS",
    ]
    for command in program.all.dropFirst() where command.subcommands.isEmpty {
      lines += [
        ".SS \(roff(command.name))", roff(command.abstract), ".PP", ".nf", roff(command.usage), ".fi",
      ]
      for paragraph in command.discussion.split(separator: "\n\n") {
        lines += [".PP"] + paragraph.split(separator: "\n").map { roff(String($0)) }
      }
      for argument in command.arguments {
        let standard = argument.defaultValue.map { $0.isEmpty ? "" : " (default: \($0))" } ?? ""
        lines += [".TP", ".B \(roff(argument.heading))", roff(argument.summary + standard)]
      }
    }
    lines += [
      ".SH EXIT STATUS", "0 fine; 1 a document has errors; 2 check found stale results; 3 a claim failed;",
      "64 usage; 70 a fault of Meier's own; 130 interrupted.", ".SH FILES",
      "Documents below \\fIanalyses/\\fR are run when none is named; results go to \\fIoutput/\\fR;",
      "\\fImeier.yml\\fR marks the project's root.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text that troff takes as text.
  private static func roff(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}
