// A finished figure.

/// A figure as it is written to a file, with what else a document needs to show it.
public struct Figure: Sendable, Codable {
  /// The SVG file: one element per line, no date, no chance; the same data give the same bytes.
  public let svg: String
  /// Millimetres.
  public let width: Double
  /// Millimetres.
  public let height: Double
  /// What the figure is, in one sentence: the text in place of the image.
  public let altText: String
  /// What the figure shows, in words and numbers, for readers who cannot see it; it stands in the file as well.
  public let description: String
  /// Where every text stands, by the font's own metrics.
  let textBoxes: [TextBox]
  /// What it could not do as it was asked.
  public var faults: [FigureFault] = []

  /// What the elements of a page are called by.
  static func id(_ id: String, page: Int) -> String { page == 1 ? id : "\(id)-\(page)" }

  /// "Tests of proportional hazards (2 of 3)"
  static func title(_ title: String, page: Int, of count: Int) -> String {
    count == 1 ? title : "\(title) (\(page) of \(count))"
  }

  /// The title with the first sentence of the description behind it.
  static func altText(title: String, description: String) -> String {
    guard description.hasPrefix(title + ". ") else { return title.isEmpty ? description : title + "." }
    let rest = description.dropFirst(title.count + 2)
    let sentence = rest.firstRange(of: ". ").map { rest[..<$0.lowerBound] + "." } ?? rest
    return title + (title.contains(": ") ? "; " : ": ") + sentence
  }

  /// Texts that overlap one another or leave the image; empty in a sound figure.
  func textFaults() -> [String] {
    let points = 72 / 25.4
    let page = Rectangle(x: 0, y: 0, width: width * points + 0.01, height: height * points + 0.01)
    var faults: [String] = []
    for (index, box) in textBoxes.enumerated() {
      if !page.contains(box.rectangle) { faults.append("clipped: \(box.text)") }
      for other in textBoxes[(index + 1)...] where box.rectangle.overlaps(other.rectangle) {
        faults.append("overlap: \(box.text) | \(other.text)")
      }
    }
    return faults
  }
}
