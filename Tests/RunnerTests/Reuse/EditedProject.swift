// A document and its data under random edits, as an author makes them.

import TestSupport

/// Seeded pseudo-random numbers (SplitMix64): a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// What the document and the data file hold; each edit changes one thing.
struct EditedProject {
  static let document = "analyses/doc.md"
  private static let header = "id,months,died,age,grade,arm,site,note"

  private var rows: [[String]] = []
  private var prose = ["Text."]
  private var style = "plain"
  private var compatibility = "meier"
  private var ageLabel = "Age"
  private var unit = "years"
  private var levels = "[low, mid, high]"
  private var condition = "age > 30"
  private var derivation = "age >= 60"
  private var unusedDerivation = "age + 1"
  private var event = "died == 1"
  private var times = "[5, 10]"
  private var caption = "Survival"
  private var ties = "efron"
  private var terms = ["age", "old"]
  private var level = "0.95"
  private var blanks = ""
  private var shown: Set<String> = ["km", "table", "fit", "ph", "flow", "test", "rank", "counts"]

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for index in 0..<70 { rows.append(Self.row(index, &generator)) }
  }

  private static func row(_ index: Int, _ generator: inout SeededGenerator) -> [String] {
    let age = Int.random(in: 20...90, using: &generator)
    let isMissing = Int.random(in: 0..<12, using: &generator) == 0
    return [
      "\(index)", "\(Double(Int.random(in: 1...300, using: &generator)) / 10)",
      Int.random(in: 0..<3, using: &generator) == 0 ? "0" : "1", isMissing ? "" : "\(age)",
      ["low", "mid", "high"].randomElement(using: &generator) ?? "low",
      ["a", "b"].randomElement(using: &generator) ?? "a",
      ["x", "y", "z"].randomElement(using: &generator) ?? "x", "n\(index)",
    ]
  }

  /// Changes one thing and says which kind of edit it was.
  mutating func edit(_ generator: inout SeededGenerator) -> String {
    func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }
    let kind = Int.random(in: 0..<24, using: &generator)
    switch kind {
    case 0: prose.append(pick(["More.", "`{= d.n}` patients.", "`{= d.mean(age) | digits 1}` years."]))
    case 1: prose = [pick(["Other text.", "# A heading\n\nText."])]
    case 2: style = pick(["plain", "lancet", "jama"])
    case 3: compatibility = pick(["meier", "r", "sas"])
    case 4: ageLabel = pick(["Age", "Age at entry"])
    case 5: unit = pick(["years", "y"])
    case 6: levels = pick(["[low, mid, high]", "[high, mid, low]"])
    case 7: condition = pick(["age > 30", "age > 40", "arm == \"a\" or age>25", "age  > 30"])
    case 8: derivation = pick(["age >= 60", "age >= 50", "not (age < 60)"])
    case 9: unusedDerivation = pick(["age + 1", "age * 2"])
    case 10: event = pick(["died == 1", "died == 0"])
    case 11: times = pick(["[5, 10]", "[5]", "[5, 10]  # months", "[10, 5]"])
    case 12: caption = pick(["Survival", "Survival of `{= d.n}` patients", "Overall survival"])
    case 13: ties = pick(["efron", "breslow"])
    case 14:
      terms = pick(["age old", "old age", "age grade", "age site"]).split(separator: " ").map(String.init)
    case 15: level = pick(["0.95", "0.9"])
    case 16: blanks = pick(["", " ", "   "])
    case 17:
      let name = pick(["km", "table", "ph", "flow", "test", "rank", "counts"])
      if shown.remove(name) == nil { shown.insert(name) }
    case 18: rows.shuffle(using: &generator)
    case 19: rows.append(Self.row(rows.count + 100, &generator))
    case 20: rows.remove(at: Int.random(in: 0..<rows.count, using: &generator))
    case 21:
      // A cell that some results use, or that none does.
      let row = Int.random(in: 0..<rows.count, using: &generator)
      let column = pick(["1", "2", "3", "4", "5", "6", "7"])
      let other = Self.row(500, &generator)
      if let column = Int(column) { rows[row][column] = other[column] }
    case 22:
      // Two patients exchange a value: no column has other values than before.
      let one = Int.random(in: 0..<rows.count, using: &generator)
      let other = Int.random(in: 0..<rows.count, using: &generator)
      let column = Int.random(in: 3...5, using: &generator)
      let value = rows[one][column]
      rows[one][column] = rows[other][column]
      rows[other][column] = value
    default: break
    }
    return "edit \(kind)"
  }

  func write(to project: TemporaryProject) throws {
    let lines = [Self.header] + rows.map { $0.joined(separator: ",") }
    try project.write("analyses/data.csv", text: lines.joined(separator: "\n") + "\n")
    try project.write(Self.document, text: text)
  }

  private func block(_ name: String, _ header: String, _ body: String) -> String {
    shown.contains(name) ? "```{\(header) #\(name)}\n\(body)\n```\n" : ""
  }

  private var text: String {
    let formula = "os\(blanks)~\(blanks)\(terms.joined(separator: blanks + "+" + blanks))"
    return [
      "---\nstyle: \(style)\ncompat: \(compatibility)\n---\n", prose.joined(separator: "\n\n") + "\n",
      """
      ```{data #all}
      source: data.csv
      dictionary:
        age: {label: \(ageLabel), unit: \(unit)}
        grade: {levels: \(levels)}
      ```

      ```{data #d}
      from: all
      where: \(condition)
      derive:
        old: \(derivation)
        unused: \(unusedDerivation)
      outcomes:
        os: Surv(months, \(event))
      ```

      """,
      block("flow", "flow", "data: d\nmodel: fit"),
      block("table", "summary", "data: d\nvariables: [age, grade, site]\nby: arm"),
      block("km", "kaplan-meier", "data: d\nformula: os ~ arm\ntimes: \(times)\ncaption: \(caption)"),
      block("rank", "log-rank", "data: d\nformula: os ~ grade"),
      block(
        "fit", "cox",
        "ties: \(ties)\ndata: d\nformula: \(formula)\nconfidence-level: \(level)\nunivariable: true"),
      block("ph", "proportional-hazards", "model: fit"),
      block("test", "test", "data: d\ntest: wilcoxon\nvariable: age\nby: arm"),
      block("counts", "concordance", "data: d\nformula: os ~ age"),
    ].joined(separator: "\n")
  }
}
