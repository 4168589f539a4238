// Points for the values of a model's variables.

import DataTables
import Expressions
import Figures
import NumericalMethods
import Presentation

struct Nomogram: Sendable {
  struct Mark: Sendable {
    /// As result names write it.
    let key: String
    let label: String
    let points: Double
  }

  struct Ruler: Sendable {
    let name: String
    let label: String
    let isNumeric: Bool
    let marks: [Mark]
  }

  let rulers: [Ruler]
  /// Points per unit of the linear predictor.
  let pointsPerUnit: Double
  /// The linear predictor of a patient with 0 points.
  let lowest: Double
  /// Of a patient with the most points of every variable.
  let highestTotal: Double

  init(_ source: NomogramSource, style: JournalStyle) throws {
    let probe = source.probe
    let base = source.linearPredictor(try probe.baseRow())
    var effects: [(variable: DesignProbe.Variable, keys: [String], labels: [String], effects: [Double])] = []
    for variable in probe.variables {
      let (keys, labels, rows) = try Self.places(variable, source, style)
      effects.append((variable, keys, labels, rows.map { source.linearPredictor($0) - base }))
    }
    let widest = effects.map { ($0.effects.max() ?? 0) - ($0.effects.min() ?? 0) }.max() ?? 0
    let scale = widest > 0 ? 100 / widest : 0
    rulers = effects.map { entry in
      let least = entry.effects.min() ?? 0
      return Ruler(
        name: entry.variable.name, label: entry.variable.label,
        isNumeric: entry.variable.column.type.isNumeric,
        marks: entry.keys.indices.map {
          Mark(key: entry.keys[$0], label: entry.labels[$0], points: (entry.effects[$0] - least) * scale)
        })
    }
    pointsPerUnit = scale
    lowest = base + effects.reduce(0) { $0 + ($1.effects.min() ?? 0) }
    highestTotal = rulers.reduce(0) { $0 + ($1.marks.map(\.points).max() ?? 0) }
  }

  /// The values that get a mark, with the design's row of each.
  private static func places(
    _ variable: DesignProbe.Variable, _ source: NomogramSource, _ style: JournalStyle
  ) throws -> (keys: [String], labels: [String], rows: [[Double]]) {
    let column = variable.column
    if column.type.hasLevels {
      let used = Set(column.factorCodes().gathered(source.rows))
      let levels = column.levels.enumerated().filter { used.contains(Int32(clamping: $0.offset)) }.map(
        \.element)
      return (levels, levels, try source.probe.rows(of: variable, levels: levels))
    }
    let sample = variable.values(at: source.rows)
    let isFlag = column.type == .flag || sample.allSatisfy { $0 == 0 || $0 == 1 }
    let numbers = isFlag ? [0, 1] : try marks(variable, sample, source)
    let keys = column.type == .flag ? ["false", "true"] : numbers.map(ShortestNumber.text)
    let labels =
      column.type == .flag
      ? ["no", "yes"] : numbers.map { NumberFormat.trimmed($0, digits: 6, style: style.number) }
    return (keys, labels, try source.probe.rows(of: variable, numbers: numbers))
  }

  /// Round numbers from the 1st to the 99th percentile, closer together where the effect is steep.
  private static func marks(
    _ variable: DesignProbe.Variable, _ sample: [Double], _ source: NomogramSource
  ) throws -> [Double] {
    let (low, high) = (sample.share(0.01), sample.share(0.99))
    guard high > low else { return [low] }
    func effects(_ places: [Double]) throws -> [Double] {
      try source.probe.rows(of: variable, numbers: places).map { source.linearPredictor($0) }
    }
    let all = try effects((0...40).map { low + (high - low) * Double($0) / 40 })
    let widest = (all.max() ?? 0) - (all.min() ?? 0)
    var numbers = roundNumbers(in: low...high, count: 8)
    for _ in 0..<4 where numbers.count < 24 {
      let places = Set([low] + numbers + [high]).sorted()
      let found = try effects(places)
      var further: [Double] = []
      for index in places.indices.dropLast() where (found[index + 1] - found[index]).magnitude > widest / 3 {
        further += roundNumbers(in: places[index]...places[index + 1], count: 4)
      }
      let joined = Set(numbers + further.filter { $0 >= low && $0 <= high }).sorted()
      if joined == numbers { break }
      numbers = joined
    }
    return numbers.isEmpty ? [low, high] : numbers
  }

  /// The total at which the linear predictor has a value.
  func total(at linearPredictor: Double) -> Double { (linearPredictor - lowest) * pointsPerUnit }

  func table(caption: String, outcomes: [NomogramFigure.Ruler], notes: [String]) -> Table {
    let whole = ValueFormat(.number, digits: 0)
    var rows: [TableRow] = []
    for ruler in rulers {
      rows.append(.header(ruler.label))
      rows += ruler.marks.map {
        TableRow([.text($0.label), .quantity(Quantity($0.points), whole)], indent: 1)
      }
    }
    for outcome in outcomes {
      rows.append(.header("\(outcome.name), by total points"))
      rows += outcome.marks.map {
        TableRow([.text($0.label), .quantity(Quantity($0.points), whole)], indent: 1)
      }
    }
    return Table(
      caption: caption, columns: [TableColumn("", alignment: .left), TableColumn("Points")], rows: rows,
      notes: notes)
  }
}
