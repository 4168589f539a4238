// How values are distributed: histograms, or boxes with their points.

/// The distribution of one variable, in groups or as a whole.
public struct DistributionFigure: Sendable {
  /// A bar of a histogram.
  public struct Bin: Sendable, Equatable {
    /// Where the bar begins, in the unit of the variable; a value here counts in this bar.
    public var lower: Double
    /// Where the bar ends; a value here counts in the next bar, or in this one if it is the last.
    public var upper: Double
    /// Height of the bar: rows, or a sum of weights.
    public var count: Double

    /// A bar; those of one group share a width and leave no gaps between them.
    public init(lower: Double, upper: Double, count: Double) {
      self.lower = lower
      self.upper = upper
      self.count = count
    }
  }

  /// The five numbers of a box; whiskers where the caller's rule puts them.
  public struct Box: Sendable, Equatable {
    /// Lower end of the whiskers, in the unit of the variable like every number of a box.
    public var lowerWhisker: Double
    /// Lower edge of the box.
    public var lowerQuartile: Double
    /// The line across the box.
    public var median: Double
    /// Upper edge of the box.
    public var upperQuartile: Double
    /// Upper end of the whiskers.
    public var upperWhisker: Double

    /// Five numbers in ascending order.
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

  /// How the values of a group are shown; boxes for all as soon as one group has a box.
  public enum Content: Sendable {
    case histogram([Bin])
    /// Points may be empty: many values, or patients to be protected.
    case box(Box, points: [Double])
  }

  /// One group's bars or box.
  public struct Group: Sendable {
    /// Beside the bars or the box; empty where there is one group only.
    public var name: String
    /// "n = 58".
    public var detail: String
    /// Bars, or a box with its points.
    public var content: Content

    /// A group as it is to be drawn; the figure counts and estimates nothing.
    public init(name: String = "", detail: String = "", content: Content) {
      self.name = name
      self.detail = detail
      self.content = content
    }
  }

  /// Begins every identifier in the file, so that several figures can stand in one page; the directive's id.
  public var id: String
  /// The file's title and the first words of its description; not drawn, since the caption stands in the
  /// document.
  public var title: String
  /// In the order in which they are read.
  public var groups: [Group]
  /// "Age, years".
  public var valueLabel: String
  /// At the axis of a histogram's counts: what one row is.
  public var countLabel: String
  /// Below boxes: what they, their whiskers and the points are.
  public var legend = ""
  /// Width, fonts, colours and number forms.
  public var style: FigureStyle

  /// Histograms if every group has bars, boxes otherwise.
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

  /// Lays the figure out and writes it; the same values give the same bytes on every machine.
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
