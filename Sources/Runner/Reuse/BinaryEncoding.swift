// Codable values as bytes, without Foundation: what the cache writes.

/// Writes values in the order in which they encode themselves: keys by name, nested values behind their length.
enum BinaryEncoding {
  /// - Throws: where a value is of a type that results do not hold.
  static func bytes<Value: Encodable>(of value: Value) throws -> [UInt8] {
    let sink = Sink()
    try sink.write(value)
    return sink.bytes
  }

  struct Unsupported: Error {
    let type: String
  }

  final class Sink {
    fileprivate(set) var bytes: [UInt8] = []

    func write<Value: Encodable>(_ value: Value) throws {
      if let text = value as? String {
        write(text)
      } else if let number = value as? Double {
        write(fixed: number.bitPattern)
      } else if let integer = value as? Int {
        write(fixed: UInt64(bitPattern: Int64(integer)))
      } else if let flag = value as? Bool {
        bytes.append(flag ? 1 : 0)
      } else {
        let start = bytes.count
        write(fixed: 0)
        try value.encode(to: BinaryEncoder(sink: self))
        let length = UInt64(bytes.count - start - 8)
        for index in 0..<8 { bytes[start + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt64(index))) }
      }
    }

    func write(_ text: String) {
      let utf8 = text.utf8
      write(fixed: UInt64(utf8.count))
      bytes += utf8
    }

    private func write(fixed value: UInt64) {
      for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))) }
    }
  }
}

private struct BinaryEncoder: Encoder {
  let sink: BinaryEncoding.Sink
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedSink<Key>(sink: sink))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { UnkeyedSink(sink: sink) }
  func singleValueContainer() -> any SingleValueEncodingContainer { SingleSink(sink: sink) }
}

private struct KeyedSink<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: BinaryEncoding.Sink
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) throws { throw BinaryEncoding.Unsupported(type: "nil") }

  mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    sink.write(key.stringValue)
    try sink.write(value)
  }

  /// The cases of an enumeration: the rest of its bytes.
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    sink.write(key.stringValue)
    return KeyedEncodingContainer(KeyedSink<Nested>(sink: sink))
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    sink.write(key.stringValue)
    return UnkeyedSink(sink: sink)
  }
  mutating func superEncoder() -> any Encoder { BinaryEncoder(sink: sink) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { BinaryEncoder(sink: sink) }
}

private struct UnkeyedSink: UnkeyedEncodingContainer {
  let sink: BinaryEncoding.Sink
  var codingPath: [any CodingKey] { [] }
  private(set) var count = 0

  init(sink: BinaryEncoding.Sink) { self.sink = sink }

  mutating func encodeNil() throws { throw BinaryEncoding.Unsupported(type: "nil") }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    count += 1
    try sink.write(value)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(KeyedSink<Nested>(sink: sink)) }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { UnkeyedSink(sink: sink) }
  mutating func superEncoder() -> any Encoder { BinaryEncoder(sink: sink) }
}

private struct SingleSink: SingleValueEncodingContainer {
  let sink: BinaryEncoding.Sink
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() throws { throw BinaryEncoding.Unsupported(type: "nil") }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    // Anything else would encode itself by this container again.
    guard value is String || value is Double || value is Int || value is Bool else {
      throw BinaryEncoding.Unsupported(type: "\(Value.self)")
    }
    try sink.write(value)
  }
}
