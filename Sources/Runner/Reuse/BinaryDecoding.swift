// Codable values back from bytes: what the cache reads, and trusts in nothing.

/// Reads what `BinaryEncoding` wrote. Whatever does not fit ends in an error, never in another value.
enum BinaryDecoding {
  struct Corrupt: Error {}

  static func value<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    let source = Source(bytes)
    let value = try source.read(type)
    guard source.isAtEnd else { throw Corrupt() }
    return value
  }

  final class Source {
    private let bytes: [UInt8]
    private var position = 0
    /// Where the innermost nested value ends.
    private var end: Int
    private var depth = 0
    private static let maximumDepth = 64

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      end = bytes.count
    }

    var isAtEnd: Bool { position >= end }

    func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let scalar: Any?
      if type == String.self {
        scalar = try text()
      } else if type == Double.self {
        scalar = Double(bitPattern: try fixed())
      } else if type == Int.self {
        scalar = Int(truncatingIfNeeded: try fixed())
      } else if type == Bool.self {
        scalar = try flag()
      } else {
        scalar = nil
      }
      if let scalar {
        guard let value = scalar as? Value else { throw Corrupt() }
        return value
      }
      return try nested(type)
    }

    private func nested<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let length = try length()
      guard depth < Self.maximumDepth else { throw Corrupt() }
      let outer = end
      end = position + length
      depth += 1
      defer {
        end = outer
        depth -= 1
      }
      let value = try Value(from: BinaryDecoder(source: self))
      guard position == end else { throw Corrupt() }
      return value
    }

    func text() throws -> String {
      let length = try length()
      let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
      position += length
      return text
    }

    private func length() throws -> Int {
      guard let length = Int(exactly: try fixed()), length <= end - position else { throw Corrupt() }
      return length
    }

    private func fixed() throws -> UInt64 {
      guard end - position >= 8 else { throw Corrupt() }
      var value: UInt64 = 0
      for index in 0..<8 { value |= UInt64(bytes[position + index]) << (8 * UInt64(index)) }
      position += 8
      return value
    }

    private func flag() throws -> Bool {
      guard position < end, bytes[position] <= 1 else { throw Corrupt() }
      position += 1
      return bytes[position - 1] == 1
    }

    /// The key that comes next, without passing it.
    func nextKey() -> String? {
      let start = position
      defer { position = start }
      return isAtEnd ? nil : try? text()
    }

    func pass(_ key: String) throws {
      guard try text() == key else { throw Corrupt() }
    }
  }
}

private struct BinaryDecoder: Decoder {
  let source: BinaryDecoding.Source
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyedSource<Key>(source: source))
  }
  func unkeyedContainer() -> any UnkeyedDecodingContainer { UnkeyedSource(source: source) }
  func singleValueContainer() -> any SingleValueDecodingContainer { SingleSource(source: source) }
}

private struct KeyedSource<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let source: BinaryDecoding.Source
  var codingPath: [any CodingKey] { [] }

  /// The next key alone: enumerations have one, and structures do not ask.
  var allKeys: [Key] { source.nextKey().flatMap(Key.init(stringValue:)).map { [$0] } ?? [] }

  func contains(_ key: Key) -> Bool { source.nextKey() == key.stringValue }
  func decodeNil(forKey key: Key) throws -> Bool { false }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try source.pass(key.stringValue)
    return try source.read(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try source.pass(key.stringValue)
    return KeyedDecodingContainer(KeyedSource<Nested>(source: source))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try source.pass(key.stringValue)
    return UnkeyedSource(source: source)
  }
  func superDecoder() throws -> any Decoder { throw BinaryDecoding.Corrupt() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw BinaryDecoding.Corrupt() }
}

private struct UnkeyedSource: UnkeyedDecodingContainer {
  let source: BinaryDecoding.Source
  var codingPath: [any CodingKey] { [] }
  var count: Int? { nil }
  private(set) var currentIndex = 0
  var isAtEnd: Bool { source.isAtEnd }

  init(source: BinaryDecoding.Source) { self.source = source }

  mutating func decodeNil() throws -> Bool { false }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    currentIndex += 1
    return try source.read(type)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { throw BinaryDecoding.Corrupt() }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw BinaryDecoding.Corrupt()
  }
  mutating func superDecoder() throws -> any Decoder { throw BinaryDecoding.Corrupt() }
}

private struct SingleSource: SingleValueDecodingContainer {
  let source: BinaryDecoding.Source
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { false }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard type == String.self || type == Double.self || type == Int.self || type == Bool.self else {
      throw BinaryDecoding.Corrupt()
    }
    return try source.read(type)
  }
}
