// How values are distributed: histograms, or boxes with their points.

/// The distribution of one variable, in groups or as a whole.
public struct DistributionFigure: Sendable {
  public struct Bin: Sendable, Equatable {
    public var lower: Double
    public var upper: Double
    public var count: Double

    public init(lower: Double, upper: Double, count: Double) {
      self.lower = lower
      self.upper = upper
      self.count = count
    }
  }

  /// The five numbers of a box; whiskers where the caller's rule puts them.
  public struct Box: Sendable, Equatable {
    public var lowerWhisker: Double
    public var lowerQuartile: Double
    public var median: Double
    public var upperQuartile: Double
    public var upperWhisker: Double

    public init(
      lowerWhisker: Double, lowerQuartile: Double, median: Double, upperQuartile: Double, upperWhisker: Double
    ) {
      self.lowerWhisker = lowerWhisker
      self.lowerQuartile = lowerQuartile
      self.median = median
      self.upperQuartile = upperQuartile
      self.upperWhisker = upperWhisker
    }
  }

  public enum Content: Sendable {
    case histogram([Bin])
    /// Points may be empty: many values, or patients to be protected.
    case box(Box, points: [Double])
  }

  public struct Group: Sendable {
    public var name: String
    /// "n = 58".
    public var detail: String
    public var content: Content

    public init(name: String = "", detail: String = "", content: Content) {
      self.name = name
      self.detail = detail
      self.content = content
    }
  }

  public var id: String
  public var title: String
  public var groups: [Group]
  /// "Age, years".
  public var valueLabel: String
  public var countLabel: String
  public var style: FigureStyle

  public init(
    id: String, title: String, groups: [Group], valueLabel: String, countLabel: String = "Patients",
    style: FigureStyle = FigureStyle()
  ) {
    self.id = id
    self.title = title
    self.groups = groups
    self.valueLabel = valueLabel
    self.countLabel = countLabel
    self.style = style
  }

  public func figure() -> Figure {
    var isHistogram = true
    for group in groups { if case .box = group.content { isHistogram = false } }
    return isHistogram ? histogramFigure() : boxFigure()
  }

  var description: String {
    var text = "\(title). Distribution of \(valueLabel)."
    for group in groups {
      let name = [group.name, group.detail].filter { !$0.isEmpty }.joined(separator: ", ")
      text += name.isEmpty ? " " : " \(name): "
      switch group.content {
      case .histogram(let bins):
        guard let most = bins.max(by: { $0.count < $1.count }) else { continue }
        let total = bins.reduce(0) { $0 + $1.count }
        text += "\(style.count(total)) values, most in \(short(most.lower)) to \(short(most.upper))."
      case .box(let box, _):
        text += "median \(short(box.median)), quartiles \(short(box.lowerQuartile)) and "
        text +=
          "\(short(box.upperQuartile)), whiskers \(short(box.lowerWhisker)) and \(short(box.upperWhisker))."
      }
    }
    return text
  }

  private func short(_ value: Double) -> String {
    style.number(value, decimals: value == value.rounded() ? 0 : (value.magnitude < 10 ? 2 : 1))
  }
}
