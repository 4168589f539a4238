// The rows of a subgroup: counted where it has no model, and picked for one.

import DataTables
import Diagnostics
import ModelFormula
import Survival

extension SubgroupAnalysis {
  /// Rows by arm, from the model of all rows.
  static func arms(
    _ frame: CoxFrame, term: String, where mask: [Bool]
  ) -> [(events: Int, rows: Int)] {
    let lines = ModelRows(frame.design, dataSet: frame.dataSet).rows.filter { row in
      row.kind != .heading && (row.term.map { frame.design.terms[$0].text == term } ?? false)
    }
    guard lines.count == 2, lines[0].kind == .reference else { return [] }
    return lines.map { line in
      let rows = frame.cases.rows.indices.filter { row in
        let place = Int(frame.cases.rows[row])
        return mask.indices.contains(place) && mask[place] && line.members?.contains(row) ?? false
      }
      return (rows.count { frame.outcome.event[$0] != 0 }, rows.count)
    }
  }
}

extension SubgroupAnalysis.Line {
  /// The line with its rows by arm, counted in the frame of all rows.
  func counting(_ frame: CoxFrame, term: String, _ mask: [Bool]) -> Self {
    let arms = SubgroupAnalysis.arms(frame, term: term, where: mask)
    return Self(
      name: name, rowCount: max(rowCount, arms.reduce(0) { $0 + $1.rows }),
      eventCount: max(eventCount, arms.reduce(0) { $0 + $1.events }), arms: arms, coefficient: coefficient)
  }
}

extension CoxFrame.Source {
  /// The same source with some of its rows; `nil` when none is left.
  func restricted(to mask: [Bool]) -> CoxFrame.Source? {
    var rows: [Int32] = []
    for (row, isKept) in mask.enumerated() where isKept { rows.append(Int32(truncatingIfNeeded: row)) }
    guard !rows.isEmpty else { return nil }
    let table = dataSet.table.filtered(keeping: rows)
    let left = dataSet.with(table)
    return CoxFrame.Source(
      dataSet: left, times: times.gathered(rows), landmark: landmark,
      weights: weights.flatMap { table[$0.name] },
      cluster: cluster.flatMap { table[$0.name] }, offset: offset, threads: threads,
      weightsRange: weightsRange)
  }
}

extension Formula {
  /// The formula with further terms at its end; they stand where it ends.
  func adding(_ terms: [String]) throws(DiagnosticList) -> Formula {
    var bytes = source.bytes
    var offsets = Array(source.offsets.prefix(bytes.count))
    let end = offsets.last ?? 0
    for term in terms {
      let part = Array(" + \(term)".utf8)
      bytes += part
      offsets += Array(repeating: end, count: part.count)
    }
    return try Formula.parse(SourceText(bytes: bytes, file: source.file, offsets: offsets))
  }
}
