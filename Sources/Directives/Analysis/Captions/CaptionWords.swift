// The words of captions that Meier writes itself: roles and labels as they stand within a sentence.

import DataTables
import Diagnostics
import Expressions
import ModelFormula

/// Names the outcome, the groups and the columns of an analysis for its caption.
struct CaptionWords {
  let dataSet: DataSet

  init(_ dataSet: DataSet) { self.dataSet = dataSet }

  /// The data set under the option `data`.
  init(_ options: ResolvedOptions, in context: DirectiveContext) throws {
    let reference = try options[CommonOptions.data]
    dataSet = try context.dataSet(reference.id, at: reference.range)
  }

  /// A column's label, or its name.
  func label(_ name: String) -> String { dataSet.withinSentence(dataSet.table[name]?.label ?? name) }

  /// "overall survival": the label of the time where it names an outcome, else what the name that the outcome was
  /// declared under stands for, else that name.
  func survivalOutcome(_ formula: Formula) -> String? {
    guard let syntax = try? SurvivalTimes.syntax(of: formula, in: dataSet) else { return nil }
    let names = syntax.time.columnNames
    if names.count == 1, let label = names.first.flatMap({ dataSet.table[$0]?.label }) {
      let words = label.lowercased()
      if words.contains("survival") || words.hasPrefix("time to ") { return label.withinSentence }
    }
    guard case .name(let name)? = formula.response?.form else { return nil }
    return Self.outcomes[name] ?? name
  }

  /// What the field's abbreviations stand for; those with two readings stay abbreviations.
  static let outcomes = [
    "os": "overall survival", "pfs": "progression-free survival", "dfs": "disease-free survival",
    "efs": "event-free survival", "rfs": "RFS", "css": "CSS", "dss": "DSS", "mfs": "MFS",
    "ttp": "time to progression",
  ]

  /// The left side of a regression: its label, or what was written.
  func response(_ formula: Formula) -> String? {
    switch formula.response?.form {
    case .name(let name): label(name)
    case .expression(let expression): label(expression)
    case .columns(let expressions): expressions.first.map(label)
    case .survival, nil: nil
    }
  }

  /// A condition on one column by the column's label: `died == 1` is "death" where the dictionary says so.
  func label(_ expression: Expression) -> String {
    let names = expression.columnNames
    guard names.count == 1, let column = names.first.flatMap({ dataSet.table[$0] }) else {
      return dataSet.readable(expression.words)
    }
    let isPlain = ["\(column.name) == 1", "\(column.name) == true"].contains(expression.words)
    return column.label != column.name || isPlain
      ? column.label.withinSentence : dataSet.readable(expression.words)
  }

  /// "treatment and sex": the right side without strata, clusters and offsets; empty for none.
  func groups(_ formula: Formula) -> String {
    guard let terms = try? formula.terms() else { return "" }
    var names: [String] = []
    for variable in terms.variables {
      switch variable.form {
      case .strata, .cluster, .offset: continue
      case .column, .expression, .factor, .basis, .ridge: break
      }
      for use in variable.columnUses where !names.contains(use.name) { names.append(use.name) }
    }
    return names.map(label).inSentence
  }

  /// " by treatment", or nothing.
  func byGroups(_ formula: Formula) -> String {
    let groups = groups(formula)
    return groups.isEmpty ? "" : " by \(groups)"
  }
}

extension CoxAnalysis {
  /// "Cox model of overall survival", for the captions of what rests on a model.
  static func caption(of id: String, in context: DirectiveContext) -> String {
    "Cox model" + (outcome(of: id, in: context).map { " of \($0)" } ?? "")
  }

  /// "overall survival"
  static func outcome(of id: String, in context: DirectiveContext) -> String? {
    guard let analysis = context.outputs[id]?.artifact as? CoxAnalysis else { return nil }
    return CaptionWords(analysis.frame.dataSet).survivalOutcome(analysis.frame.formula)
  }
}

extension [String] {
  /// "a", "a and b", "a, b and c"; of more than four the first three.
  var inSentence: String {
    let shown = count > 4 ? Array(prefix(3)) + ["others"] : self
    guard let last = shown.last, shown.count > 1 else { return first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension String {
  /// Within a sentence: the first letter small, unless the word is an abbreviation, a code or a name.
  var withinSentence: String {
    let word = prefix { !$0.isWhitespace }
    guard let first, first.isUppercase, word.count > 1,
      word.dropFirst().allSatisfy({ $0.isLowercase || $0 == "-" }),
      !Eponyms.words.contains(String(word.prefix { $0 != "-" }))
    else { return self }
    return first.lowercased() + dropFirst()
  }
}

/// Persons and places after whom scores, stages and diseases are called: they keep their capital.
private enum Eponyms {
  static let words: Set<String> = [
    "African", "Alzheimer", "American", "Ann", "Apgar", "Asian", "Balthazar", "Barrett", "Barthel", "Beck",
    "Binet", "Bishop", "Bloom", "Borg", "Braden", "Breslow", "Bristol", "Burkitt", "Caucasian", "Charlson",
    "Child", "Clark", "Crohn", "Dukes", "Durie", "Elixhauser", "Epworth", "European", "Ewing", "Fisher",
    "Fontaine", "Forrest", "Framingham", "Fuhrman", "Glasgow", "Gleason", "Hamilton", "Helicobacter",
    "Hispanic",
    "Hodgkin", "Hoehn", "Hunt", "Ishak", "Kaposi", "Karnofsky", "Kellgren", "Killip", "Lansky", "Lauren",
    "Mallampati", "Mayo", "Nottingham", "Oxford", "Parkinson", "Philadelphia", "Rai", "Rankin", "Ranson",
    "Rockwood", "Roma", "Rutherford", "Sokal", "Spetzler", "Tanner", "Wells", "Wilms", "Zubrod",
  ]
}
