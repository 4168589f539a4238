// Reading `figure:`.

import AnalysisDocument
import Diagnostics
import Figures

extension OptionKind where Value == FigureRequest {
  /// `true`, `false`, or a mapping of the settings that a figure of this kind understands.
  static func figure(_ settings: [FigureSetting]) -> Self {
    let names = settings.map(\.rawValue)
    return OptionKind(
      "true, false, or settings of the figure",
      parts: settings.map {
        OptionPart(name: $0.rawValue, kind: $0.kind, defaultText: $0.defaultText, summary: $0.summary)
      },
      decode: { tree, reader in
        guard let mapping = tree.mapping else {
          guard tree.scalar != nil, let isDrawn = OptionKind<Bool>.flag.decode(tree, &reader) else {
            if tree.scalar == nil {
              return expected(
                "true, false, or settings of the figure", at: tree, &reader,
                remedy: "write 'figure: {size: single-column}'")
            }
            return nil
          }
          return isDrawn ? FigureRequest() : .hidden
        }
        var request = FigureRequest()
        let before = reader.diagnostics.count
        for entry in mapping.entries {
          guard let setting = settings.first(where: { $0.rawValue == entry.key.string }) else {
            let isOther = FigureSetting(rawValue: entry.key.string) != nil
            reader.report(
              Diagnostic(
                .unknownOption,
                isOther
                  ? "this figure has no '\(entry.key.string)'"
                  : "a figure has no setting '\(entry.key.string)'", at: entry.key.range(),
                remedy: (isOther ? nil : NearMiss.remedy(for: entry.key.string, among: names))
                  ?? "settings: \(names.joined(separator: ", "))"))
            continue
          }
          setting.decode(entry.value, into: &request, &reader)
        }
        return reader.diagnostics.count == before ? request : nil
      })
  }
}

extension FigureSetting {
  func decode(_ tree: OptionTree, into request: inout FigureRequest, _ reader: inout OptionReader) {
    switch self {
    case .size: OptionKind<FigureWidth>.figureWidth.decode(tree, &reader).map { request.width = $0 }
    case .height:
      OptionKind<Double>.number(in: 20...400).decode(tree, &reader).map { request.plotHeight = $0 }
    case .limits: Self.axes(.range, tree, &reader).map { request.limits = $0 }
    case .breaks: Self.axes(OptionKind<Double>.number().list, tree, &reader).map { request.breaks = $0 }
    case .labels:
      guard tree.mapping != nil else {
        reader.report(
          Diagnostic(
            .invalidOption, "expected \(kind)", at: tree.range, remedy: "write {x: Months since surgery}"))
        return
      }
      Self.axes(.line, tree, &reader).map { request.labels = $0 }
    case .palette: OptionKind<[SeriesColour]>.palette.decode(tree, &reader).map { request.palette = $0 }
    case .transform: OptionKind.choice().decode(tree, &reader).map { request.transform = $0 }
    case .median: OptionKind.flag.decode(tree, &reader).map { request.showsMedian = $0 }
    case .riskTable:
      OptionKind<RiskTableContent>.choice().list.decodingSwitch(tree, &reader).map {
        switch $0 {
        case .off: request.riskTable = []
        case .on: request.riskTable = nil
        case .value(let contents): request.riskTable = contents
        }
      }
    case .annotation:
      OptionKind<String>.line.list.decodingSwitch(tree, &reader).map {
        switch $0 {
        case .off: request.annotation = .none
        case .on: request.annotation = .automatic
        case .value(let lines): request.annotation = .lines(lines.filter { !$0.isEmpty })
        }
      }
    case .legend: OptionKind.choice().decode(tree, &reader).map { request.legend = $0 }
    case .bands: OptionKind.flag.decode(tree, &reader).map { request.bands = $0 }
    case .censorMarks: OptionKind.flag.decode(tree, &reader).map { request.marksCensoring = $0 }
    case .fadeBelow:
      OptionKind.integer(in: 0...1_000_000).decode(tree, &reader).map { request.fadeBelow = $0 }
    case .timeUnit: OptionKind.choice().decode(tree, &reader).map { request.timeUnit = $0 }
    case .favours:
      OptionKind<String>.line.list.decode(tree, &reader).map { sides in
        guard sides.count == 2 else {
          reader.report(Diagnostic(.invalidOption, "expected \(kind)", at: tree.range))
          return
        }
        request.favours = sides
      }
    }
  }

