// `{swimmer}`: one lane per patient with what happened and when.

import AnalysisDocument
import DataTables
import Diagnostics
import Expressions
import Figures
import Presentation

enum SwimmerDirective: Directive {
  static let time = OptionKey(required: "time", .expression, "the end of each patient's observation")
  static let phases = OptionKey(
    "phases", OptionKind<Expression>.expression.mapping, default: [], shown: "one phase",
    "periods in order, each with the time at which it ends: {Induction: induction_end, Maintenance: months}")
  static let colour = OptionKey(
    optional: "by", .column, "the column whose level colours the lane, where there are no phases")
  static let events = OptionKey(
    "events", OptionKind<SwimmerEvent>.swimmerEvent.mapping, default: [], shown: "none",
    "marks with their times: {Response: response_months, Death: {at: months, when: died == 1}}")
  static let ongoing = OptionKey(
    optional: "ongoing", .expression, "whose observation goes on: an arrow at the end of the lane")
  static let label = OptionKey(
    optional: "label", .column, "the column that names the lanes; patients are not named without it")
  static let order = OptionKey(
    "order", OptionKind<Order>.choice(), default: .longest, shown: "longest",
    "the longest lane first, the shortest first, or by `by` and then the longest")
  static let most = OptionKey(
    "most", .integer(in: 1...400), default: 60, shown: "60",
    "lanes drawn at most; the others are counted in a note")

  enum Order: String, CaseIterable, Sendable { case longest, shortest, group }

  static let specification = DirectiveSpecification(
    name: "swimmer",
    summary: "Swimmer plot: a lane per patient with phases, events and who is still under observation.",
    details: """
      A lane begins at 0 and ends at the patient's `time`. Phases follow one another; one whose end is missing or not later \
      than the one before is left out for that patient, and none goes on beyond the end of the lane. Events without a time \
      are left out. Patients with a missing or negative `time` are left out and counted.
      """,
    options: [
      CommonOptions.data.specification, CommonOptions.condition.specification, time.specification,
      phases.specification, colour.specification, events.specification, ongoing.specification,
      label.specification, order.specification, most.specification, CommonOptions.caption.specification,
      FigureOption.timed.specification,
    ],
    results: [
      ResultSpecification("ID.n", "patients with a lane; also `.shown`, `.missing`, `.ongoing`"),
      ResultSpecification("ID.event(\"Response\").n", "patients with the event"),
    ],
    example: """
      data: nelm
      time: os_months
      by: treatment
      events: {Death: {at: os_months, when: died == 1}}
      """)

  static func run(_ options: ResolvedOptions, in context: DirectiveContext) throws -> DirectiveOutput {
    let dataSet = try context.selectedRows(options, to: "draw")
    let lanes = try SwimmerLanes(dataSet, options, threads: context.threads)
    guard !lanes.lanes.isEmpty else {
      throw Diagnostic(
        .noRows, "no row of '\(dataSet.id)' has a time", at: options.range(time),
        remedy: "look at the conditions under 'where:'")
    }
    let shown = Array(lanes.lanes.prefix(try options[most]))
    var values = ResultValues()
    values.add(".n", count: lanes.lanes.count)
    values.add(".shown", count: shown.count)
    values.add(".missing", count: lanes.missing)
    values.add(".ongoing", count: lanes.lanes.count { $0.isOngoing })
    for name in lanes.eventNames {
      values.add(
        ".event(\(ResultPath.quoted(name))).n",
        count: lanes.lanes.count { $0.events.contains { $0.name == name } })
    }
    let request = try options[FigureOption.timed]
    let caption = try options[CommonOptions.caption]
    var blocks: [OutputBlock] = []
    if request.isDrawn {
      let names = try options[time].columnNames
      let column = names.count == 1 ? names.first.flatMap { dataSet.table[$0] } : nil
      let figure = SwimmerFigure(
        id: context.id, title: try options.title,
        phaseNames: lanes.phaseNames.filter { !$0.isEmpty }, eventNames: lanes.eventNames, lanes: shown,
        timeAxis: request.timeAxis(
          unit: column?.metadata.unit, words: column?.label ?? "Time", longest: lanes.longest),
        style: request.style(context.style))
      blocks.append(.figure(figure.figure(), name: nil, caption: caption))
      var notes: [String] = []
      func count(_ number: Int) -> String { context.style.text(Quantity(number), .count) }
      if shown.count < lanes.lanes.count {
        notes.append("The first \(count(shown.count)) of \(count(lanes.lanes.count)) patients.")
      }
      if lanes.missing > 0 { notes.append("Without a time and left out: \(count(lanes.missing)).") }
      if !notes.isEmpty { blocks.append(.paragraph(MarkdownText.paragraph(notes.joined(separator: " ")))) }
    }
    return DirectiveOutput(blocks: blocks, values: values.values)
  }
}

/// A mark on the lanes: when, and for whom.
struct SwimmerEvent: Sendable {
  let at: Expression
  let when: Expression?
}

extension OptionKind where Value == SwimmerEvent {
  /// `response_months`, or `{at: months, when: died == 1}`.
  static var swimmerEvent: Self {
    let kind = OptionKind<Expression>.expression
    return OptionKind(
      "a time, or {at: time, when: condition}",
      use: { OptionUse(names: $0.at.columnUses + ($0.when?.columnUses ?? [])) },
      decode: { tree, reader in
        guard let mapping = tree.mapping else {
          return kind.decode(tree, &reader).map { SwimmerEvent(at: $0, when: nil) }
        }
        for entry in mapping.entries where !["at", "when"].contains(entry.key.string) {
          reader.report(
            Diagnostic(
              .unknownOption, "an event has 'at' and 'when', not '\(entry.key.string)'",
              at: entry.key.range()))
        }
        guard let place = mapping["at"] else {
          return expected("{at: time, when: condition}", at: tree, &reader)
        }
        var condition: Expression?
        if let when = mapping["when"] {
          condition = kind.decode(when, &reader)
          if condition == nil { return nil }
        }
        return kind.decode(place, &reader).map { [condition] in SwimmerEvent(at: $0, when: condition) }
      })
  }
}
