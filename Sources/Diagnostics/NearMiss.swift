// "Did you mean": the known words closest to one that is not known.

/// Ranks candidates by how few slips of the finger lead from them to the word that was typed.
public enum NearMiss {
  /// The closest candidate, `nil` when none is close enough to be worth a guess.
  public static func best(for word: String, among candidates: some Sequence<String>) -> String? {
    ranked(for: word, among: candidates).first
  }

  /// The remedy line for the closest candidate: `did you mean 'os_months'?`.
  public static func remedy(for word: String, among candidates: some Sequence<String>) -> String? {
    best(for: word, among: candidates).map { "did you mean '\($0)'?" }
  }

  /// All candidates close enough, closest first, equally close ones in code-point order; each once.
  ///
  /// Closeness is the Damerau–Levenshtein distance (insertions, deletions, replacements and swaps of
  /// neighbours) without regard to case; case then decides between equals. One slip is forgiven for up
  /// to five letters, two up to eight, three beyond.
  public static func ranked(for word: String, among candidates: some Sequence<String>) -> [String] {
    let typed = Array(word.unicodeScalars)
    let folded = fold(typed)
    let limit = folded.count <= 5 ? 1 : folded.count <= 8 ? 2 : 3
    var close: [(folded: Int, exact: Int, candidate: String)] = []
    var seen = Set<String>()
    for candidate in candidates where candidate != word && seen.insert(candidate).inserted {
      let scalars = Array(candidate.unicodeScalars)
      guard abs(scalars.count - typed.count) <= limit else { continue }
      let distance = distance(folded, fold(scalars))
      // A word of two letters has every other one within two slips: ask for half of it to stand.
      guard distance <= limit, distance * 2 <= max(folded.count, scalars.count) || distance == 0 else {
        continue
      }
      close.append((distance, self.distance(typed, scalars), candidate))
    }
    return close.sorted { left, right in
      if left.folded != right.folded { return left.folded < right.folded }
      if left.exact != right.exact { return left.exact < right.exact }
      return left.candidate.unicodeScalars.lexicographicallyPrecedes(right.candidate.unicodeScalars)
    }.map(\.candidate)
  }

  private static func fold(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    scalars.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
  }

  /// Optimal string alignment distance: no part is edited twice.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in right.indices {
        let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
