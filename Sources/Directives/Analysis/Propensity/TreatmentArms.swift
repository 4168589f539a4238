// What treated and controls are called in print: by the levels that the condition tells apart.

import DataTables
import Expressions
import Presentation

/// Names of both arms: "Lev+5FU" and "Lev", or "treated" and "control" where the condition names none.
struct TreatmentArms: Sendable, Hashable {
  let treated: String
  let control: String

  static let unnamed = TreatmentArms(treated: "treated", control: "control")

  /// At the head of columns: levels as they are.
  var headings: [String] {
    self == .unnamed ? ["Treated", "Control"] : [treated, control]
  }

  /// Which way differences are taken.
  var words: String { "\(treated) minus \(control)" }

  /// Whose probability the score is: "Lev+5FU (against Lev)"; by the condition where it names no arms.
  func scoreWords(_ condition: String) -> String {
    if self == .unnamed { return condition }
    return control == "other" || control.hasSuffix(": other") ? treated : "\(treated) (against \(control))"
  }

  /// - Parameter rows: those that are treated or controls.
  init(_ condition: Expression, _ table: DataTable, rows: [Int32]) {
    self = Self.named(condition, table, rows) ?? .unnamed
  }

  private init(treated: String, control: String) {
    self.treated = treated
    self.control = control
  }

  private static func named(_ condition: Expression, _ table: DataTable, _ rows: [Int32]) -> TreatmentArms? {
    switch condition.root.kind {
    case .reference(let reference) where reference.steps.isEmpty:
      guard let column = table[reference.name] else { return nil }
      let names = GroupHeadings.text(["true", "false"], label: column.label, isFlag: true)
      return TreatmentArms(treated: names[0], control: names[1])
    case .comparison(.equal, let left, let right):
      guard case .reference(let reference) = left.kind, reference.steps.isEmpty,
        let column = table[reference.name], let level = level(right)
      else { return nil }
      let held = Categories(column)
      let used = Set(held.codes.gathered(rows).filter { held.names.indices.contains(Int($0)) })
      let others = used.sorted().map { held.names[Int($0)] }.filter { $0 != level }
      guard others.count < used.count else { return nil }
      let control = others.count == 1 ? others[0] : "other"
      let names = GroupHeadings.text([level, control], label: column.label, isFlag: column.type == .flag)
      if Double(level) != nil, others.count > 1 {
        return TreatmentArms(treated: "\(column.label): \(level)", control: "\(column.label): other")
      }
      return TreatmentArms(treated: names[0], control: names[1])
    default: return nil
    }
  }

  private static func level(_ node: Expression.Node) -> String? {
    switch node.kind {
    case .text(let text): text
    case .number(let value): ShortestNumber.text(value)
    case .flag(let flag): flag ? "true" : "false"
    default: nil
    }
  }
}
