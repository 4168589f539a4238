// Reading `compat:` from the front matter.

import AnalysisDocument
import Diagnostics

extension Compatibility {
  /// A program's name, or a mapping of choices with the `preset` they start from.
  public static func read(_ tree: OptionTree) -> (Compatibility, [Diagnostic]) {
    guard let mapping = tree.mapping else {
      let (preset, problems) = readPreset(tree)
      return (.preset(preset), problems)
    }
    var problems: [Diagnostic] = []
    var rules = Compatibility.meier
    if let entry = mapping.entries.first(where: { $0.key.string == "preset" }) {
      let (preset, faults) = readPreset(entry.value)
      rules = .preset(preset)
      problems += faults
    }
    for entry in mapping.entries where entry.key.string != "preset" {
      guard let choice = choices.first(where: { $0.name == entry.key.string }) else {
        let names = ["preset"] + choices.map(\.name)
        problems.append(
          Diagnostic(
            .unknownOption, "'compat' has no choice '\(entry.key.string)'", at: entry.key.range(),
            remedy: NearMiss.remedy(for: entry.key.string, among: names)
              ?? "choices: \(names.joined(separator: ", "))"))
        continue
      }
      let word = entry.value.scalar?.string ?? ""
      if !choice.set(&rules, word) {
        problems.append(
          Diagnostic(
            .invalidOption, "expected one of \(choice.allowed.joined(separator: ", "))",
            at: entry.value.range,
            remedy: NearMiss.remedy(for: word, among: choice.allowed)))
      }
    }
    return (rules, problems)
  }

  private static func readPreset(_ tree: OptionTree) -> (Preset, [Diagnostic]) {
    let names = Preset.allCases.map(\.rawValue)
    let word = tree.scalar?.string ?? ""
    if let preset = Preset(rawValue: word) { return (preset, []) }
    return (
      .meier,
      [
        Diagnostic(
          .invalidOption, "expected one of \(names.joined(separator: ", "))", at: tree.range,
          remedy: NearMiss.remedy(for: word, among: names))
      ]
    )
  }
}

extension ResolvedOptions {
  /// The option where the author gave it, else the document's default.
  func value<Value>(_ key: OptionKey<Value>, otherwise value: Value) throws -> Value {
    isGiven(key) ? try self[key] : value
  }
}
