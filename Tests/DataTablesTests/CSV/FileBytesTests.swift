// Bytes from files: mapped, read, inflated.

import Czlib
import Diagnostics
import Testing

@testable import DataTables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is gone when the test is.
final class TemporaryFile {
  let path: String

  init(_ bytes: [UInt8]) throws {
    var template = Array("/tmp/datatables-XXXXXX".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    try #require(descriptor >= 0)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var offset = 0
    while offset < bytes.count {
      let written = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      try #require(written > 0)
      offset += written
    }
    close(descriptor)
  }

  deinit { unlink(path) }
}

func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  try #require(
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)
    )
      == Z_OK)
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + 1000)
  let count = input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      _ = deflate(&stream, Z_FINISH)
      return output.count - Int(stream.avail_out)
    }
  }
  return Array(output.prefix(count))
}

struct FileBytesTests {
  /// A table of exactly so many bytes, its last field `tail` digits long.
  private func csv(size: Int, endsLine: Bool) -> [UInt8] {
    var bytes = Array("a,b\n".utf8)
    let line = Array("1,some text of a row\n".utf8)
    while bytes.count + line.count * 2 < size { bytes += line }
    bytes += Array("7,".utf8)
    while bytes.count < size - (endsLine ? 1 : 0) { bytes.append(0x78) }
    if endsLine { bytes.append(0x0A) }
    return bytes
  }

  @Test(
    "Files around a multiple of the page size, with and without a final line end",
    arguments: [-17, -16, -1, 0, 1])
  func pageMultiples(_ difference: Int) throws {
    for endsLine in [true, false] {
      let bytes = csv(size: (1 << 20) + 4096 * 3 + difference, endsLine: endsLine)
      let file = try TemporaryFile(bytes)
      let table = try CSVSource(file: file.path, name: "t").read(columns: nil, threads: 2).table
      let fromMemory = try reading(bytes).table
      #expect(table.rowCount == fromMemory.rowCount)
      #expect(table["a"]?.number(table.rowCount - 1) == 7)
      #expect(table["b"]?.levels == fromMemory["b"]?.levels)
      #expect(
        table.origin?.location(row: table.rowCount - 1, column: "b").start
          == SourcePosition(line: table.rowCount + 1, column: 3))
    }
  }

  @Test("Bytes end in a line feed and have room behind them")
  func promises() {
    for text in ["", "a", "a\n", "a\r"] {
      let bytes = FileBytes(Array(text.utf8))
      #expect(bytes.count == 0 || bytes.base[bytes.count - 1] == 0x0A)
      #expect((0..<FileBytes.slack).allSatisfy { bytes.base[bytes.count + $0] == 0 })
    }
  }

  @Test("Compressed files read as if they were not, in several members too")
  func gzip() throws {
    let text = "a,b\n" + (0..<5000).map { "\($0),x\($0 % 7)\n" }.joined()
    let halves = [Array(text.utf8.prefix(20_000)), Array(text.utf8.dropFirst(20_000))]
    for compressed in [try gzipped(Array(text.utf8)), try gzipped(halves[0]) + gzipped(halves[1])] {
      let file = try TemporaryFile(compressed)
      let source = CSVSource(file: file.path, name: "t")
      #expect(try source.columnNames() == ["a", "b"])
      let table = try source.read(columns: nil, threads: 2).table
      #expect(table.rowCount == 5000)
      #expect(table["a"]?.number(4999) == 4999)
      #expect(table.origin?.location(row: 4999, column: "b").start == SourcePosition(line: 5001, column: 6))
    }
  }

  @Test("A damaged compressed file is a fault, not a short table")
  func damagedGzip() throws {
    let compressed = try gzipped(
      Array(("a,b\n" + (0..<3000).map { "\($0),\($0 * 7919 % 1009)\n" }.joined()).utf8))
    var flipped = compressed
    flipped[compressed.count / 2] ^= 0xFF
    for bytes in [
      Array(compressed.dropLast(20)), Array(compressed.prefix(2)), Array(compressed.prefix(12)), flipped,
    ] {
      let file = try TemporaryFile(bytes)
      do {
        _ = try CSVSource(file: file.path, name: "t").read()
        Issue.record("read")
      } catch {
        #expect(error.diagnostics.map(\.code) == [.unreadableFile])
      }
    }
  }

  @Test("A file that was changed since gives no position but still a line")
  func changedFile() throws {
    let file = try TemporaryFile(Array("a,b\n1,2\n3,4\n".utf8))
    let table = try CSVSource(file: file.path, displayPath: "d.csv", name: "t").read().table
    #expect(table.origin?.location(row: 1, column: "b").start == SourcePosition(line: 3, column: 3))
    let descriptor = open(file.path, O_WRONLY | O_TRUNC)
    let changed = Array("a,b\n1,2\n33333,4\n".utf8)
    #expect(write(descriptor, changed, changed.count) == changed.count)
    close(descriptor)
    #expect(table.origin?.location(row: 1, column: "b").start == SourcePosition(line: 3, column: 1))
  }

  @Test("The SHA-256 of a file")
  func digest() throws {
    let file = try TemporaryFile(Array("abc".utf8))
    // FIPS 180-2, appendix B.1
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try FileDigest.sha256(file: file.path) == expected)
    #expect(FileDigest.sha256(Array("abc".utf8)) == expected)
    #expect(throws: DiagnosticList.self) { try FileDigest.sha256(file: "/nonexistent") }
    #expect(throws: DiagnosticList.self) { try FileDigest.sha256(file: "/tmp") }
  }
}
