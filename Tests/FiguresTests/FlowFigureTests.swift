// Flow charts.

import Testing

@testable import Figures

@Suite struct FlowFigureTests {
  @Test func everyCountIsShownZeroIncluded() {
    let texts = SampleFigures.flow().textBoxes.map(\.text)
    #expect(texts.contains("Follow-up missing (n\u{A0}=\u{A0}0)"))
    #expect(texts.contains("Excluded (n\u{A0}=\u{A0}290)"))
    #expect(texts.contains("Registry (n\u{A0}=\u{A0}939)"))
  }

  @Test func boxesDoNotOverlap() {
    for count in 0...6 {
      for width in [FigureWidth.singleColumn, .doubleColumn] {
        let steps = (0..<4).map {
          FlowFigure.Step(
            "Step \($0)", count: 100, exclusions: (0..<$0).map { .init("Reason \($0)", count: $0) })
        }
        let branches = (0..<count).map { index in
          FlowFigure.Branch(steps: [
            .init(
              "Arm \(index)", count: 5, exclusions: [.init("Lost", count: index), .init("Moved", count: 0)]),
            .init("Analysed", count: 5),
          ])
        }
        let figure = FlowFigure(
          id: "f", title: "Flow", steps: steps, branches: branches, style: FigureStyle(width: width))
        let layout = FlowLayout(figure)
        let page = Rectangle(x: 0, y: 0, width: width.points, height: layout.height)
        for (index, box) in layout.boxes.enumerated() {
          #expect(page.contains(box.frame))
          for other in layout.boxes[(index + 1)...] {
            #expect(!box.frame.overlaps(other.frame), "\(count) \(width)")
          }
        }
        #expect(layout.boxes.count == 4 + 3 + 3 * count)
      }
    }
  }

  @Test func aSingleReasonNeedsNoTotal() {
    let figure = FlowFigure(
      id: "f", title: "Flow",
      steps: [.init("All", count: 9, exclusions: [.init("lost", count: 2)]), .init("Rest", count: 7)])
    #expect(figure.figure().textBoxes.map(\.text).contains("Excluded: lost (n\u{A0}=\u{A0}2)"))
    #expect(figure.description == "Flow. All: 9; Excluded: lost 2. Rest: 7.")
  }

  @Test func nothingAtAll() {
    #expect(FlowFigure(id: "f", title: "", steps: []).figure().textFaults() == [])
  }
}