  /// A value for the horizontal axis, or `{x: …, y: …}`.
  private static func axes<Value>(
    _ kind: OptionKind<Value>, _ tree: OptionTree, _ reader: inout OptionReader
  ) -> FigureRequest.Axes<Value>? {
    var axes = FigureRequest.Axes<Value>()
    guard let mapping = tree.mapping else {
      axes.x = kind.decode(tree, &reader)
      return axes.x == nil ? nil : axes
    }
    for entry in mapping.entries {
      switch entry.key.string {
      case "x": axes.x = kind.decode(entry.value, &reader)
      case "y": axes.y = kind.decode(entry.value, &reader)
      default:
        reader.report(
          Diagnostic(
            .unknownOption, "an axis is 'x' or 'y', not '\(entry.key.string)'", at: entry.key.range()))
      }
    }
    return axes
  }
}

/// What a setting may be besides its own kind of value.
enum Switchable<Value: Sendable>: Sendable {
  case on, off
  case value(Value)
}

extension OptionKind {
  /// `true`, `false`, or such a value.
  func decodingSwitch(_ tree: OptionTree, _ reader: inout OptionReader) -> Switchable<Value>? {
    switch tree.scalar.map({ $0.isQuoted ? "" : $0.string }) {
    case "true", "yes": .on
    case "false", "no", "none": .off
    default: decode(tree, &reader).map { .value($0) }
    }
  }
}

extension OptionKind where Value == ClosedRange<Double> {
  /// `[from, to]`
  static var range: Self {
    OptionKind("[from, to]") { tree, reader in
      let items = tree.sequence?.elements.compactMap { $0.scalar.flatMap { Double($0.string) } } ?? []
      guard items.count == 2, tree.sequence?.elements.count == 2, items[0].isFinite, items[1].isFinite,
        items[0] < items[1]
      else { return expected("two numbers, the smaller first, such as [0, 120]", at: tree, &reader) }
      return items[0]...items[1]
    }
  }
}

extension OptionKind where Value == FigureWidth {
  static var figureWidth: Self {
    OptionKind(FigureSetting.size.kind) { tree, reader in
      let names = ["single-column", "double-column"]
      switch tree.scalar?.string {
      case "single-column": return .singleColumn
      case "double-column": return .doubleColumn
      case let text?:
        if let width = Double(text), width >= 60, width <= 500 { return .millimetres(width) }
        let remedy = Double(text) == nil ? NearMiss.remedy(for: text, among: names) : nil
        return expected(FigureSetting.size.kind, at: tree, &reader, remedy: remedy)
      case nil: return expected(FigureSetting.size.kind, at: tree, &reader)
      }
    }
  }
}

extension OptionKind where Value == [SeriesColour] {
  static var palette: Self {
    OptionKind(FigureSetting.palette.kind) { tree, reader in
      switch tree.scalar?.string {
      case "standard": return SeriesColour.standard
      case "grey", "gray": return SeriesColour.greys
      default: break
      }
      let items = tree.sequence?.elements ?? [tree]
      var colours: [SeriesColour] = []
      for item in items {
        guard let colour = item.scalar.flatMap({ Colour(hexadecimal: $0.string) }) else {
          let remedy = item.scalar.flatMap { NearMiss.remedy(for: $0.string, among: ["standard", "grey"]) }
          return expected(
            FigureSetting.palette.kind, at: item, &reader,
            remedy: remedy ?? "write colours in quotes: '#' begins a comment")
        }
        guard colour.contrast(with: .white) >= 3 else {
          reader.report(
            Diagnostic(
              .invalidOption, "\(colour.hexadecimal) is too pale: lines need a contrast of 3:1 on white",
              at: item.range, remedy: "take a darker colour"))
          return nil
        }
        colours.append(SeriesColour(colour, at: colours.count))
      }
      return colours.isEmpty ? expected(FigureSetting.palette.kind, at: tree, &reader) : colours
    }
  }
}
