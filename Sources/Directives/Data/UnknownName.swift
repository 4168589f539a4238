// What a name was meant for that no column has.

import Diagnostics
import Expressions

/// The remedy of a name that is no column.
enum UnknownName {
  /// - Parameter names: the columns, and whatever else may stand there.
  static func remedy(for use: Expression.NameUse, among names: [String]) -> String? {
    if let near = NearMiss.remedy(for: use.name, among: names) { return near }
    if let list = list(use.name, among: names) { return list }
    return isCompared(use.range) ? "text stands in quotes: \"\(use.name)\"" : nil
  }

  /// Several columns without the brackets of a list.
  static func list(_ name: String, among names: [String]) -> String? {
    let items = name.split { $0 == "," || $0 == ";" }.map { $0.split(separator: " ").joined(separator: " ") }
    guard items.count > 1, items.contains(where: names.contains) else { return nil }
    return "write a list: [\(items.joined(separator: ", "))]"
  }

  /// Whether `==` or `!=` stands right before it.
  private static func isCompared(_ range: SourceRange) -> Bool {
    let bytes = range.file.bytes
    var end = range.bytes.lowerBound
    while end > 0, bytes[end - 1] == 0x20 { end -= 1 }
    return end >= 2 && bytes[end - 1] == UInt8(ascii: "=")
      && [UInt8(ascii: "="), UInt8(ascii: "!")].contains(bytes[end - 2])
  }
}
