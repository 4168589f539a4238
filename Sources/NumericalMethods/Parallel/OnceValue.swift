// A value that is computed at most once, by whoever asks first.

import Synchronization

/// A place for a value that not everybody needs. Copies of a struct that holds one share it.
public final class OnceValue<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  /// A place without a value yet.
  public init() {}

  /// The value; `compute` is called unless it has been before.
  public func value<Failure: Error>(_ compute: () throws(Failure) -> Value) throws(Failure) -> Value {
    if let known = stored.withLock({ $0 }) { return known }
    // Two that ask at once compute the same; neither waits for the other.
    let computed = try compute()
    stored.withLock { $0 = computed }
    return computed
  }
}
