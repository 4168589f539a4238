// Levels that a reader would take for one another.

/// Levels of a column, met in its rows, that differ in blanks at their ends or in capitals alone.
public struct SimilarLevels: Sendable {
  /// Of each family all levels but the one with most rows, by code, ascending.
  public let rarer: [Int32]
  /// Whether blanks are the only difference.
  public let differInBlanksAlone: Bool

  private static let mostLevelsCompared = 1_000

  /// `nil` without such levels; for levels that somebody listed, which are as they were meant; and for columns of very many
  /// levels, which are identifiers or free text.
  public init?(_ column: Column) {
    guard column.type == .text, column.metadata.levels == nil, column.levels.count <= Self.mostLevelsCompared
    else { return nil }
    var families: [String: [Int]] = [:]
    for (code, level) in column.levels.enumerated() {
      families[Self.withoutBlanks(level).lowercased(), default: []].append(code)
    }
    guard families.values.contains(where: { $0.count > 1 }) else { return nil }
    let counts = column.levelCounts()
    var rarer: [Int32] = []
    var blanksAlone = true
    for family in families.values {
      let met = family.filter { counts[$0] > 0 }
      guard met.count > 1, let usual = met.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else { continue }
      rarer += met.filter { $0 != usual }.map { Int32(clamping: $0) }
      if Set(met.map { Self.withoutBlanks(column.levels[$0]) }).count > 1 { blanksAlone = false }
    }
    guard !rarer.isEmpty else { return nil }
    self.rarer = rarer.sorted()
    differInBlanksAlone = blanksAlone
  }

  /// How they differ, in words.
  public var difference: String { differInBlanksAlone ? "blanks" : "blanks or capitals" }

  /// What makes one level of each family.
  public func remedy(_ name: String) -> String {
    differInBlanksAlone ? "trim(\(name))" : "lower(trim(\(name)))"
  }

  private static func withoutBlanks(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
