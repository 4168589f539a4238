// How the patients of an analysis came about: a flow chart after CONSORT and STROBE.

/// Boxes from top to bottom, exclusions with their reasons beside them, and groups at the end.
public struct FlowFigure: Sendable {
  /// Why rows were left out, and how many; a count of 0 is shown.
  public struct Reason: Sendable, Equatable {
    /// Why, as printed: "Age below 18".
    public var label: String
    /// Rows left out for this reason; 0 is printed as well.
    public var count: Int

    /// A reason with its count.
    public init(_ label: String, count: Int) {
      self.label = label
      self.count = count
    }
  }

  /// One box, and what is left out before the next.
  public struct Step: Sendable, Equatable {
    /// In the box, before the count.
    public var label: String
    /// Rows that are still there.
    public var count: Int
    /// Patients behind these rows, printed beside them; `nil` where rows are patients.
    public var patients: Int?
    /// Heads the side box: "Excluded". The total stands beside it when there are several reasons.
    public var exclusionLabel: String
    /// Rows left out after this box, by reason.
    public var exclusions: [Reason]

    /// A box; without reasons nothing stands beside the arrow to the next.
    public init(
      _ label: String, count: Int, patients: Int? = nil, exclusions: [Reason] = [],
      exclusionLabel: String = "Excluded"
    ) {
      self.patients = patients
      self.label = label
      self.count = count
      self.exclusions = exclusions
      self.exclusionLabel = exclusionLabel
    }
  }

  /// One column below the split; its steps go on downwards, each with what is left out after it.
  public struct Branch: Sendable, Equatable {
    /// From top to bottom.
    public var steps: [Step]

    /// A column of several boxes.
    public init(steps: [Step]) { self.steps = steps }

    /// A column of a single box.
    public init(_ label: String, count: Int) { self.steps = [Step(label, count: count)] }
  }

  /// Names the figure's elements; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// From top to bottom.
  public var steps: [Step]
  /// Groups into which the last step is split.
  public var branches: [Branch]
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// A chart of boxes; without branches it ends with the last step.
  public init(
    id: String, title: String, steps: [Step], branches: [Branch] = [], style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.steps = steps
    self.branches = branches
    self.style = style
  }

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
  public func figure() -> Figure {
    var document = SVGDocument(id: id, style: style)
    let layout = FlowLayout(self)
    document.group("arrows") { document in
      for arrow in layout.arrows { FlowFigure.draw(arrow, in: &document) }
    }
    document.group("boxes") { document in
      for box in layout.boxes { FlowFigure.draw(box, in: &document) }
    }
    return document.figure(height: layout.height, title: title, description: description)
  }

  /// A box's words: patients and rows where they differ.
  func counted(_ step: Step) -> String {
    guard let patients = step.patients else { return counted(step.label, step.count) }
    let words = patients == 1 ? "patient" : "patients"
    return
      "\(step.label) (\(style.count(patients))\u{A0}\(words), \(style.count(step.count))\u{A0}rows)"
  }

  func counted(_ label: String, _ count: Int) -> String {
    // Non-breaking blanks keep the count together.
    "\(label) (n\u{A0}=\u{A0}\(style.count(count)))"
  }

  var description: String {
    var sentences = steps.map(sentence)
    if !branches.isEmpty {
      let groups = branches.map { branch in branch.steps.map(sentence).joined(separator: ", then ") }
      sentences.append("Split into " + groups.joined(separator: "; "))
    }
    return ([title] + sentences).joined(separator: ". ") + "."
  }

  private func sentence(_ step: Step) -> String {
    let patients = step.patients.map { "\(style.count($0)) \($0 == 1 ? "patient" : "patients"), " } ?? ""
    let own = "\(step.label): \(patients)\(style.count(step.count))\(step.patients == nil ? "" : " rows")"
    guard !step.exclusions.isEmpty else { return own }
    let reasons = step.exclusions.map { "\($0.label) \(style.count($0.count))" }
    return own + "; \(step.exclusionLabel): " + reasons.joined(separator: ", ")
  }

  private static func draw(_ box: FlowLayout.Box, in document: inout SVGDocument) {
    let style = document.style
    document.rectangle(
      box.frame, fill: box.isSide ? style.paper : "#f3f5f7",
      stroke: Stroke(colour: box.isSide ? style.quietInk : style.ink, width: 0.7), radius: 2)
    for (line, baseline) in zip(box.lines, box.baselines) {
      document.text(
        line.text, at: Point(x: box.isSide ? box.frame.x + 6 + line.indent : box.frame.midX, y: baseline),
        font: line.font, anchor: box.isSide ? .start : .middle)
    }
  }

  private static func draw(_ arrow: FlowLayout.Arrow, in document: inout SVGDocument) {
    let colour = document.style.ink
    var data = ""
    for (index, point) in arrow.points.enumerated() {
      data += (index == 0 ? "M" : "L") + "\(svgNumber(point.x)) \(svgNumber(point.y))"
    }
    document.path(data, stroke: Stroke(colour: colour, width: 0.8))
    guard arrow.hasHead, let tip = arrow.points.last, let before = arrow.points.dropLast().last else {
      return
    }
    let isDown = tip.x == before.x
    let (dx, dy) = isDown ? (2.6, -5.0) : (-5.0, 2.6)
    document.path(
      "M\(svgNumber(tip.x)) \(svgNumber(tip.y))L\(svgNumber(tip.x + dx)) \(svgNumber(tip.y + dy))"
        + "L\(svgNumber(isDown ? tip.x - dx : tip.x + dx)) \(svgNumber(isDown ? tip.y + dy : tip.y - dy))Z",
      fill: colour)
  }
}
