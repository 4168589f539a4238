// A design as the statistical core takes it: factors by their codes, the rest dense.

import ModelFormula
import NumericalMethods

extension DesignMatrix {
  /// The columns in their order; those of a factor share one array of codes, in which 255 is no level.
  func columnValues(threads: Int) -> [ColumnValues] {
    // A column whose codes are those of the one before it is made of the same array.
    let owners = columns.indices.map { index in
      columns[..<index].firstIndex { columns[index].sharesCodes(with: $0) } ?? index
    }
    let levelCounts = Parallel.map(chunks: columns.count, threads: threads) { index -> Int in
      guard owners[index] == index, case .indicator(let codes, _) = columns[index].values else { return 0 }
      switch codes {
      case .bytes(let bytes): return Int(bytes.reduce(0) { $1 == 255 ? $0 : max($0, $1) }) + 1
      case .words(let words): return Int(words.max() ?? 0) + 1
      }
    }
    return columns.indices.map { index in
      switch columns[index].values {
      case .dense(let values): return .dense(values)
      case .few(let codes, let table): return .narrow(codes: codes, table: table)
      case .whole(let values): return .whole(values)
      case .indicator(_, let level):
        let count = max(levelCounts[owners[index]], Int(level) + 1)
        let table = (0..<count).map { $0 == Int(level) ? 1.0 : 0.0 }
        switch columns[owners[index]].values {
        case .indicator(.bytes(let codes), _): return .narrow(codes: codes, table: table)
        case .indicator(.words(let codes), _): return .coded(codes: codes, table: table)
        case .dense, .few, .whole: return .dense(columns[index].values.numbers())
        }
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
