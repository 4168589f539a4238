// Inflating gzip files.

import Czlib

enum Gzip {
  /// What a compressed file may grow to: a guard against files made to fill the memory.
  private static let limit = 1 << 36

  /// Inflates all members of a gzip file, or no more of them than `prefix` bytes need.
  static func inflate(
    _ bytes: UnsafeBufferPointer<UInt8>, prefix: Int? = nil
  ) throws(FileBytes.Failure) -> (start: UnsafeMutablePointer<UInt8>, count: Int) {
    var capacity = min(max(bytes.count * 4, 1 << 16), prefix ?? .max)
    var output = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + 1 + FileBytes.slack)
    var count = 0
    var stream = z_stream()
    guard
      let source = bytes.baseAddress,
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      output.deallocate()
      throw .corruptCompression
    }
    defer { inflateEnd(&stream) }
    var consumed = 0
    var finished = false
    while !finished, count < prefix ?? .max {
      if count == capacity {
        guard capacity < limit else {
          output.deallocate()
          throw .tooLarge
        }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + 1 + FileBytes.slack)
        larger.update(from: output, count: count)
        output.deallocate()
        output = larger
        capacity *= 2
      }
      let offered = min(bytes.count - consumed, 1 << 30)
      let room = min(capacity - count, 1 << 30)
      stream.next_in = UnsafeMutablePointer(mutating: source + consumed)
      stream.avail_in = UInt32(offered)
      stream.next_out = output + count
      stream.avail_out = UInt32(room)
      let status = Czlib.inflate(&stream, Z_NO_FLUSH)
      let eaten = offered - Int(stream.avail_in)
      let made = room - Int(stream.avail_out)
      consumed += eaten
      count += made
      switch status {
      case Z_STREAM_END:
        // Members may follow one another; anything else after the last is padding.
        let hasMore = consumed + 1 < bytes.count && source[consumed] == 0x1F && source[consumed + 1] == 0x8B
        finished = !hasMore
        if hasMore, inflateReset(&stream) != Z_OK { finished = true }
      case Z_OK where eaten > 0 || made > 0: break
      default:
        output.deallocate()
        throw .corruptCompression
      }
    }
    return (output, FileBytes.terminate(output, count: count))
  }
}
