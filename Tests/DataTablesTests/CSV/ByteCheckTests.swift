// UTF-8 and NUL.

import Testing

@testable import DataTables

struct ByteCheckTests {
  private func isValid(_ bytes: [UInt8]) -> Bool {
    let file = FileBytes(bytes)
    return ByteCheck.firstFault(file, in: 0..<file.count) == nil
  }

  @Test("Every scalar is valid, every surrogate and overlong form is not")
  func scalars() {
    for value in stride(from: UInt32(1), through: 0x10FFFF, by: 7) {
      if let scalar = Unicode.Scalar(value), !isValid(Array(String(Character(scalar)).utf8)) {
        Issue.record("U+\(String(value, radix: 16))")
      }
    }
    for bytes: [UInt8] in [
      [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xC3], [0xE2, 0x82], [0xC3, 0x28], [0xFF],
      [0],
    ] {
      #expect(!isValid(bytes), "\(bytes)")
      #expect(!isValid(Array("some text before ".utf8) + bytes + Array(" and after".utf8)), "\(bytes)")
    }
  }

  @Test("Parts see together what the whole sees, wherever they are cut")
  func parts() {
    var generator = SeededGenerator(3)
    let pieces: [[UInt8]] = [
      [0x61], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0x80], [0xC3], [0x0A],
      [0xE2, 0x82],
      [0x62], [0x63],
    ]
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        bytes += pieces.randomElement(using: &generator) ?? []
      }
      let file = FileBytes(bytes)
      let whole = ByteCheck.firstFault(file, in: 0..<file.count)
      let size = Int.random(in: 1...5, using: &generator)
      let first = stride(from: 0, to: file.count, by: size).lazy
        .compactMap { ByteCheck.firstFault(file, in: $0..<min($0 + size, file.count)) }.first
      if (whole == nil) != (first == nil) { Issue.record("\(bytes) in parts of \(size)") }
      if whole == nil, String(validating: bytes, as: UTF8.self) == nil { Issue.record("\(bytes)") }
      if whole != nil, String(validating: bytes, as: UTF8.self) != nil { Issue.record("\(bytes)") }
    }
  }
}
