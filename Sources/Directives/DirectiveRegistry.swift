// All directives, one line each.

/// The one place where directives are registered.
public enum DirectiveRegistry {
  /// In the order of the manual.
  public static let all: [any Directive.Type] = [
    DataDirective.self,
    DataDictionaryDirective.self,
    SummaryDirective.self,
    FlowDirective.self,
    KaplanMeierDirective.self,
    FollowUpDirective.self,
    LogRankDirective.self,
    RestrictedMeanDirective.self,
    MilestoneDirective.self,
    RatesDirective.self,
    CoxDirective.self,
    ProportionalHazardsDirective.self,
    ConcordanceDirective.self,
    PerformanceDirective.self,
    AdjustedCurvesDirective.self,
    SubgroupsDirective.self,
    ValidateDirective.self,
    SampleSizeDirective.self,
    LinearDirective.self,
    ConditionalLogisticDirective.self,
    LogisticDirective.self,
    PoissonDirective.self,
    NegativeBinomialDirective.self,
    GammaDirective.self,
    GeneralizedLinearDirective.self,
    CumulativeIncidenceDirective.self,
    FineGrayDirective.self,
    ROCDirective.self,
    TestDirective.self,
    AdjustPDirective.self,
    ParametricSurvivalDirective.self,
    PropensityDirective.self,
    MergeDirective.self,
    StackDirective.self,
    ForestDirective.self,
    DistributionDirective.self,
    SwimmerDirective.self,
    FunctionalFormDirective.self,
    NomogramDirective.self,
    MatchingDirective.self,
    CompareRulesDirective.self,
  ]

  /// The directive that `{name}` asks for; `nil` when there is none.
  public static func directive(named name: String) -> (any Directive.Type)? {
    all.first { $0.specification.name == name }
  }
}
