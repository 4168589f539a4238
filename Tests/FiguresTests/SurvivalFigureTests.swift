// Survival curves: true to the data, stable under small changes, small for large data.

import Testing

@testable import Figures

@Suite struct SurvivalFigureTests {
  let names = ["Resection", "Ablation", "Observation"]

  func lines(_ figure: Figure) -> [Substring] { figure.svg.split(separator: "\n") }

  /// The elements inside the group whose identifier ends with a name, by name of the enclosing group.
  func elements(of name: String, in figure: Figure) -> [Substring] {
    let all = lines(figure)
    guard let start = all.firstIndex(where: { $0.hasPrefix("<g id=\"os-\(svgSlug(name))\"") }) else {
      return []
    }
    return Array(all[(start + 1)...].prefix { $0 != "</g>" })
  }

  func numbers(in line: Substring, after key: String) -> Double? {
    guard let range = line.firstRange(of: " \(key)=\"") else { return nil }
    return Double(line[range.upperBound...].prefix { $0 != "\"" })
  }

  @Test func numbersAtRiskStandUnderTheTicks() throws {
    for width in [FigureWidth.singleColumn, .doubleColumn] {
      let figure = SampleFigures.survival(names, width: width).figure()
      let all = lines(figure)
      let tickLines = all.filter { line in
        guard line.hasPrefix("<line"), let top = numbers(in: line, after: "y1") else { return false }
        return numbers(in: line, after: "y2") == top + 3
          && numbers(in: line, after: "x1") == numbers(in: line, after: "x2")
      }
      let ticks = Set(tickLines.compactMap { numbers(in: $0, after: "x1") })
      let start = try #require(all.firstIndex { $0 == "<g id=\"os-table\">" })
      let table = all[start...].filter { $0.contains("text-anchor=\"middle\"") }
      let places = Set(table.compactMap { numbers(in: $0, after: "x") })
      #expect(!places.isEmpty)
      #expect(places.isSubset(of: ticks))
    }
  }

  /// Sixteen groups with names as long as a sentence, in one column: still no taller than a page, and still told apart.
  @Test func noFigureIsTallerThanAPage() {
    for count in [9, 16] {
      let names = (0..<count).map { "Levamisole and fluorouracil, poorly differentiated, group \($0)" }
      let figure = SampleFigures.survival(names, width: .singleColumn).figure()
      #expect(figure.height <= 230)
      #expect(figure.textFaults().isEmpty)
      #expect(figure.svg.contains("No. at risk"))
      #expect(names.indices.allSatisfy { figure.svg.contains("group \($0)<") })
    }
  }

  /// An axis that begins later shows what has happened before it, and a group's curve begins with its first entry.
  @Test func curvesBeginAtWhatWasReached() {
    let steps: [SurvivalFigure.Step] = [
      .init(time: 2, estimate: 0.8, lower: 0.7, upper: 0.9), .init(time: 6, estimate: 0.5),
    ]
    var group = SurvivalFigure.Group(name: "", steps: steps, followUpEnd: 10)
    func first(_ origin: Double) -> CurvePoint? {
      SurvivalFigure(
        id: "s", title: "", groups: [group], timeAxis: TimeAxis(label: "", unit: .years, origin: origin),
        valueLabel: ""
      ).plot().curves.first?.points.first
    }
    #expect(first(4) == CurvePoint(x: 4, y: 80, lower: 70, upper: 90))
    #expect(first(0) == CurvePoint(x: 0, y: 100))
    group.followUpStart = 1
    #expect(first(0) == CurvePoint(x: 1, y: 100))
  }

