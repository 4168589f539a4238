// Tests of terms: sequential, type II, type III.

import NumericalMethods

extension LinearFit {
  /// F tests of the terms against the residual variance of this fit.
  ///
  /// Sequential: from the effects of this decomposition (R's `anova`). Type II: the rise of the residual sum of
  /// squares when a term leaves the model of all terms that do not contain it (R's `car::Anova`). Type III: the
  /// rise when a term alone leaves this design, which must be coded in sum-to-zero contrasts to mean anything.
  /// Cost: one decomposition of the reduced rows per term.
  public func termTests(_ kind: TermTestKind) -> [TermTest] {
    switch kind {
    case .sequential: return sequentialTests
    case .typeTwo:
      return design.terms.indices.map { index in
        let relatives = Set(design.terms.indices.filter { design.terms[$0].contains(design.terms[index]) })
        let with = relatives.isEmpty ? (residualSumOfSquares, rank) : reduced(without: relatives)
        return comparison(index, with: with, without: reduced(without: relatives.union([index])))
      }
    case .typeThree:
      return design.terms.indices.map { index in
        comparison(index, with: (residualSumOfSquares, rank), without: reduced(without: [index]))
      }
    }
  }

  private func comparison(_ index: Int, with: (Double, Int), without: (Double, Int)) -> TermTest {
    fTest(
      name: design.terms[index].name, sumOfSquares: Swift.max(0, without.0 - with.0),
      degreesOfFreedom: with.1 - without.1)
  }

  private var sequentialTests: [TermTest] {
    var owner = [Int](repeating: -1, count: design.columnCount)
    for (index, term) in design.terms.enumerated() { for column in term.columns { owner[column] = index } }
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: design.terms.count)
    var counts = [Int](repeating: 0, count: design.terms.count)
    for place in 0..<rank where owner[qr.pivot[place]] >= 0 {
      sums[owner[qr.pivot[place]]].add(effects[place] * effects[place])
      counts[owner[qr.pivot[place]]] += 1
    }
    return design.terms.indices.map {
      fTest(name: design.terms[$0].name, sumOfSquares: sums[$0].value, degreesOfFreedom: counts[$0])
    }
  }

  /// Residual sum of squares and rank of the model without some terms; no row is looked at again.
  private func reduced(without terms: Set<Int>) -> (Double, Int) {
    let matrix = reduced.matrix.selecting(columns: design.columns(without: terms))
    let qr = PivotedQR(matrix)
    var sum = reduced.rest
    for effect in qr.effects(reduced.response)[qr.rank...] { sum.add(effect * effect) }
    return (sum.value, qr.rank)
  }
}
