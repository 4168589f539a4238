// The distinct texts of a column, numbered as they turn up.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open-addressing table from bytes to codes. It owns its tables, not the bytes the entries point at.
///
/// Texts of up to eight bytes, most of them in practice, are their own key: one comparison of a word finds
/// them. Longer ones have a mixed key and are compared byte by byte.
struct TextDictionary {
  struct Entry {
    var start: UnsafePointer<UInt8>
    var length: Int
    var key: UInt64

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: length) }
  }

  private struct Slot {
    var key: UInt64
    var length: Int32
    /// -1 where the slot is empty.
    var code: Int32
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var slotBits: UInt64
  private(set) var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity: Int
  private(set) var count = 0

  init(slotBits: UInt64 = 7) {
    self.slotBits = slotBits
    slots = .allocate(capacity: 1 << slotBits)
    slots.initialize(repeating: Slot(key: 0, length: 0, code: -1), count: 1 << slotBits)
    entryCapacity = 1 << (slotBits - 1)
    entries = .allocate(capacity: entryCapacity)
  }

  func deallocate() {
    slots.deallocate()
    entries.deallocate()
  }

  mutating func removeAll() {
    count = 0
    slots.update(repeating: Slot(key: 0, length: 0, code: -1), count: 1 << slotBits)
  }

  /// The key of bytes after which at least seven more can be read.
  @inline(__always)
  static func key(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let raw = UnsafeRawPointer(start)
    if length <= 8 {
      let word = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
      return length == 8 ? word : word & ((1 << UInt64(truncatingIfNeeded: length * 8)) &- 1)
    }
    var hash = UInt64(truncatingIfNeeded: length)
    var index = 0
    while index < length - 8 {
      hash = mix(hash ^ UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
      index += 8
    }
    return mix(hash ^ UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)))
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product >> 32)
  }

  /// The code of a text, a new one if it was not seen before.
  @inline(__always)
  mutating func code(key: UInt64, start: UnsafePointer<UInt8>, length: Int) -> Int32 {
    let mask = (1 << slotBits) &- 1
    let spread = (key ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
    var index = Int(truncatingIfNeeded: spread >> (64 &- slotBits))
    while true {
      let slot = slots[index]
      if slot.code < 0 { return insert(key: key, start: start, length: length, at: index) }
      if slot.key == key, Int(slot.length) == length,
        length <= 8 || memcmp(entries[Int(slot.code)].start, start, length) == 0
      {
        return slot.code
      }
      index = (index &+ 1) & Int(mask)
    }
  }

  @inline(never)
  private mutating func insert(
    key: UInt64, start: UnsafePointer<UInt8>, length: Int, at index: Int
  ) -> Int32 {
    let code = Int32(truncatingIfNeeded: count)
    if count == entryCapacity { growEntries() }
    (entries + count).initialize(to: Entry(start: start, length: length, key: key))
    slots[index] = Slot(key: key, length: Int32(truncatingIfNeeded: length), code: code)
    count += 1
    if count * 2 > 1 << slotBits { growSlots() }
    return code
  }

  private mutating func growEntries() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: entryCapacity * 2)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    entryCapacity *= 2
  }

  private mutating func growSlots() {
    slots.deallocate()
    slotBits += 1
    let capacity = 1 << slotBits
    slots = .allocate(capacity: Int(capacity))
    slots.initialize(repeating: Slot(key: 0, length: 0, code: -1), count: Int(capacity))
    for code in 0..<count {
      let entry = entries[code]
      let spread = (entry.key ^ UInt64(truncatingIfNeeded: entry.length)) &* 0x9E37_79B9_7F4A_7C15
      var index = Int(truncatingIfNeeded: spread >> (64 &- slotBits))
      while slots[index].code >= 0 { index = (index &+ 1) & Int(capacity &- 1) }
      slots[index] = Slot(
        key: entry.key, length: Int32(truncatingIfNeeded: entry.length), code: Int32(truncatingIfNeeded: code)
      )
    }
  }
}
