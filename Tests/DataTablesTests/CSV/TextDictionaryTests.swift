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

  @Test("Long texts with the same key are told apart by their bytes")
  func collision() {
    func mix(_ value: UInt64) -> UInt64 {
      let product = value &* 0x9E37_79B9_7F4A_7C15
      return product ^ (product >> 32)
    }
    func bytes(_ words: [UInt64]) -> [UInt8] {
      words.flatMap { word in (0..<8).map { UInt8(word >> ($0 * 8) & 0xFF) } }
    }
    // The second word is chosen so that it undoes the difference of the first.
    let firsts: [UInt64] = [0x6161_6161_6161_6161, 0x6161_6161_6161_6162]
    let second: UInt64 = 0x7A7A_7A7A_7A7A_7A7A
    let other = second ^ mix(16 ^ firsts[0]) ^ mix(16 ^ firsts[1])
    let file = FileBytes(bytes([firsts[0], second, firsts[1], other]))
    #expect(TextDictionary.key(file.base, 16) == TextDictionary.key(file.base + 16, 16))
    var dictionary = TextDictionary()
    defer { dictionary.deallocate() }
    for (start, code) in [(0, Int32(0)), (16, 1), (0, 0), (16, 1)] {
      let text = file.base + start
      #expect(dictionary.code(key: TextDictionary.key(text, 16), start: text, length: 16) == code)
    }
  }
}