  /// Numbers that are too wide side by side stand in blocks of their own: every tick keeps its numbers.
  @Test func everyTickKeepsItsNumbers() {
    var figure = SampleFigures.survival(names, width: .singleColumn, hasTables: true)
    for group in figure.groups.indices {
      for row in figure.groups[group].riskTable.indices {
        figure.groups[group].riskTable[row].atRisk? *= 100
        figure.groups[group].riskTable[row].cumulativeCensored? *= 100
      }
    }
    let plot = figure.plot()
    #expect(CurveLayout(plot).tableTicks.count < plot.xAxis.ticks.count)
    let svg = figure.figure().svg
    #expect(svg.contains(">No. at risk<") && svg.contains(">No. censored<") && !svg.contains("(censored)"))
    let first = figure.groups[0].riskTable.compactMap { $0.atRisk.map(figure.style.count) }
    #expect(first.allSatisfy { svg.contains(">\($0)<") })
  }

  @Test func limitsThatCutACurveAreAFault() {
    var figure = SampleFigures.survival(["Resection", "Observation"])
    #expect(figure.figure().faults == [])
    figure.lowestValue = 0.6
    #expect(figure.figure().faults == [.leavesPlot(names: ["Resection", "Observation"])])
  }

  @Test func movingOnePatientChangesOnlyThatCurve() {
    let ticks = SampleFigures.months.tickTimes(longest: 120)
    var cohorts = names.indices.map {
      SampleData.patients(80, mean: 40 + 30 * Double($0), followUp: 120, seed: UInt64($0 + 1))
    }
    func figure() -> Figure {
      let groups = zip(names, cohorts).map { SampleData.group($0, $1, tableTimes: ticks) }
      return SurvivalFigure(
        id: "os", title: "Overall survival", groups: groups,
        timeAxis: TimeAxis(label: "Months", unit: .months, limit: 120), valueLabel: "Overall survival, %"
      ).figure()
    }
    let before = figure()
    let moved = cohorts[1].firstIndex { $0.isEvent && $0.time > 20 && $0.time < 30 } ?? 0
    cohorts[1][moved].time += 1.5
    let after = figure()
    let (old, new) = (lines(before), lines(after))
    #expect(old.count == new.count)
    let changed = zip(old, new).filter { $0 != $1 }.map(\.0)
    #expect(!changed.isEmpty)
    let colour = SeriesColour.standard[1]
    for line in changed {
      let isOwn = line.contains(colour.line) || line.contains(colour.text)
      let isNumber = line.hasPrefix("<text") && line.contains("text-anchor=\"middle\"")
      #expect(isOwn || isNumber || line.hasPrefix("<desc"), "\(line.prefix(120))")
    }
    #expect(elements(of: "Resection", in: before) == elements(of: "Resection", in: after))
    #expect(elements(of: "Observation", in: before) == elements(of: "Observation", in: after))
  }

  @Test func curvesEndWithTheirFollowUp() {
    let figure = SampleFigures.survival(names, endsEarly: true)
    let plot = figure.plot()
    let layout = CurveLayout(plot)
    for (group, path) in zip(figure.groups, layout.paths) {
      #expect((path.points.last?.x ?? 0) <= layout.x.position(group.followUpEnd) + 1e-9)
    }
  }

  @Test func largeDataMakeSmallFiles() {
    var groups: [SurvivalFigure.Group] = []
    for index in 0..<8 {
      var steps: [SurvivalFigure.Step] = []
      var survival = 1.0
      for step in 0..<15_000 {
        survival *= 1 - 0.0001 * Double(index + 1) / 4
        let error = 0.02 * (1 - survival)
        steps.append(
          .init(
            time: Double(step) / 125, estimate: survival, lower: survival - error, upper: survival + error))
      }
      groups.append(
        .init(
          name: "Group \(index)", steps: steps, censorTimes: steps.map { $0.time + 0.001 }, followUpEnd: 120))
    }
    var figure = SurvivalFigure(
      id: "os", title: "Survival", groups: groups, timeAxis: SampleFigures.months, valueLabel: "Survival, %")
    figure.bands = .always
    #expect(figure.figure().svg.utf8.count < 200_000)
  }

