// The pages of the codes about estimation.

extension DiagnosticCode {
  /// The page of a code that `page` hands on.
  var statisticsPage: DiagnosticPage {
    switch self {
    case .noEvents:
      DiagnosticPage(
        "There is no event among the rows used: nothing can be estimated.",
        "Look at the coding of the event.")
    case .constantColumn:
      DiagnosticPage(
        "A covariate has the same value in all rows used.",
        "Remove it from the formula.")
    case .codedNumbers:
      DiagnosticPage(
        "A column of numbers that holds no more than two values is described like a measurement.",
        "Give the codes as `levels` in the dictionary, or ask for `levels` where the variable is named.")
    case .aliased:
      DiagnosticPage(
        "Other columns of the model determine this one: its coefficient is not estimable (NE).",
        "Remove it, or one of the columns it depends on.")
    case .separation:
      DiagnosticPage(
        "The likelihood keeps rising as a coefficient grows: a level has no events, or all of "
          + "them. Its estimate would be an artefact and is withheld.",
        "Join levels, or fit with Firth's penalty.")
    case .notConverged:
      DiagnosticPage(
        "The fit stopped before it converged.",
        "Look for columns on very different scales, few events, or near-collinearity.")
    case .perfectFit:
      DiagnosticPage(
        "The model fits the data exactly, or has as many parameters as rows: standard errors, intervals and tests mean nothing.",
        "Look for a covariate that is computed from the response, or fit fewer terms.")
    case .notEstimable:
      DiagnosticPage(
        "The data do not determine the result: too few values, or values that do not vary.",
        "Look at the column and the conditions under 'where:', or leave the test out.")
    case .fewEvents:
      DiagnosticPage(
        "There are few events for the number of parameters.",
        "Fit fewer terms, or penalise.")
    case .alikeCurves:
      DiagnosticPage(
        "A figure has more than 16 curves: no more can be told apart by colour and dash.",
        "Join groups, cut a numeric column into classes, or draw some of the groups.")
    case .figureFit:
      DiagnosticPage(
        "A figure cannot be drawn as it was asked: a curve leaves the limits of an axis, the width has no room for the "
          + "texts, or the figure is taller than a page.",
        "Widen the limits or the figure, shorten labels, or show fewer rows.")
    case .competingEvents:
      DiagnosticPage(
        "A figure shows 1 − S(t) as a risk, and rows with other events count as censored: where one of these prevents the event, "
          + "its risk is overstated.",
        "Use `cumulative-incidence` and name the causes; or draw survival, and say that it is of the one cause."
      )
    case .manyGroups:
      DiagnosticPage(
        "A numeric column makes ten groups or more, one for each of its values.",
        "Cut it into classes, `cut(age, [50, 65])`; or use a regression, where a number has one effect.")
    case .unmatched:
      DiagnosticPage(
        "Some treated rows find no control near enough: the result is about those that were matched.",
        "Widen the caliper, allow replacement, or say whom the result is about.")
    case .unstableWeights:
      DiagnosticPage(
        "Weighted or matched, an arm rests on fewer than 10 effective rows, or single rows have extreme weights: above "
          + "10 and above √n log(n)/5 (Gruber and others, Am J Epidemiol 2022;191:1640–51).",
        "Look at the overlap of the scores, take the overlap's average effect, or truncate the weights.")
    case .nonProportionalHazards:
      DiagnosticPage(
        "A hazard ratio changes with time: one number for it is an average over follow-up.",
        "Stratify, split the follow-up so that the effect can change with time (`meier explain time-varying-effects`), or "
          + "report restricted means.")
    case .invalidArgument:
      DiagnosticPage(
        "A value does not suit the computation.",
        "The message says which and why.")
    default: DiagnosticPage("", "")
    }
  }
}
