// The loops that hold large registries: one benchmark for each, at a hundred thousand and a million rows.

import Benchmark
import NumericalMethods
import Regression
import Survival

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.wallClock, .cpuTotal], warmupIterations: 1, scalingFactor: .one, maxDuration: .seconds(2),
    maxIterations: 20)
  for (rowCount, name) in [(100_000, "10⁵"), (1_000_000, "10⁶")] {
    let registry = OnceValue<SimulatedRegistry>()
    // Made when the first benchmark of the size runs, not when all are listed.
    @Sendable func rows() -> SimulatedRegistry { registry.value { SimulatedRegistry(rowCount: rowCount) } }
    addSums(name, rows)
    addSurvival(name, rows)
    addModels(name, rows)
  }
}

/// Sums, exponentials and orders.
@Sendable private func addSums(_ name: String, _ rows: @escaping @Sendable () -> SimulatedRegistry) {
  Benchmark("weighted Gram matrix of 8 columns, \(name)") { benchmark in
    let matrix = Matrix(columns: (0..<8).map { _ in rows().marker })
    benchmark.startMeasurement()
    blackHole(WeightedGram.matrix(matrix, weights: rows().marker, threads: 2))
  }
  Benchmark("exponential, \(name)") { benchmark in
    let values = rows().marker
    benchmark.startMeasurement()
    blackHole(Elementary.exp(values))
  }
  Benchmark("order of doubles, \(name)") { benchmark in
    let values = rows().marker
    benchmark.startMeasurement()
    blackHole(RadixOrder.ascending(values, threads: 2))
  }
  Benchmark("order of days, \(name)") { benchmark in
    let values = rows().days
    benchmark.startMeasurement()
    blackHole(RadixOrder.ascending(values))
  }
}

/// Counting by day.
@Sendable private func addSurvival(_ name: String, _ rows: @escaping @Sendable () -> SimulatedRegistry) {
  Benchmark("outcome, distinct times, \(name)") { benchmark in
    let registry = rows()
    benchmark.startMeasurement()
    blackHole(try SurvivalOutcome(time: registry.days, event: registry.event))
  }
  Benchmark("event tally and log-rank test, \(name)") { benchmark in
    let registry = rows()
    benchmark.startMeasurement()
    blackHole(try LogRankTest.compare(registry.outcome, groups: registry.groups))
  }
  Benchmark("Gray's test, \(name)") { benchmark in
    let registry = rows()
    benchmark.startMeasurement()
    blackHole(try GrayTest.compare(registry.competing, groups: registry.groups))
  }
}

/// Fits and what rests on them.
@Sendable private func addModels(_ name: String, _ rows: @escaping @Sendable () -> SimulatedRegistry) {
  Benchmark("Cox: rows arranged, and one evaluation, \(name)") { benchmark in
    let registry = rows()
    var options = registry.options
    options.maximumIterations = 0
    benchmark.startMeasurement()
    blackHole(try CoxModel.fit(outcome: registry.outcome, covariates: registry.design, options: options))
  }
  Benchmark("Cox: fit, \(name)") { benchmark in
    let registry = rows()
    benchmark.startMeasurement()
    blackHole(
      try CoxModel.fit(outcome: registry.outcome, covariates: registry.design, options: registry.options))
  }
  Benchmark("Cox: concordance, \(name)") { benchmark in
    let registry = rows()
    let fit = try CoxModel.fit(
      outcome: registry.outcome, covariates: registry.design, options: registry.options)
    benchmark.startMeasurement()
    blackHole(try fit.concordance())
  }
  Benchmark("Cox: proportional-hazards test, \(name)") { benchmark in
    let fit = rows().fit
    benchmark.startMeasurement()
    blackHole(fit.proportionalHazardsTest())
  }
  Benchmark("Cox: dfbeta residuals, \(name)") { benchmark in
    let fit = rows().fit
    benchmark.startMeasurement()
    blackHole(fit.dfbetaResiduals())
  }
  Benchmark("Fine–Gray: fit, \(name)") { benchmark in
    let registry = rows()
    benchmark.startMeasurement()
    blackHole(
      try FineGrayModel.fit(
        outcome: registry.competing, cause: 1, covariates: registry.design, options: registry.options))
  }
  Benchmark("logistic: fit, \(name)") { benchmark in
    let registry = rows()
    benchmark.startMeasurement()
    blackHole(
      try GeneralizedLinearModel.fit(
        design: registry.regression, response: registry.died, family: .logistic,
        options: FitOptions(threads: 2)))
  }
}
