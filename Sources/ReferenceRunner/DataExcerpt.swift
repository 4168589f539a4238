// The first rows of a data file, for the cases that use no more.

extension ReferenceCase {
  /// The number in a condition `row<=`, if the case has one.
  var rowLimit: Int? {
    (spec["subset"]?.elements ?? []).first { $0["op"]?.string == "row<=" }?["value"]?.number.map { Int($0) }
  }
}

enum DataExcerpt {
  /// Head and the first `rows` records; a line break within quotes does not end a record.
  static func first(_ rows: Int, of bytes: [UInt8]) -> [UInt8] {
    var records = 0
    var isQuoted = false
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard byte == UInt8(ascii: "\n"), !isQuoted else { continue }
      records += 1
      if records > rows { return Array(bytes[...index]) }
    }
    return bytes
  }
}
