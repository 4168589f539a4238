// Parsing a part of a file: the buffers and the way in.

/// One thread's parser. Its buffers are used again for every part, so that they stay in the cache.
final class ChunkWorker {
  struct FieldState {
    var mode: ReadPlan.Mode
    /// Integers, days, or codes of texts, one per row.
    var integers: UnsafeMutablePointer<Int32>
    var doubles: UnsafeMutablePointer<Double>
    var dictionary: TextDictionary
    /// Texts whose doubled quotes had to be undone.
    var copies: [UnsafeMutablePointer<UInt8>]
  }

  let scanner: FieldScanner
  let plan: ReadPlan
  let states: UnsafeMutablePointer<FieldState>
  private(set) var capacity: Int
  /// Set by cells that need the full grammar, read once per row.
  var lineBreaks = 0
  var faults: [RowFault] = []
  var faultCount = 0

  init(bytes: FileBytes, plan: ReadPlan) {
    scanner = FieldScanner(base: bytes.base, count: bytes.count, delimiter: plan.delimiter)
    self.plan = plan
    capacity = 1 << 6
    states = .allocate(capacity: max(plan.fields.count, 1))
    for (index, field) in plan.fields.enumerated() {
      let isKept = field.mode != .skip
      (states + index).initialize(
        to: FieldState(
          mode: field.mode, integers: .allocate(capacity: isKept ? capacity : 0),
          doubles: .allocate(capacity: isKept ? capacity : 0),
          dictionary: TextDictionary(slotBits: isKept ? 7 : 1), copies: []))
    }
  }

  deinit {
    for index in plan.fields.indices {
      states[index].integers.deallocate()
      states[index].doubles.deallocate()
      states[index].dictionary.deallocate()
      for copy in states[index].copies { copy.deallocate() }
    }
    states.deinitialize(count: plan.fields.count)
    states.deallocate()
  }

  /// Parses the rows that begin in `start..<stop`. A quoted field that leads beyond `limit` abandons the part.
  func parse(from start: Int, stop: Int, limit: Int) -> ChunkRows {
    faults = []
    faultCount = 0
    for (index, field) in plan.fields.enumerated() {
      states[index].mode = field.mode
      if field.mode == .text { states[index].dictionary.removeAll() }
    }
    var rows = parseRows(from: start, stop: stop, limit: limit)
    rows.faults = faults
    rows.faultCount = faultCount
    if rows.isAbandoned {
      discardCopies()
    } else {
      rows.segments = plan.fields.indices.map { segment($0, rowCount: rows.rowCount) }
    }
    return rows
  }

  func report(_ kind: RowFault.Kind, row: Int, offset: Int) {
    faultCount += 1
    if faults.count < ChunkRows.keptFaults { faults.append(RowFault(kind: kind, row: row, offset: offset)) }
  }

  private func discardCopies() {
    for index in plan.fields.indices {
      for copy in states[index].copies { copy.deallocate() }
      states[index].copies = []
    }
  }

  /// Doubles the room for rows, of which `used` are filled.
  @inline(never)
  func grow(used: Int) {
    let larger = capacity * 2
    for (index, field) in plan.fields.enumerated() where field.mode != .skip {
      let integers = UnsafeMutablePointer<Int32>.allocate(capacity: larger)
      integers.update(from: states[index].integers, count: used)
      states[index].integers.deallocate()
      states[index].integers = integers
      let doubles = UnsafeMutablePointer<Double>.allocate(capacity: larger)
      if states[index].mode == .decimal { doubles.update(from: states[index].doubles, count: used) }
      states[index].doubles.deallocate()
      states[index].doubles = doubles
    }
    capacity = larger
  }
}