  @Test func tooManyCensoringMarksAreLeftOutInAllGroups() {
    var figure = SampleFigures.survival(names)
    #expect(figure.hasCensorMarks)
    figure.groups[1].censorTimes = (1...400).map { Double($0) / 4 }
    #expect(figure.plot().curves.allSatisfy { $0.marks.isEmpty })
    #expect(figure.description.contains("too many to be marked"))
    figure.groups[1].censorTimes = Array(repeating: 60, count: 400)
    #expect(figure.hasCensorMarks)
  }

  @Test func directNamesOnlyWhereThereIsRoom() {
    let few = CurveLayout(SampleFigures.survival(names).plot())
    #expect(few.labels?.count == 3)
    #expect(few.key == nil)
    let many = CurveLayout(SampleFigures.survival(FigureGridTests.names[1], width: .singleColumn).plot())
    #expect(many.labels == nil)
    #expect(many.key?.items.count == 8)
    let single = CurveLayout(SampleFigures.survival([""]).plot())
    #expect(single.labels == nil && single.key == nil)
  }

  @Test func namesAndNotesCoverNoCurve() {
    for seed in 1...12 {
      for count in 1...6 {
        let plot = SampleFigures.survival(
          Array(FigureGridTests.names[1].prefix(count)), endsEarly: seed % 2 == 0, seed: UInt64(seed * 100)
        ).plot()
        let layout = CurveLayout(plot)
        var boxes = (layout.labels ?? []).map { $0.rectangle.inset(by: 1) }
        if let note = layout.note {
          let left = note.anchor == .start ? note.x : note.x - note.block.width
          boxes.append(Rectangle(x: left, y: note.top, width: note.block.width, height: note.block.height))
        }
        for box in boxes {
          let isCrossed = layout.paths.contains { path in
            path.segments.contains { box.isCrossed(from: $0.0, to: $0.1) }
          }
          #expect(!isCrossed, "seed \(seed), \(count) groups")
        }
      }
    }
  }

  @Test func theDescriptionSaysWhatTheFigureShows() {
    var figure = SampleFigures.survival(["Resection"])
    figure.groups[0].median = nil
    figure.groups[0].riskTable[0].atRisk = 60
    let text = figure.description
    #expect(
      text.hasPrefix(
        "Overall survival. Overall survival, % (vertical) by Months since diagnosis (horizontal)"))
    #expect(text.contains("Resection: 60 at risk at the start"))
    #expect(text.contains("Log-rank P < 0.001."))
    #expect(!text.contains("median"))
    figure.showsMedians = true
    #expect(figure.description.contains("median not reached"))
  }

  @Test func anAxisThatDoesNotBeginAtZeroIsMarked() {
    var figure = SampleFigures.survival(names)
    figure.lowestValue = 0.6
    #expect(figure.plot().yAxis.isBroken)
    #expect(figure.description.contains("does not begin at 0"))
    #expect(figure.figure().textFaults() == [])
  }

  @Test func emptyAndBrokenInputsStillGiveAFigure() {
    let empty = SurvivalFigure(
      id: "", title: "", groups: [], timeAxis: TimeAxis(label: "", origin: .nan), valueLabel: "")
    #expect(empty.figure().textFaults() == [])
    let odd = SurvivalFigure.Group(
      name: "odd", steps: [.init(time: .nan, estimate: 0.5), .init(time: 3, estimate: .infinity)],
      censorTimes: [.nan, -1, 1e300], followUpEnd: .nan, median: .nan)
    for kind in [SurvivalFigure.Kind.survival, .risk, .cumulativeHazard, .logMinusLog] {
      let figure = SurvivalFigure(
        id: "odd", title: "Odd", kind: kind, groups: [odd], timeAxis: TimeAxis(label: "Time"), valueLabel: "S"
      )
      #expect(figure.figure().textFaults() == [])
    }
  }
}
