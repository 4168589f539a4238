// The table of every regression: what its lines hold and how they print.

import Presentation

/// A regression as readers see it, whatever fitted it: variables and their levels with counts, estimate and P value.
struct RegressionTable: Sendable {
  let measure: EffectMeasure
  let level: Double
  /// Headings of the counts of each line: N, Events.
  let countHeadings: [String]
  let lines: [Line]
  /// The heading of a column between counts and estimate, for models that show their coefficients beside ratios.
  var coefficientHeading: String?
  /// What the estimates are on a second scale, with its own column before P: hazard ratios beside ratios of times.
  var secondMeasure: EffectMeasure?

  /// What a line says of its column or, on a heading, of its term as a whole.
  struct Effect: Sendable {
    /// `nil` where there is nothing to show.
    var estimate: Estimate?
    /// `nil` where the cell stays empty; missing where the estimate has no P value.
    var pValue: Quantity?

    static let none = Effect()
  }

  /// A line with what stands in it; numbers are those of the change that the dictionary asks for.
  struct Line: Sendable {
    let label: String
    let kind: ModelRow.Kind
    let indent: Int
    var isIntercept = false
    /// Whether it is one column of a spline or polynomial, which says nothing alone.
    var isBasis = false
    /// As many as there are headings; `nil` leaves them empty.
    var counts: [Int]?
    var effect: Effect
    /// The same line in the model of its variable alone; `nil` where that model is not there.
    var univariable: Univariable?
    var coefficient: TableCell = .empty
    /// The estimate on the table's second scale.
    var second: Estimate?
  }

  struct Univariable: Sendable {
    var counts: [Int]?
    var effect: Effect
  }

  /// Whether univariable columns stand before the multivariable ones, and with them the counts.
  var isCompared = false

  func heading(_ style: JournalStyle) -> String { heading(of: measure, style) }

  private func heading(of measure: EffectMeasure, _ style: JournalStyle) -> String {
    "\(measure.heading) (\(interval(style)))"
  }

  func interval(_ style: JournalStyle) -> String {
    IntervalWording.name(level: level, style: style.number)
  }

  /// - Parameter parameters: lines below those of the covariates, such as a scale.
  func table(caption: String, notes: [String], parameters: [TableRow] = [], style: JournalStyle) -> Table {
    Table(
      caption: caption, columns: columns(style),
      rows: lines.filter { !$0.isBasis }.map { line in
        TableRow(
          cells(line, style), role: line.kind == .heading ? .header : .data, indent: line.indent)
      } + parameters, notes: notes)
  }

  /// A model of times without covariates has coefficients to show, and no ratios.
  private var showsEffects: Bool { coefficientHeading == nil || !lines.isEmpty }

  func columns(_ style: JournalStyle) -> [TableColumn] {
    let label = [TableColumn("Variable", alignment: .left)]
    let estimate = [heading(style), "P"]
    guard !isCompared else {
      return label + (countHeadings + estimate).map { TableColumn($0, group: "Univariable") }
        + estimate.map { TableColumn($0, group: "Multivariable") }
    }
    let second = secondMeasure.map { [heading(of: $0, style)] } ?? []
    let own = (coefficientHeading.map { [$0] } ?? []) + (showsEffects ? [estimate[0]] + second : []) + ["P"]
    return label + (countHeadings + own).map { TableColumn($0) }
  }

  private func cells(_ line: Line, _ style: JournalStyle) -> [TableCell] {
    let label: [TableCell] = [.text(line.label)]
    let effect = cells(line.effect, of: line, style)
    guard !isCompared else {
      let single =
        line.univariable.map { counts($0.counts) + cells($0.effect, of: line, style) }
        ?? Array(repeating: .empty, count: countHeadings.count + 2)
      return label + single + effect
    }
    let coefficient = coefficientHeading == nil ? [] : [line.coefficient]
    let second = secondMeasure == nil ? [] : [cell(line.second, of: line, style)]
    return label + counts(line.counts) + coefficient
      + (showsEffects ? effect.prefix(1) + second : []) + effect.suffix(1)
  }

  private func counts(_ counts: [Int]?) -> [TableCell] {
    counts.map { $0.map { .count($0) } } ?? countHeadings.map { _ in .empty }
  }

  private func cells(_ effect: Effect, of line: Line, _ style: JournalStyle) -> [TableCell] {
    let p = line.kind == .reference ? nil : effect.pValue.map { TableCell.pValue($0) }
    return [cell(effect.estimate, of: line, style), p ?? .empty]
  }

  private func cell(_ estimate: Estimate?, of line: Line, _ style: JournalStyle) -> TableCell {
    switch line.kind {
    case .heading: .empty
    case .reference: measure.isRatio ? .reference : .text(style.zeroReferenceText)
    case .estimate: estimate.map { .estimate($0, measure.isRatio ? .ratio : .coefficient) } ?? .empty
    }
  }
}

extension JournalStyle {
  /// Styles write "1 (reference)"; a difference from oneself is 0.
  fileprivate var zeroReferenceText: String {
    referenceText.hasPrefix("1") ? "0" + referenceText.dropFirst() : referenceText
  }
}
