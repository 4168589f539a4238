// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the project itself depends on no benchmarking library.
let package = Package(
  name: "meier-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "meier", path: ".."),
    // Without the counts of allocations, which need a library of their own.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Kernels",
      dependencies: [
        .product(name: "Survival", package: "meier"),
        .product(name: "Regression", package: "meier"),
        .product(name: "NumericalMethods", package: "meier"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Kernels",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
