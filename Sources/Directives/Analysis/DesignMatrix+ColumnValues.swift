// A design as the statistical core takes it: factors by their codes, the rest dense.

import ModelFormula
import NumericalMethods

extension DesignMatrix {
  /// The columns in their order; those of a factor share one array of codes.
  var columnValues: [ColumnValues] {
    var shared: [Int: (codes: [Int32], levels: Int)] = [:]
    return columns.map { column in
      switch column.values {
      case .dense(let values): return .dense(values)
      case .indicator(let codes, let level):
        let term = column.origin.term ?? -1
        if shared[term] == nil || column.origin.parts.count != 1 {
          let words: [Int32] =
            switch codes {
            case .bytes(let bytes): bytes.map { $0 == 255 ? -1 : Int32($0) }
            case .words(let words): words
            }
          shared[term] = (words, Int(words.max() ?? 0) + 1)
        }
        guard let known = shared[term] else { return .dense(column.values.numbers()) }
        let table = (0..<max(known.levels, Int(level) + 1)).map { $0 == Int(level) ? 1.0 : 0.0 }
        return .coded(codes: known.codes, table: table)
      }
    }
  }
}
