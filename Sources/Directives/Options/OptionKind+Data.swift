// Options of the data directive: outcomes and the dictionary.

import AnalysisDocument
import DataTables
import Diagnostics
import ModelFormula

extension OptionKind where Value == SurvivalSyntax {
  /// `Surv(time, event)` and its relatives, kept as written.
  static var outcome: Self {
    OptionKind("an outcome such as Surv(time, died == 1)") { tree, reader in
      guard let scalar = tree.scalar, !scalar.isNull else {
        return expected("an outcome such as Surv(time, died == 1)", at: tree, &reader)
      }
      return reader.reading { () throws(DiagnosticList) in
        try SurvivalSyntax.parse(try scalar.expressionText())
      }
    }
  }
}

extension OptionKind where Value == ColumnMetadata {
  /// `{label: …, unit: …, levels: […], reference: …, missing: […], digits: …, per: …}`, or a label alone.
  static var columnMetadata: Self {
    OptionKind("a description {label, unit, levels, reference, missing, digits, per}") { tree, reader in
      if let scalar = tree.scalar { return ColumnMetadata(label: scalar.string) }
      guard let mapping = tree.mapping else {
        return expected("a description such as {label: Age, unit: years}", at: tree, &reader)
      }
      var metadata = ColumnMetadata()
      let keys = ["label", "unit", "levels", "reference", "missing", "digits", "per"]
      for entry in mapping.entries {
        switch entry.key.string {
        case "label": metadata.label = OptionKind<String>.text.decode(entry.value, &reader)
        case "unit": metadata.unit = OptionKind<String>.text.decode(entry.value, &reader)
        case "levels": metadata.levels = OptionKind<String>.text.list.decode(entry.value, &reader)
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
              remedy: NearMiss.remedy(for: entry.key.string, among: keys)
                ?? "entries: \(keys.joined(separator: ", "))"))
        }
      }
      if let reference = metadata.reference, let levels = metadata.levels, !levels.contains(reference) {
        reader.report(
          Diagnostic(
            .unknownLevel, "the reference '\(reference)' is not among the levels",
            at: mapping["reference"]?.range ?? mapping.range,
            remedy: NearMiss.remedy(for: reference, among: levels)))
      }
      return metadata
    }
  }
}
