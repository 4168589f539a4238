// The group that others are compared with.

import Diagnostics
import Presentation

/// Options and notes of directives that compare every group with one of them.
enum GroupComparison {
  static let reference = OptionKey(
    optional: "reference", OptionKind<String>.text,
    "the group that the others are compared with; the first by default")

  /// The reference's number among the groups.
  static func referenceIndex(
    _ name: String?, among groups: Groups, at range: SourceRange
  ) throws(Diagnostic) -> Int {
    guard let name else { return 0 }
    if let index = groups.names.firstIndex(of: name) { return index }
    throw Diagnostic(
      .unknownLevel, "there is no group '\(name)'", at: range,
      remedy: NearMiss.remedy(for: name, among: groups.names)
        ?? "groups: \(groups.names.prefix(10).joined(separator: ", "))")
  }

  /// The groups of a frame, or a message that the formula names none.
  static func groups(of frame: SurvivalFrame, formula: SourceRange, response: String?) throws(Diagnostic)
    -> Groups
  {
    if let groups = frame.groups { return groups }
    throw Diagnostic(
      .oneGroup, "the formula names no group to compare", at: formula,
      remedy: "write \(response ?? "os") ~ group")
  }

  /// "Difference (95% CI)"
  static func heading(_ word: String, level: Double, _ style: JournalStyle) -> String {
    "\(word) (\(IntervalWording.name(level: level, style: style.number)))"
  }
}
