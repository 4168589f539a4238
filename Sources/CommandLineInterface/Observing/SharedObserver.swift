// Several observers of one run.

import Directives

/// Passes everything on to each of its observers.
struct SharedObserver: RunObserver {
  let observers: [any RunObserver]

  var needsOrder: Bool { observers.contains(where: \.needsOrder) }

  func began(_ stage: RunStage) { for observer in observers { observer.began(stage) } }
  func advanced(to share: Double) { for observer in observers { observer.advanced(to: share) } }
  func ended(_ stage: RunStage) { for observer in observers { observer.ended(stage) } }
}
