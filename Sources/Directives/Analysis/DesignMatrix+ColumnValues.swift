// A design as the statistical core takes it: factors by their codes, the rest dense.

import ModelFormula
import NumericalMethods

extension DesignMatrix {
  /// The columns in their order; those of a factor share one array of codes.
  func columnValues(threads: Int) -> [ColumnValues] {
    // A column whose codes are those of the one before it is made of the same array.
    let owners = columns.indices.map { index in
      columns[..<index].firstIndex { columns[index].sharesCodes(with: $0) } ?? index
    }
    let words = Parallel.map(chunks: columns.count, threads: threads) {
      index -> (codes: [Int32], levels: Int) in
      guard owners[index] == index, case .indicator(let codes, _) = columns[index].values else {
        return ([], 0)
      }
      let words: [Int32] =
        switch codes {
        case .bytes(let bytes): bytes.map { $0 == 255 ? -1 : Int32($0) }
        case .words(let words): words
        }
      return (words, Int(words.max() ?? 0) + 1)
    }
    return columns.indices.map { index in
      switch columns[index].values {
      case .dense(let values): return .dense(values)
      case .indicator(_, let level):
        let known = words[owners[index]]
        let table = (0..<max(known.levels, Int(level) + 1)).map { $0 == Int(level) ? 1.0 : 0.0 }
        return .coded(codes: known.codes, table: table)
      }
    }
  }
}

extension DesignColumn {
  /// Whether both are indicators of one factor.
  fileprivate func sharesCodes(with other: DesignColumn) -> Bool {
    guard case .indicator(let codes, _) = values, case .indicator(let others, _) = other.values else {
      return false
    }
    return origin.parts.count == 1 && other.origin.parts.count == 1 && origin.term == other.origin.term
      && codes.isBytes == others.isBytes
  }
}

extension LevelCodes {
  fileprivate var isBytes: Bool {
    if case .bytes = self { true } else { false }
  }
}
