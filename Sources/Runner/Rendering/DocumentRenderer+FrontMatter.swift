// The front matter in `output/`: the author's keys, with the abstract's values filled in.

import AnalysisDocument

extension DocumentRenderer {
  /// Removes Meier's own keys and prints the abstract's values. An in-place run leaves the front matter as it is.
  func addFrontMatter(_ rendered: inout Rendered) {
    guard options.mode != .inPlace, let frontMatter = prepared.document.frontMatter,
      let mapping = frontMatter.options
    else { return }
    let own = mapping.entries.filter { DocumentSettings.keys.contains($0.key.string) }
    if !own.isEmpty, own.count == mapping.entries.count, !prepared.settings.echoesDirectives {
      rendered.edits.append(Edit(range: withFollowingBlankLine(frontMatter.range), replacement: []))
      return
    }
    if !prepared.settings.echoesDirectives {
      for entry in own { rendered.edits.append(Edit(range: lines(of: entry), replacement: [])) }
    }
    for edit in values.abstractEdits() { rendered.edits.append(edit) }
  }

  /// The whole lines of an entry.
  private func lines(of entry: OptionMapping.Entry) -> Range<Int> {
    let file = prepared.file
    let first = file.line(at: entry.key.range().bytes.lowerBound)
    let last = file.line(at: max(entry.value.range.bytes.upperBound - 1, entry.key.range().bytes.lowerBound))
    let end = last < file.lineCount ? file.lineStarts[last] : file.bytes.count
    return file.lineStarts[first - 1]..<end
  }

  private func withFollowingBlankLine(_ range: Range<Int>) -> Range<Int> {
    let file = prepared.file
    let line = file.line(at: range.upperBound)
    guard range.upperBound == file.lineStarts[line - 1], line < file.lineCount, file.lineRange(line).isEmpty
    else { return range }
    return range.lowerBound..<file.lineStarts[line]
  }
}
