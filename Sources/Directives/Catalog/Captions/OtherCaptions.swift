// Captions of descriptions, tests, markers and combined tables where the author gives none.

import Expressions

extension SummaryDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    return "Characteristics" + (try options[by].map { " by \(words.label($0.name))" } ?? "")
  }
}

extension DistributionDirective {
  /// Of one variable; the directive draws a figure for each.
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    guard let first = try options[variables].first else { return "" }
    return try caption(of: first.name, options, CaptionWords(options, in: context))
  }

  static func caption(
    of variable: String, _ options: ResolvedOptions, _ words: CaptionWords
  ) throws -> String {
    let label = words.dataSet.table[variable]?.label ?? variable
    return label + (try options[SummaryDirective.by].map { " by \(words.label($0.name))" } ?? "")
  }
}

extension DataDictionaryDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Columns of \(try options[data].id)"
  }
}

extension FlowDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Flow from the file to the analysis"
  }
}

extension TestDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let variables = try [options[variable]].compactMap(\.self) + (try options[variables])
    guard let first = variables.first else { return "" }
    let rest = variables.dropFirst().map { words.label($0.text) }
    let all = ([words.dataSet.table[first.text]?.label ?? first.text] + rest).inSentence
    return all + (try options[by].map { " by \(words.label($0.name))" } ?? "")
  }
}

extension AdjustPDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "P values adjusted for multiple comparisons"
  }
}

extension ROCDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let markers = try options[predictors].map { words.label($0.name) }
    return "Discrimination of \(markers.inSentence) for \(words.label(try options[outcome]))"
  }
}

extension PropensityDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Balance of covariates before and after weighting"
  }
}

extension MatchingDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Balance of covariates before and after matching"
  }
}

extension CompareRulesDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let end = "under the rules of other programs"
    guard let analysis = try options[of] else { return "Results \(end)" }
    return context.title(of: analysis.id).map { "\($0), \(end)" } ?? "Results of \(analysis.id) \(end)"
  }
}

extension MergeDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    try CombinedTables.caption(options[CombinedTables.tables], context)
  }
}

extension StackDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    try CombinedTables.caption(options[CombinedTables.tables], context)
  }
}

extension ForestDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let names = try CombinedTables.titles(options[models], context)
    // The series of a single model are its univariable and multivariable estimates, not the model.
    let titles = names.count > 1 ? names.inSentence : ""
    return titles.isEmpty ? "Forest plot" : "Forest plot: \(titles)"
  }
}
