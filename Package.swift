// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "meier",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "meier", targets: ["meier"]),
    .library(name: "Survival", targets: ["Survival"]),
    .library(name: "Regression", targets: ["Regression"]),
    .library(name: "HypothesisTests", targets: ["HypothesisTests"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // C: the Markdown parser, the special functions, the vector kernels.
    .systemLibrary(
      name: "Ccmark", pkgConfig: "libcmark",
      providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .target(name: "CSpecialFunctions"),
    .target(name: "CKernels"),

    // Ground floor.
    .target(name: "Diagnostics"),
    .target(name: "NumericalMethods", dependencies: ["CSpecialFunctions", "CKernels"]),

    // Data, language, statistics, presentation: none of them knows a document.
    .target(
      name: "DataTables",
      dependencies: ["Diagnostics", .product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "Expressions", dependencies: ["DataTables", "Diagnostics"]),
    .target(name: "ModelFormula", dependencies: ["Expressions", "DataTables", "Diagnostics"]),
    .target(name: "Survival", dependencies: ["NumericalMethods"]),
    .target(name: "Regression", dependencies: ["NumericalMethods"]),
    .target(name: "HypothesisTests", dependencies: ["NumericalMethods"]),
    .target(name: "Presentation"),
    .target(name: "Figures"),

    // The document and what stands in it.
    .target(
      name: "AnalysisDocument",
      dependencies: ["Ccmark", "Diagnostics", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "Directives",
      dependencies: [
        "AnalysisDocument", "ModelFormula", "Expressions", "DataTables", "Diagnostics", "Survival",
        "Regression", "HypothesisTests", "NumericalMethods", "Presentation", "Figures",
      ]),
    .target(
      name: "Runner",
      dependencies: [
        "Directives", "AnalysisDocument", "Expressions", "DataTables", "Diagnostics", "Presentation",
        "NumericalMethods",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "CommandLineInterface",
      dependencies: [
        "Runner", "Directives", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "meier", dependencies: ["CommandLineInterface"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
