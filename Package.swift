// swift-tools-version: 6.2
import Foundation
import PackageDescription

// Warnings are errors in `make test`; a newer compiler's new warning must not stop a user's build.
let isStrict = ProcessInfo.processInfo.environment["MEIER_STRICT"] != nil
let settings: [SwiftSetting] = isStrict ? [.treatAllWarnings(as: .error)] : []
// Only `make library-documentation` needs the documentation plugin; a build must not fetch it.
let documents = ProcessInfo.processInfo.environment["MEIER_DOCUMENTATION"] != nil
let documentationPlugin: [Package.Dependency] =
  documents ? [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0")] : []

func swiftTarget(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "meier",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "meier", targets: ["meier"]),
    .library(name: "Survival", targets: ["Survival"]),
    .library(name: "Regression", targets: ["Regression"]),
    .library(name: "HypothesisTests", targets: ["HypothesisTests"]),
    .library(name: "DataTables", targets: ["DataTables"]),
    .library(name: "NumericalMethods", targets: ["NumericalMethods"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ] + documentationPlugin,
  targets: [
    // C: the Markdown parser, decompression, the special functions, the vector kernels.
    .systemLibrary(
      name: "Ccmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .systemLibrary(name: "Czlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CSpecialFunctions", dependencies: ["CKernels"]),
    .target(name: "CKernels"),

    // Ground floor.
    swiftTarget("Diagnostics"),
    swiftTarget("NumericalMethods", ["CSpecialFunctions", "CKernels"]),

    // Data, language, statistics, presentation: none of them knows a document.
    swiftTarget(
      "DataTables", ["Diagnostics", "Czlib", "CKernels", .product(name: "Crypto", package: "swift-crypto")]),
    swiftTarget("Expressions", ["DataTables", "Diagnostics", "NumericalMethods"]),
    swiftTarget("ModelFormula", ["Expressions", "DataTables", "Diagnostics", "NumericalMethods"]),
    swiftTarget("Survival", ["NumericalMethods"]),
    swiftTarget("Regression", ["NumericalMethods"]),
    swiftTarget("HypothesisTests", ["NumericalMethods"]),
    swiftTarget("Presentation"),
    swiftTarget("Figures"),

    // The document and what stands in it.
    swiftTarget("AnalysisDocument", ["Ccmark", "Diagnostics"]),
    swiftTarget(
      "Directives",
      [
        "AnalysisDocument", "ModelFormula", "Expressions", "DataTables", "Diagnostics", "Survival",
        "Regression",
        "HypothesisTests", "NumericalMethods", "Presentation", "Figures",
      ]),
    swiftTarget(
      "Runner",
      [
        "Directives", "AnalysisDocument", "Expressions", "DataTables", "Diagnostics", "Presentation",
        "Figures", "NumericalMethods",
      ]),
    swiftTarget(
      "CommandLineInterface",
      [
        "Runner", "Directives", "DataTables", "Diagnostics", "Presentation", "CKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "meier", dependencies: ["CommandLineInterface"], swiftSettings: settings),
    .executableTarget(
      name: "ReferenceRunner",
      dependencies: ["Presentation", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: settings),
    .executableTarget(
      name: "DocumentFuzzer", dependencies: ["AnalysisDocument", "Diagnostics", "NumericalMethods"],
      swiftSettings: settings),

    .executableTarget(
      name: "RegistrySimulator",
      dependencies: [
        "NumericalMethods", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    // Tests mirror the sources.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    tests("Diagnostics"),
    tests("NumericalMethods"),
    tests("DataTables", ["Diagnostics", "Czlib"]),
    tests("Expressions", ["DataTables", "Diagnostics", "NumericalMethods"]),
    tests(
      "ModelFormula", ["Expressions", "DataTables", "Diagnostics", "NumericalMethods"], exclude: ["Fixtures"]),
    tests("Survival", ["NumericalMethods"], exclude: ["Fixtures"]),
    tests("Regression", ["NumericalMethods", "TestSupport"], exclude: ["Fixtures"]),
    tests("HypothesisTests", ["NumericalMethods", "TestSupport"], exclude: ["Fixtures"]),
    tests("Presentation"),
    tests("Figures", exclude: ["Golden"]),
    tests(
      "AnalysisDocument", ["Diagnostics", .product(name: "Yams", package: "Yams")], exclude: ["Fixtures"]),
    tests("ReferenceRunner", ["TestSupport", "meier"]),
    tests("DocumentFuzzer", ["NumericalMethods"]),
    tests("RegistrySimulator"),
    tests(
      "Directives",
      [
        "AnalysisDocument", "DataTables", "Diagnostics", "Figures", "NumericalMethods", "Presentation",
        "TestSupport",
      ]),
    tests(
      "Runner", ["AnalysisDocument", "Diagnostics", "Directives", "Presentation", "TestSupport", "meier"]),
    tests("CommandLineInterface", ["TestSupport", "meier"]),
    .testTarget(name: "ArchitectureTests", swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
