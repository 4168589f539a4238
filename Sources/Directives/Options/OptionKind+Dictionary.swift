// The dictionary of a data directive: what is said of a column.

import AnalysisDocument
import DataTables
import Diagnostics

extension OptionKind where Value == ColumnMetadata {
  private static var keys: [String] {
    ["label", "unit", "levels", "labels", "reference", "missing", "digits", "per"]
  }

  /// The list that `{levels: standard, new}` was meant for: what follows the first level has become entries without a value.
  private static func unbracketed(_ entry: OptionMapping.Entry, in mapping: OptionMapping) -> String? {
    guard entry.value.isNull else { return nil }
    var items: [String] = []
    var list: String?
    for other in mapping.entries {
      if other.value.isNull, list != nil {
        items.append(other.key.string)
      } else if items.count > 1, items.contains(entry.key.string) {
        break
      } else {
        list = ["levels", "missing"].contains(other.key.string) ? other.key.string : nil
        items = list.flatMap { _ in other.value.scalar?.string }.map { [$0] } ?? []
      }
    }
    guard let list, items.contains(entry.key.string) else { return nil }
    return "write \(list): [\(items.joined(separator: ", "))]"
  }

  /// `{label: …, unit: …, levels: […], labels: {code: …}, reference: …, missing: […], digits: …, per: …}`, or a label alone.
  static var columnMetadata: Self {
    OptionKind("a description {\(keys.joined(separator: ", "))}") { tree, reader in
      if let scalar = tree.scalar { return ColumnMetadata(label: scalar.string) }
      guard let mapping = tree.mapping else {
        return expected("a description such as {label: Age, unit: years}", at: tree, &reader)
      }
      var metadata = ColumnMetadata()
      var labels: [ValueLabel] = []
      for entry in mapping.entries {
        switch entry.key.string {
        case "label": metadata.label = OptionKind<String>.text.decode(entry.value, &reader)
        case "unit": metadata.unit = OptionKind<String>.text.decode(entry.value, &reader)
        case "levels":
          if entry.value.mapping != nil {
            labels = ValueLabel.read(entry.value, &reader)
          } else {
            metadata.levels = OptionKind<String>.text.list.decode(entry.value, &reader)
          }
        case "labels": labels = ValueLabel.read(entry.value, &reader)
        case "reference": metadata.reference = OptionKind<String>.text.decode(entry.value, &reader)
        case "digits": metadata.digits = OptionKind<Int>.integer(in: 0...10).decode(entry.value, &reader)
        case "per":
          metadata.per = OptionKind<Double>.number(
            in: Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude
          ).decode(entry.value, &reader)
        case "missing":
          metadata.missingCodes = OptionKind<String>.text.list.decode(entry.value, &reader) ?? []
        default:
          reader.report(
            Diagnostic(
              .unknownOption, "the dictionary has no entry '\(entry.key.string)'", at: entry.key.range(),
              remedy: unbracketed(entry, in: mapping) ?? NearMiss.remedy(for: entry.key.string, among: keys)
                ?? "entries: \(keys.joined(separator: ", "))"))
        }
      }
      ValueLabel.apply(labels, to: &metadata, &reader)
      if let reference = metadata.reference, let levels = metadata.levels, !levels.contains(reference) {
        if let label = metadata.label(ofCode: reference) {
          metadata.reference = label
        } else {
          reader.report(
            Diagnostic(
              .unknownLevel, "the reference '\(reference)' is not among the levels",
              at: mapping["reference"]?.range ?? mapping.range,
              remedy: NearMiss.remedy(for: reference, among: levels)))
        }
      }
      return metadata
    }
  }
}

/// A code of the data and the words for it: `1: male`.
private struct ValueLabel {
  let code: String
  let range: SourceRange
  let label: String

  static func read(_ tree: OptionTree, _ reader: inout OptionReader) -> [ValueLabel] {
    guard let mapping = tree.mapping else {
      _ = OptionKind<String>.expected(
        "codes with their labels", at: tree, &reader, remedy: "write labels: {1: male, 2: female}")
      return []
    }
    return mapping.entries.compactMap { entry in
      OptionKind<String>.text.decode(entry.value, &reader).map {
        ValueLabel(code: entry.key.string, range: entry.key.range(), label: $0)
      }
    }
  }

  /// Levels are the labels in the order of the codes; codes with one label are one level. With a list of levels beside
  /// them, that list is the order of the codes, and a code without a label stands for itself.
  static func apply(_ labels: [ValueLabel], to metadata: inout ColumnMetadata, _ reader: inout OptionReader) {
    guard !labels.isEmpty else { return }
    var words: [String: String] = [:]
    for label in labels { words[label.code] = label.label }
    let order = metadata.levels ?? labels.map(\.code)
    for label in labels where !order.contains(label.code) {
      reader.report(
        Diagnostic(
          .unknownLevel, "'\(label.code)' has a label and is not among the levels", at: label.range,
          remedy: NearMiss.remedy(for: label.code, among: order)
            ?? "add it to 'levels', or leave 'levels' out"))
    }
    var levels: [String] = []
    var codes: [[String]] = []
    for code in order {
      let level = words[code] ?? code
      if let known = levels.firstIndex(of: level) {
        codes[known].append(code)
      } else {
        levels.append(level)
        codes.append([code])
      }
    }
    metadata.levels = levels
    metadata.codes = codes
  }
}
