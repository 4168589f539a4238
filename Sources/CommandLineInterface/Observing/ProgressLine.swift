// One line on a terminal that says what a long run is doing, how far it is, and how long it may still take.

import Directives
import Runner
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Shows progress once a document has taken a second; takes the line away between stages.
final class ProgressLine: RunObserver {
  private struct State: Sendable {
    /// The document that is run, as messages name it, and when it was begun.
    var document = ""
    var start = ResourceUse.wallTime
    var stages: [RunStage] = []
    var share = 0.0
    var isShown = false

    /// Between stages others write to the terminal.
    mutating func hide() {
      if isShown { Reporter.write("\r\u{1B}[K", to: 2) }
      isShown = false
      Interruption.erasesLine.store(false, ordering: .relaxed)
    }

    mutating func show() {
      let elapsed = ResourceUse.wallTime - start
      guard !stages.isEmpty, elapsed >= ProgressLine.patience else { return }
      Interruption.erasesLine.store(true, ordering: .relaxed)
      isShown = true
      Reporter.write("\r" + ProgressLine.line(document, stages, share, elapsed) + "\u{1B}[K", to: 2)
    }
  }

  private static let patience = 1.0
  private static let interval: UInt32 = 200_000

  private let state = Mutex(State())

  func began(_ stage: RunStage) {
    state.withLock { state in
      if stage.name == "parse" {
        state.document = stage.subject
        state.start = ResourceUse.wallTime
      }
      state.stages.append(stage)
      state.share = 0
    }
  }

  func advanced(to share: Double) { state.withLock { $0.share = max($0.share, share) } }

  func ended(_ stage: RunStage) {
    state.withLock { state in
      if let open = state.stages.lastIndex(of: stage) { state.stages.removeSubrange(open...) }
      state.share = 0
      if state.stages.isEmpty { state.hide() }
    }
  }

  /// Begins to watch the clock, on a thread that ends with the process.
  func watch() {
    let context = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      var thread: pthread_t?
      let failed = pthread_create(&thread, nil, { progressMain($0) }, context.toOpaque())
      if failed == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let failed = pthread_create(&thread, nil, { progressMain($0) }, context.toOpaque())
      if failed == 0 { pthread_detach(thread) }
    #endif
    if failed != 0 { context.release() }
  }

  fileprivate func showForever() {
    while true {
      usleep(Self.interval)
      state.withLock { $0.show() }
    }
  }

  /// `analyses/registry.md · 3 of 9 · cox prognosis · 4 s, about 8 s left`
  static func line(_ document: String, _ stages: [RunStage], _ share: Double, _ elapsed: Double) -> String {
    var parts = [document]
    if let stage = stages.last(where: { $0.depth == 0 }) {
      if stage.position > 0 { parts.append("\(stage.position) of \(stage.count)") }
      let part = stages.last.flatMap { $0.depth > 0 ? $0 : nil }
      var words = [stage.name, stage.subject].filter { !$0.isEmpty && $0 != document }
      if let part { words.append("(\(part.name))") }
      if share > 0 { words.append("\(Int((share * 100).rounded())) %") }
      parts.append(words.joined(separator: " "))
      parts.append("\(Int(elapsed)) s" + remaining(stage, share, elapsed))
    } else {
      parts.append("\(Int(elapsed)) s")
    }
    return parts.joined(separator: " · ")
  }

  /// Taken from the share of the directives that are done, once that is enough to go by.
  private static func remaining(_ stage: RunStage, _ share: Double, _ elapsed: Double) -> String {
    guard stage.position > 0, stage.count > 0 else { return "" }
    let done = (Double(stage.position - 1) + min(share, 1)) / Double(stage.count)
    guard done >= 0.05 else { return "" }
    return ", about \(Int((elapsed * (1 - done) / done).rounded(.up))) s left"
  }
}

private func progressMain(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let pointer { Unmanaged<ProgressLine>.fromOpaque(pointer).takeRetainedValue().showForever() }
  return nil
}
