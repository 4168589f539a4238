// Fork–join over numbered chunks; results stand where their chunk stands.

/// Runs numbered pieces of work on several threads and waits for all of them. Nothing is kept between calls.
///
/// The pieces are handed out in order to whichever thread is free; a result depends on its chunk number only, so
/// what the caller combines in chunk order has the same bits for every thread count. The body may capture unsafe
/// pointers through `nonisolated(unsafe) let`, provided that each chunk writes to its own rows.
public enum Parallel {
  /// Calls `body` once for each number in `0..<chunks`, on at most `threads` threads, this one among them.
  public static func forEach(chunks: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
    guard chunks > 1, threads > 1 else {
      for chunk in 0..<Swift.max(0, chunks) { body(chunk) }
      return
    }
    withoutActuallyEscaping(body) { body in
      WorkQueue(count: chunks, body: body).run(helpers: Swift.min(threads, chunks) - 1)
    }
  }

  /// The results of `body` for `0..<chunks`, in that order.
  public static func map<Result: Sendable>(
    chunks: Int, threads: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    guard chunks > 1, threads > 1 else { return (0..<Swift.max(0, chunks)).map(body) }
    return [Result](unsafeUninitializedCapacity: chunks) { buffer, count in
      if let base = buffer.baseAddress {
        nonisolated(unsafe) let slots = base
        forEach(chunks: chunks, threads: threads) { (slots + $0).initialize(to: body($0)) }
        count = chunks
      }
    }
  }
}
