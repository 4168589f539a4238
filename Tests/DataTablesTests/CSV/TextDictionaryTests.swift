// Texts and their codes.

import Testing

@testable import DataTables

struct TextDictionaryTests {
  @Test("Texts of every length up to forty, many of them alike but for a byte")
  func codes() {
    var bytes: [UInt8] = []
    var places: [(start: Int, length: Int)] = []
    for length in 0...40 {
      for variant in 0..<60 {
        var text = [UInt8](repeating: 0x61, count: length)
        if length > 0 { text[variant % length] = UInt8(0x62 + variant / max(length, 1) % 20) }
        places.append((bytes.count, length))
        bytes += text
      }
    }
    let file = FileBytes(bytes)
    var dictionary = TextDictionary()
    defer { dictionary.deallocate() }
    var known: [[UInt8]: Int32] = [:]
    for round in 0..<2 {
      for place in places {
        let start = file.base + place.start
        let code = dictionary.code(
          key: TextDictionary.key(start, place.length), start: start, length: place.length)
        let text = Array(UnsafeBufferPointer(start: start, count: place.length))
        if let expected = known[text] { #expect(code == expected) } else { #expect(round == 0) }
        known[text] = code
      }
    }
    #expect(dictionary.count == known.count)
    dictionary.removeAll()
    #expect(dictionary.count == 0)
    #expect(dictionary.code(key: TextDictionary.key(file.base, 0), start: file.base, length: 0) == 0)
  }
}
