// Parsing a file in parts of fixed size.

import Synchronization

struct ChunkedParser {
  let bytes: FileBytes
  let dataStart: Int
  let chunkSize: Int
  let threads: Int
  var progress: @Sendable (Double) -> Void = { _ in }

  /// How far beyond its boundary a guessed part may look for its first line, and beyond its end for a quote.
  private static let reach = 1 << 22

  private var chunkCount: Int {
    let size = max(bytes.count - dataStart, 0)
    return max((size + chunkSize - 1) / max(chunkSize, 1), 1)
  }

  private func boundary(_ index: Int) -> Int { min(dataStart + index * chunkSize, bytes.count) }

  /// All parts in order, or the first byte that is no text.
  func parse(_ plan: ReadPlan) -> (chunks: [ChunkRows], fault: ByteCheck.Fault?) {
    let count = chunkCount
    let slots = Slots<(ChunkRows, ByteCheck.Fault?)>(count)
    let parsedCount = Atomic(0)
    Parallel.forEach(count, threads: threads) {
      WorkerBox(ChunkWorker(bytes: bytes, plan: plan))
    } _: { box, index in
      let range = boundary(index)..<boundary(index + 1)
      let fault = ByteCheck.firstFault(bytes, in: range)
      let start = index == 0 ? range.lowerBound : guessedStart(range.lowerBound, plan.delimiter)
      let limit = index == 0 ? bytes.count : min(range.upperBound + Self.reach, bytes.count)
      slots.set(index, (box.worker.parse(from: start, stop: range.upperBound, limit: limit), fault))
      bytes.letGo(range)
      progress(Double(parsedCount.add(1, ordering: .relaxed).newValue) / Double(count))
    }
    let parsed = slots.values()
    if let fault = parsed.lazy.compactMap(\.1).first { return ([], fault) }
    return (verified(parsed.map(\.0), plan), nil)
  }

  /// The same parts parsed with another plan: their starts are known now.
  func parse(_ plan: ReadPlan, again chunks: [ChunkRows]) -> [ChunkRows] {
    let slots = Slots<ChunkRows>(chunks.count)
    Parallel.forEach(chunks.count, threads: threads) {
      WorkerBox(ChunkWorker(bytes: bytes, plan: plan))
    } _: { box, index in
      slots.set(
        index, box.worker.parse(from: chunks[index].start, stop: boundary(index + 1), limit: bytes.count))
    }
    return slots.values()
  }

  /// The line start at or after a boundary, if the boundary lies in no quoted field.
  private func guessedStart(_ boundary: Int, _ delimiter: UInt8) -> Int {
    let scanner = FieldScanner(base: bytes.base, count: bytes.count, delimiter: delimiter)
    let limit = min(boundary + Self.reach, bytes.count)
    var position = boundary - 1
    while position < limit, !scanner.isLineEnd(bytes.base[position]) { position += 1 }
    return position < limit ? scanner.afterLineEnd(position) : bytes.count
  }

  /// Each part must begin where the one before ended; those that do not are parsed again from there.
  private func verified(_ parsed: [ChunkRows], _ plan: ReadPlan) -> [ChunkRows] {
    var chunks: [ChunkRows] = []
    chunks.reserveCapacity(parsed.count)
    var expected = dataStart
    var worker: ChunkWorker?
    for (index, chunk) in parsed.enumerated() {
      if chunk.start == expected, !chunk.isAbandoned {
        chunks.append(chunk)
      } else {
        let own = worker ?? ChunkWorker(bytes: bytes, plan: plan)
        worker = own
        chunks.append(own.parse(from: expected, stop: boundary(index + 1), limit: bytes.count))
      }
      expected = chunks[index].end
    }
    return chunks
  }
}

/// A worker on its way to the one thread that uses it.
private struct WorkerBox {
  let worker: ChunkWorker
  init(_ worker: ChunkWorker) { self.worker = worker }
}
