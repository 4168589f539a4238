// The file: one element per line, sound XML, nothing from outside.

import Testing

@testable import Figures

@Suite struct SVGDocumentTests {
  static let all = SampleFigures.main() + SampleFigures.panels() + SampleFigures.others()

  @Test(arguments: [
    ("a<b & \"c\" > 'd'", "a&lt;b &amp; &quot;c&quot; &gt; &#39;d&#39;"), ("]]>", "]]&gt;"),
    ("tab\tand\nline", "tab and line"), ("\u{0}\u{8}\u{1B}\u{7F}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("\u{FFFE}é肝", "\u{FFFD}é肝"),
  ])
  func escapes(text: String, escaped: String) { #expect(svgEscaped(text) == escaped) }

  @Test(arguments: [
    ("Hepatic resection", "hepatic-resection"), ("肝切除", "series"), ("", "series"),
    ("< 65 years", "n-65-years"),
    ("a__b", "a__b"), ("--", "series"),
  ])
  func slugs(name: String, slug: String) { #expect(svgSlug(name) == slug) }

  @Test func identifiersAreUniqueAndBeginWithTheFigures() {
    for (name, figure) in SVGDocumentTests.all {
      let identifiers = figure.svg.split(separator: "\n").compactMap { line -> Substring? in
        guard let start = line.firstRange(of: " id=\"") else { return nil }
        return line[start.upperBound...].prefix { $0 != "\"" }
      }
      #expect(Set(identifiers).count == identifiers.count, "\(name)")
      let prefix = identifiers.first?.split(separator: "-").first ?? ""
      #expect(identifiers.allSatisfy { $0.hasPrefix(prefix) }, "\(name)")
    }
  }

  @Test func oneElementPerLineInSoundXML() {
    for (name, figure) in SVGDocumentTests.all {
      var open: [Substring] = []
      for line in figure.svg.split(separator: "\n") {
        #expect(line.first == "<", "\(name): \(line.prefix(60))")
        let isClosing = line.hasPrefix("</")
        let tag = line.dropFirst(isClosing ? 2 : 1).prefix { $0.isLetter }
        if isClosing {
          #expect(open.popLast() == tag, "\(name)")
        } else if line.hasSuffix("/>") {
          #expect(line.filter { $0 == "<" }.count == 1, "\(name)")
        } else if line.hasSuffix("</\(tag)>") {
          #expect(line.filter { $0 == "<" }.count == 2, "\(name)")
        } else {
          open.append(tag)
        }
        #expect(line.count { $0 == "\"" } % 2 == 0, "\(name)")
      }
      #expect(open.isEmpty, "\(name)")
    }
  }

  static let allowed: [Substring: Set<Substring>] = [
    "svg": [
      "xmlns", "width", "height", "viewBox", "role", "aria-labelledby", "font-family", "font-size", "fill",
    ],
    "title": ["id"], "desc": ["id"], "g": ["id"],
    "rect": [
      "x", "y", "width", "height", "rx", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity",
    ],
    "line": ["x1", "y1", "x2", "y2", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity"],
    "path": [
      "d", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity",
      "stroke-linecap", "stroke-linejoin",
    ],
    "circle": ["cx", "cy", "r", "fill", "fill-opacity", "stroke", "stroke-width"],
    "text": ["x", "y", "transform", "text-anchor", "font-size", "font-weight", "fill"],
  ]

  /// Hostile names included: no element and no attribute that is not on the list.
  @Test func onlyKnownElementsAndAttributes() {
    let hostile = ["<script>alert(1)</script>", "a\" onload=\"x", "]]>-->", "`|`", "x\n</text><a href='y'>"]
    let figures =
      SVGDocumentTests.all
      + SampleFigures.named(hostile, axis: SampleFigures.months, longest: 120, width: .doubleColumn)
    for (name, figure) in figures {
      for line in figure.svg.split(separator: "\n") where !line.hasPrefix("</") {
        let tag = line.dropFirst().prefix { $0.isLetter }
        let head = line.dropFirst(tag.count + 1).prefix { $0 != ">" }
        let known = SVGDocumentTests.allowed[tag]
        #expect(known != nil, "\(name): \(line.prefix(60))")
        var isValue = false
        for part in head.split(separator: "\"", omittingEmptySubsequences: false) {
          if !isValue, part.hasSuffix("=") {
            let attribute = part.dropLast().drop { $0 == " " }
            #expect(known?.contains(attribute) == true, "\(name): \(attribute)")
          }
          isValue.toggle()
        }
      }
    }
  }

  @Test func moreDotsThanAnyoneCanSeeMakeASmallFile() {
    var generator = SampleGenerator(seed: 4)
    let places = (0..<100_000).map { _ in
      SampleFigures.Place(x: 100 * generator.uniform(), y: generator.normal())
    }
    for panels in [1, 6] {
      let figure = ScaledResidualFigure(
        id: "z", title: "Residuals",
        panels: (0..<panels).map {
          .init(name: "Term \($0)", residuals: places, smooth: [], coefficient: 0)
        }, timeAxis: SampleFigures.months
      ).figure()
      #expect(figure.svg.utf8.count < 200_000)
    }
  }

  @Test func manyStepsMakeSmallFilesInEveryForm() {
    let steps = (1...20_000).map { index -> SurvivalFigure.Step in
      let share = Double(index) / 20_000
      return .init(time: 100 * share, estimate: 0.3 * share)
    }
    let groups = (0..<8).map { index in
      CumulativeIncidenceFigure.Group(
        name: "Group \(index)", causes: ["a", "b", "c"].map { .init(name: $0, steps: steps) },
        followUpEnd: 100)
    }
    for form in [CumulativeIncidenceFigure.Form.curves, .stacked] {
      let figure = CumulativeIncidenceFigure(
        id: "c", title: "Incidence", form: form, groups: groups, timeAxis: SampleFigures.months
      ).figure()
      #expect(figure.svg.utf8.count < 200_000)
    }
    let points = (0...100_000).map { index -> (falsePositive: Double, sensitivity: Double) in
      let x = Double(index) / 100_000
      return (x, x * (2 - x))
    }
    let roc = ROCFigure(
      id: "r", title: "ROC", curves: (0..<8).map { .init(name: "Marker \($0)", points: points) }
    ).figure()
    #expect(roc.svg.utf8.count < 200_000)
  }

  @Test func nothingFromOutsideAndNoNonsenseNumbers() {
    for (name, figure) in SVGDocumentTests.all {
      for word in ["script", "href", "url(", "nan", "inf", "<style", "font-face"] {
        let found = figure.svg.lowercased().split(separator: "\n").contains {
          !$0.hasPrefix("<text") && !$0.hasPrefix("<desc") && !$0.hasPrefix("<title") && $0.contains(word)
        }
        #expect(!found, "\(name): \(word)")
      }
      #expect(!figure.svg.contains("-0\""), "\(name)")
      #expect(figure.svg.hasSuffix("</svg>\n"), "\(name)")
    }
  }

  @Test func describesItselfToThoseWhoCannotSeeIt() {
    for (name, figure) in SVGDocumentTests.all {
      let lines = figure.svg.split(separator: "\n")
      #expect(lines[0].contains("role=\"img\""), "\(name)")
      #expect(lines[0].contains("aria-labelledby"), "\(name)")
      #expect(lines[1].hasPrefix("<title "), "\(name)")
      #expect(lines[2].contains(svgEscaped(figure.description)), "\(name)")
      #expect(figure.description.count > 40, "\(name)")
    }
  }

  @Test func textOutsideTheImageIsFound() {
    var document = SVGDocument(id: "x", style: FigureStyle(width: .singleColumn))
    document.text("first", at: Point(x: 10, y: 20), font: Font(size: 8, isBold: false))
    document.text("second", at: Point(x: 20, y: 22), font: Font(size: 8, isBold: false))
    document.text("cut off", at: Point(x: 235, y: 60), font: Font(size: 8, isBold: false))
    let faults = document.figure(height: 80, title: "", description: "").textFaults()
    #expect(faults == ["overlap: first | second", "clipped: cut off"])
  }

  @Test func strokesThroughTextAreFound() {
    var document = SVGDocument(id: "x", style: FigureStyle(width: .singleColumn))
    let ink = Stroke(colour: "#1b1f24", width: 1)
    document.text("struck", at: Point(x: 10, y: 20), font: Font(size: 8, isBold: false))
    document.text("marked", at: Point(x: 60, y: 20), font: Font(size: 8, isBold: false))
    document.text("clear", at: Point(x: 110, y: 20), font: Font(size: 8, isBold: false))
    document.line(from: Point(x: 0, y: 10), to: Point(x: 30, y: 22), ink)
    document.path("M5 40H65V18.5v-2.25h-1.5", stroke: ink)
    document.line(
      from: Point(x: 0, y: 18), to: Point(x: 200, y: 18),
      Stroke(colour: FigureStyle().gridInk, width: 1))
    let faults = document.figure(height: 80, title: "", description: "").crossedTexts()
    #expect(faults == ["crossed: struck", "crossed: marked"])
  }

  @Test func sizesAreMillimetres() {
    let figure = SampleFigures.survival(["A"], width: .singleColumn).figure()
    #expect(figure.svg.contains(" width=\"85mm\""))
    #expect((figure.width - 85).magnitude < 1e-9)
  }
}
