// What a column holds, to the last bit and in the order of its rows: to know a computation again.

import Crypto

extension Column {
  /// SHA-256 over all that an analysis can see of the column: name, type, dictionary, levels, values, their order.
  ///
  /// The fingerprint forgives another order of the rows, for it says whether data changed; this forgives nothing,
  /// for it says whether a result may be used again.
  public func exactDigest() -> String {
    var hash = SHA256()
    func update(_ text: String) {
      let bytes = Array(text.utf8)
      hash.update(data: Array("\(bytes.count):".utf8) + bytes)
    }
    func update(_ text: String?) { if let text { update("+" + text) } else { update("-") } }
    func update(_ texts: [String]) {
      update("\(texts.count)")
      for text in texts { update(text) }
    }
    update("\(name)")
    update("\(type)")
    update(metadata.label)
    update(metadata.unit)
    update(metadata.reference)
    update(metadata.levels == nil ? "-" : "+")
    update(metadata.levels ?? [])
    update(metadata.codes == nil ? "-" : "+")
    for codes in metadata.codes ?? [] { update(codes) }
    update(metadata.missingCodes)
    update(metadata.digits.map { String($0) })
    update(metadata.per.map { $0.description })
    update(levels)
    func update<Value>(_ kind: String, _ values: [Value]) {
      update("\(kind) \(values.count)")
      values.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    switch storage {
    case .uint8(let values): update("uint8", values)
    case .int16(let values): update("int16", values)
    case .int32(let values): update("int32", values)
    case .double(let values): update("double", values)
    }
    return Hexadecimal.text(hash.finalize())
  }
}

extension RowOrigin {
  /// SHA-256 over what a message or a result can say about where the rows stand.
  public func exactDigest() -> String {
    var hash = SHA256()
    hash.update(data: Array((path + "\n").utf8))
    for shift in lines.shifts { hash.update(data: Array("\(shift.row) \(shift.offset)\n".utf8)) }
    if let fileRows {
      hash.update(data: Array("rows \(fileRows.count)\n".utf8))
      fileRows.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    return Hexadecimal.text(hash.finalize())
  }
}

extension DataTable {
  /// The named columns alone, as if the source had no others.
  public func isolating(_ names: Set<String>) -> DataTable {
    let kept = columns.filter { names.contains($0.name) }
    let isolated = try? DataTable(name: name, columns: kept, rowCount: rowCount, origin: origin)
    return isolated ?? selecting(names)
  }
}
