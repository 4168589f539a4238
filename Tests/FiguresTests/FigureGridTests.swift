// Whatever the names, sizes and times: no text overlaps another, is crossed by a line or leaves the image.

import Testing

@testable import Figures

@Suite struct FigureGridTests {
  static let names: [[String]] = [
    ["A", "B", "C", "D", "E", "F", "G", "H"],
    [
      "hepatic resection", "radiofrequency ablation", "chemoembolization", "systemic therapy", "observation",
      "transplantation", "peptide receptor radionuclide therapy", "best supportive care",
    ],
    [
      "Résection hépatique élargie à gauche, après embolisation (n)", "Überwachung", "ærlig, Ångström & Żółć",
      "naïve", "Çelik", "Ørsted", "ﬁnite “quotes” — dash", "Nguyễn Thị Hồng",
    ],
    [
      "Θεραπεία με στόχευση", "肝切除术联合术后辅助化疗与长期随访观察组", "ניתוח כריתת כבד", "استئصال الكبد",
      "Хирургическое лечение метастазов печени", "肝切除", "치료군", "รักษาตามอาการ",
    ],
    [
      "Supercalifragilisticexpialidocioushepatocholangiocarcinomatosis", "x",
      "a name of exactly sixty characters, which is the longest one", "<script>|`&\"'", "", " ", "a, b | c",
      "👩🏽‍⚕️ team",
    ],
  ]

  static let axes: [(TimeAxis, Double)] = [
    (TimeAxis(label: "Hours since injection", unit: .hours), 30),
    (TimeAxis(label: "Days since randomisation", unit: .days), 700),
    (TimeAxis(label: "Years since diagnosis", unit: .days, shownUnit: .years), 9000),
    (TimeAxis(label: "Months since diagnosis of the primary tumour", unit: .months), 200),
    (TimeAxis(label: "Time", unit: .other), 3.7e-4),
    (TimeAxis(label: "Time", unit: .other), 4.2e7),
  ]

  @Test(arguments: 1...8, names.indices)
  func survivalTextsStayApart(count: Int, set: Int) {
    for (index, (axis, longest)) in FigureGridTests.axes.enumerated() {
      for width in [FigureWidth.singleColumn, .doubleColumn, .millimetres(120)] {
        let figure = SampleFigures.survival(
          Array(FigureGridTests.names[set].prefix(count)), axis: axis, longest: longest, width: width,
          hasTables: index % 2 == 0, endsEarly: index % 3 == 1, seed: UInt64(1 + index * 31)
        ).figure()
        #expect(
          figure.textFaults() + figure.crossedTexts() == [],
          "\(count) groups, names \(set), axis \(index), \(width)")
      }
    }
  }

  @Test(arguments: [1, 5, 20, 60], names.indices)
  func forestTextsStayApart(count: Int, set: Int) {
    let names = FigureGridTests.names[set]
    for width in [FigureWidth.singleColumn, .doubleColumn] {
      for series in 1...3 {
        var rows = (0..<count).map { SampleFigures.forestRow($0, names[$0 % names.count], series: series) }
        if series == 2 {
          // Counts of their own for each series.
          for index in rows.indices where !rows[index].cells.isEmpty {
            rows[index].seriesCells = [rows[index].cells, ["1,000,000", "9,999"]]
            rows[index].cells = []
          }
        }
        let figure = ForestFigure(
          id: "forest", title: "Forest", labelHeading: "Variable",
          columns: width == .singleColumn ? ["N"] : ["N", "Events"],
          series: (0..<series).map {
            .init(name: count == 5 ? names[$0] : "Model \($0 + 1)", heading: "HR (95% CI)")
          }, rows: rows,
          axisLabel: "Hazard ratio for death from any cause (95% CI)",
          favours: ("Favours \(names[0])", "Favours \(names[1])"), style: FigureStyle(width: width)
        ).figure()
        #expect(
          figure.textFaults() + figure.crossedTexts() == [],
          "\(count) rows, names \(set), \(series) series, \(width)")
      }
    }
  }

  @Test(arguments: 0...8, names.indices)
  func flowTextsStayApart(count: Int, set: Int) {
    let names = FigureGridTests.names[set]
    let steps = (0..<3).map { index in
      FlowFigure.Step(
        names[index], count: 1_000_000 - index,
        exclusions: names.prefix(count).map { .init($0, count: index) }, exclusionLabel: "Left out")
    }
    for width in [FigureWidth.singleColumn, .doubleColumn] {
      for exclusions in [false, true] {
        let branches = names.prefix(count).map { name in
          FlowFigure.Branch(steps: [
            .init(name, count: 10, exclusions: exclusions ? [.init(name, count: 0)] : []),
            .init("Analysed", count: 8),
          ])
        }
        let figure = FlowFigure(
          id: "flow", title: "Flow", steps: steps, branches: branches, style: FigureStyle(width: width)
        ).figure()
        #expect(
          figure.textFaults() + figure.crossedTexts() == [], "\(count), names \(set), \(width), \(exclusions)"
        )
      }
    }
  }

  @Test(arguments: 1...8, names.indices)
  func textsOfTheOtherKindsStayApart(count: Int, set: Int) {
    let names = Array(FigureGridTests.names[set].prefix(count))
    for (index, (axis, longest)) in FigureGridTests.axes.enumerated() where (index + count) % 3 == 0 {
      for width in [FigureWidth.singleColumn, .doubleColumn, .millimetres(120)] {
        for (kind, figure) in SampleFigures.named(names, axis: axis, longest: longest, width: width) {
          #expect(
            figure.textFaults() + figure.crossedTexts() == [],
            "\(kind), \(count) names of set \(set), axis \(index), \(width)")
        }
      }
    }
  }

  @Test func everyKindIsSound() {
    for width in [FigureWidth.singleColumn, .doubleColumn, .millimetres(60)] {
      for (name, figure) in SampleFigures.unnamed(width: width) {
        #expect(figure.textFaults() + figure.crossedTexts() == [], "\(name), \(width)")
      }
    }
    for (name, figure) in SampleFigures.panels() + SampleFigures.others() {
      #expect(figure.textFaults() + figure.crossedTexts() == [], "\(name)")
    }
  }
}
