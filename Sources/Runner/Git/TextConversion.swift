// Results and figures as text that git can compare line by line.

import DataTables
import Presentation

/// What `git diff` shows instead of a file's own lines.
public enum TextConversion {
  /// A results file as one line per quantity, limits beside what they limit; a figure as its words; anything else
  /// as it is.
  public static func text(_ bytes: [UInt8], path: String) -> [UInt8] {
    if let snapshot = ResultSnapshot(bytes) { return Array(results(snapshot).utf8) }
    let text = String(decoding: bytes, as: UTF8.self)
    let isFigure = path.hasSuffix(".svg") || text.hasPrefix("<svg") || text.hasPrefix("<?xml")
    return isFigure ? Array(figure(text, bytes).utf8) : bytes
  }

  private static func results(_ snapshot: ResultSnapshot) -> String {
    var lines: [String] = []
    for (path, value) in snapshot.values {
      if let estimate = ResultName(path).estimate, snapshot.values[estimate] != nil { continue }
      let limits = [path + ".lower", path + ".upper"].compactMap { snapshot.values[$0].map(text) }
      lines.append("\(path): \(text(value))" + (limits.isEmpty ? "" : " (\(limits.joined(separator: ", ")))"))
    }
    return lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { $0 + "\n" }.joined()
  }

  private static func text(_ value: JSONValue) -> String {
    if case .text(let text) = value { text } else { value.compactText }
  }

  /// Title, description and words in their order; a digest stands for the shapes.
  private static func figure(_ text: String, _ bytes: [UInt8]) -> String {
    var lines: [String] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let between = rest[..<open].split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if !between.isEmpty { lines.append(unescaped(between)) }
      rest = rest[rest.index(after: close)...]
    }
    lines.append("drawing \(FileDigest.sha256(bytes).prefix(12))")
    return lines.map { $0 + "\n" }.joined()
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
