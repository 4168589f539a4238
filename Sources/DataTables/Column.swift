// One column of a table: its values, type, levels and what the dictionary says about it.

/// An immutable column; copies share their values.
public struct Column: Sendable {
  /// The name in the file's header, or the one it was derived under.
  public let name: String
  /// What the values are.
  public let type: ColumnType
  /// What the dictionary says about the column.
  public let metadata: ColumnMetadata
  /// The values, one per row.
  public let storage: ColumnStorage
  /// What the codes of text and factors stand for; empty for other types.
  public let levels: [String]
  /// Rows without a value.
  public let missingCount: Int

  init(
    name: String, type: ColumnType, storage: ColumnStorage, levels: [String] = [],
    metadata: ColumnMetadata = ColumnMetadata(), missingCount: Int? = nil
  ) {
    self.name = name
    self.type = type
    self.storage = storage
    self.levels = levels
    self.metadata = metadata
    self.missingCount = missingCount ?? storage.missingCount
  }

  /// Number of rows.
  public var count: Int { storage.count }

  /// The words to print for the column: the dictionary's label, else its name.
  public var label: String { metadata.label ?? name }

  /// The code of the level that others are compared with: the one the dictionary names, else the first;
  /// `nil` for columns without levels.
  public var referenceCode: Int32? {
    guard type.hasLevels, !levels.isEmpty else { return nil }
    if let reference = metadata.reference, let code = code(ofLevel: reference) { return code }
    return 0
  }

  /// The code of a level, `nil` if there is no such level. Costs a walk over the levels.
  public func code(ofLevel level: String) -> Int32? {
    levels.firstIndex(of: level).map { Int32(truncatingIfNeeded: $0) }
  }

  /// The code of a level, or of the level that the dictionary's label of a value stands for.
  public func code(ofLevelOrValue text: String) -> Int32? {
    code(ofLevel: text) ?? metadata.label(ofCode: text).flatMap { code(ofLevel: $0) }
  }

  /// The same values under another name.
  public func renamed(_ name: String) -> Column {
    Column(
      name: name, type: type, storage: storage, levels: levels, metadata: metadata, missingCount: missingCount
    )
  }

  /// The same values with other metadata; `levels` of the metadata are not applied here.
  public func describing(_ metadata: ColumnMetadata) -> Column {
    Column(
      name: name, type: type, storage: storage, levels: levels, metadata: metadata, missingCount: missingCount
    )
  }

  /// A column of the same kind whose rows hold the bytes given; itself where it is not stored in bytes.
  public func distinct(bytes: [UInt8]) -> Column {
    guard case .uint8 = storage else { return self }
    return Column(name: name, type: type, storage: .uint8(bytes), levels: levels, metadata: metadata)
  }

  func gathering(_ rows: [Int32]) -> Column {
    Column(name: name, type: type, storage: storage.gathering(rows), levels: levels, metadata: metadata)
  }
}
