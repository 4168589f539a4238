// Captions of survival analyses where the author gives none.

import Expressions

extension KaplanMeierDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let formula = try options[CommonOptions.formula]
    let outcome = words.survivalOutcome(formula) ?? "Kaplan–Meier estimates"
    return outcome + words.byGroups(formula)
  }
}

extension FollowUpDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Follow-up" + (try CaptionWords(options, in: context)).byGroups(try options[CommonOptions.formula])
  }
}

extension LogRankDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let formula = try options[CommonOptions.formula]
    return "Comparison of \(words.survivalOutcome(formula) ?? "survival")" + words.byGroups(formula)
  }
}

extension RestrictedMeanDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let formula = try options[CommonOptions.formula]
    let outcome = words.survivalOutcome(formula).map { " of \($0)" } ?? ""
    return "Restricted mean" + (outcome.isEmpty ? " survival time" : outcome) + words.byGroups(formula)
  }
}

extension MilestoneDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let words = try CaptionWords(options, in: context)
    let formula = try options[CommonOptions.formula]
    return "\(words.survivalOutcome(formula) ?? "Survival") at fixed times" + words.byGroups(formula)
  }
}

extension RatesDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    (try options[expected] == nil ? "Event rates" : "Observed and expected events")
      + (try CaptionWords(options, in: context)).byGroups(try options[CommonOptions.formula])
  }
}

extension CumulativeIncidenceDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let causes = try CompetingCauses(options).names
    let words = try CaptionWords(options, in: context)
    return "Cumulative incidence of \(causes.map(\.withinSentence).inSentence)"
      + words.byGroups(try options[CommonOptions.formula])
  }
}

extension AdjustedCurvesDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    let id = try options[model].id
    let by = try options[by]
    let table = (context.outputs[id]?.artifact as? CoxAnalysis)?.frame.dataSet.table
    let outcome = CoxAnalysis.outcome(of: id, in: context) ?? "survival"
    return "Adjusted \(outcome) by \(table?[by]?.label.withinSentence ?? by)"
  }
}

extension SwimmerDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Courses of patients"
  }
}

extension SampleSizeDirective {
  static func caption(_ options: ResolvedOptions, in context: DirectiveContext) throws -> String {
    "Sample size"
  }
}
