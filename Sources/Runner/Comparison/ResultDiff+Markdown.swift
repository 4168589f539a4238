// A comparison as Markdown, for the description of a pull request.

import Presentation

extension ResultDiff {
  /// A heading, and for each document its claims, what changed in more than digits, and the rest folded away.
  public var markdown: String {
    var parts = ["### Results: \(MarkdownText.inline(old)) → \(MarkdownText.inline(new))"]
    for document in documents where document.hasChanges || !document.remarks.isEmpty {
      parts += self.parts(document)
    }
    let same = documents.count - changedDocuments.count
    if documents.isEmpty {
      parts.append("No document with results.")
    } else if same == documents.count {
      parts.append("No result changed.")
    } else if same > 0 {
      parts.append("\(same) other document\(same == 1 ? "" : "s"): no result changed.")
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func parts(_ document: Document) -> [String] {
    let rows = ChangeRows(document.changes)
    let flagged = rows.single.filter(\.isFlagged)
    let plain = rows.single.filter { !$0.isFlagged }
    var parts = [
      "**\(MarkdownText.inline(document.name))**: \(document.summary)."
    ]
    parts += document.remarks.map { "*Note:* \(MarkdownText.inline($0))." }
    let causes = document.allCauses.details
    if !causes.isEmpty {
      parts.append("Because of " + MarkdownText.inline(causes.joined(separator: "; ")) + ".")
    }
    let claims = document.claims.map { claim in
      "- \(claim.new.isBroken ? "❌" : "✅") \(code(claim.text)) (line \(claim.line)) \(MarkdownText.inline(claim.words))"
        + (claim.values.isEmpty
          ? "" : ": " + claim.values.map { MarkdownText.inline($0.words) }.joined(separator: ", "))
    }
    let groups = rows.collapsed.map { "- \(code($0.id)): \($0.count) results \($0.flag.words)" }
    if !(claims + groups).isEmpty { parts.append((claims + groups).joined(separator: "\n")) }
    if !flagged.isEmpty { parts.append(table(flagged, document)) }
    if !plain.isEmpty {
      let count = "\(plain.count) change\(plain.count == 1 ? "" : "s") of digits alone"
      parts += ["<details>\n<summary>\(count)</summary>", table(plain, document), "</details>"]
    }
    return parts
  }

  private func table(_ changes: [ResultChange], _ document: Document) -> String {
    var lines = [
      "| quantity | \(MarkdownText.cell(old)) | \(MarkdownText.cell(new)) | change | | because |",
      "|:--|--:|--:|--:|:--|:--|",
    ]
    for change in changes {
      let text = ChangeText(change)
      let cells =
        [text.old, text.new, text.difference, change.flags.map(\.words).joined(separator: "; ")]
        + [(document.causes[change.id] ?? ChangeCauses()).names.joined(separator: ", ")]
      lines.append(
        "| "
          + ([code(change.path).replacing("|", with: "\\|")] + cells.map(MarkdownText.cell)).joined(
            separator: " | ")
          + " |")
    }
    return lines.joined(separator: "\n")
  }

  /// A code span whose fence is longer than any run of backticks in the text.
  private func code(_ text: String) -> String {
    let text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    guard text.contains("`") else { return "`\(text)`" }
    var fence = "``"
    while text.contains(fence) { fence += "`" }
    return "\(fence) \(text) \(fence)"
  }
}
