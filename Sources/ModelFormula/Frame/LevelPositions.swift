// Finding levels by their text.

/// The positions of levels, by their exact spelling first: two levels that look alike but are written with
/// other code points stay two. Where the exact spelling is not found, one that looks alike is taken.
struct LevelPositions {
  private var exact: [ExactText: Int] = [:]
  private var alike: [String: Int] = [:]

  init(_ levels: [String]) {
    for (position, level) in levels.enumerated() {
      if exact[ExactText(level)] == nil { exact[ExactText(level)] = position }
      if alike[level] == nil { alike[level] = position }
    }
  }

  subscript(level: String) -> Int? { exact[ExactText(level)] ?? alike[level] }
}

/// A text compared code unit by code unit; Swift's own comparison takes é and e with an accent for equal.
private struct ExactText: Hashable {
  private let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for unit in text.utf8 { hasher.combine(unit) }
  }
}
