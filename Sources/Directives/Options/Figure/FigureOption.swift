// The option `figure:` of each kind of figure.

enum FigureOption {
  static let survival = key(FigureSetting.survival)
  static let followUp = key(FigureSetting.survival.filter { $0 != .transform }, isDrawn: false)
  static let curves = key(FigureSetting.curves)
  static let incidence = key(FigureSetting.incidence)
  static let forest = key(FigureSetting.forest)
  static let plot = key(FigureSetting.plot)
  static let residuals = key(FigureSetting.plot + [.timeUnit], isDrawn: false)
  static let labelled = key(FigureSetting.common)
  static let timed = key(FigureSetting.common + [.limits, .breaks, .timeUnit])
  static let plain = key([.size, .palette])
  static let performance = key([.size, .palette, .timeUnit])

  private static func key(_ settings: [FigureSetting], isDrawn: Bool = true) -> OptionKey<FigureRequest> {
    OptionKey(
      "figure", .figure(settings), default: isDrawn ? FigureRequest() : .hidden, shown: "\(isDrawn)",
      "whether the figure is drawn, and how")
  }
}
