// How much memory a large file will take, estimated from its beginning before it is read.

extension CSVSource {
  /// Files smaller than this always fit.
  private static let largeSize = 1 << 28
  private static let sampleSize = 1 << 20
  /// A compressed table is about so many times as large in the clear.
  private static let usualCompression = 5

  /// Rows and bytes of the columns asked for, from the first megabyte; `nil` for small files, and where the beginning
  /// cannot be read as a table.
  public func extent(columns: Set<String>?) -> DataExtent? {
    guard case .file(let path) = content, let size = FileBytes.size(path), size >= Self.largeSize else {
      return nil
    }
    guard let (bytes, _) = try? FileBytes.open(path, prefix: Self.sampleSize) else { return nil }
    var length = min(Self.sampleSize, bytes.count)
    while length > 0, bytes.base[length - 1] != 0x0A { length -= 1 }
    let sample = FileBytes(Array(UnsafeBufferPointer(start: bytes.base, count: length)))
    let reader = CSVReader(
      bytes: sample, file: nil, name: name, path: displayPath, options: options, threads: 1)
    guard let table = try? reader.read(columns: columns).table, table.rowCount > 0 else { return nil }
    let isCompressed = FileBytes.isCompressed(path)
    let total = isCompressed ? size * Self.usualCompression : size
    let rows = Int(Double(total) / Double(length) * Double(table.rowCount))
    let width = table.columns.reduce(0) { $0 + $1.storage.width }
    return DataExtent(rowCount: rows, columnBytes: rows * width)
  }
}

extension ColumnStorage {
  /// Bytes per value.
  var width: Int {
    switch self {
    case .uint8: 1
    case .int16: 2
    case .int32: 4
    case .double: 8
    }
  }
}
