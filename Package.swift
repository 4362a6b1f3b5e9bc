// swift-tools-version: 6.1
import PackageDescription

// Walls between the rooms are checked by Tests/HouseTests; the reasons stand in Documentation/architecture.md.

/// SIMD loops without optimisation are some thirty times slower, so debug builds of the number rooms are optimised too.
///
/// Unsafe flags forbid use as a versioned dependency, hence only in a checkout that is not one.
let optimised: [SwiftSetting] =
  Context.packageDirectory.contains("/checkouts/")
  ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// Rooms that read, word and draw. Optimised they take half of the time that a first build takes, and a plan gains a few
/// tenths of a second by it (measured; Documentation/architecture.md), so release builds leave them as they are.
let plain: [SwiftSetting] =
  Context.packageDirectory.contains("/checkouts/")
  ? [] : [.unsafeFlags(["-Onone"], .when(configuration: .release))]

/// Style and scripts of the pages, compiled in: a page needs no file beside the program.
let webFiles = ["page.css", "hours.js", "map.js", "charts.js", "explorers.js", "tables.js"]

let package = Package(
  name: "tulou",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Tulou", targets: ["Tulou"]),
    .library(name: "TulouFiles", targets: ["TulouFiles"]),
    .library(name: "TulouResources", targets: ["TulouResources"]),
    .library(name: "TulouHourBlock", targets: ["TulouHourBlock", "TulouProblem"]),
    .library(name: "TulouStudies", targets: ["TulouStudies"]),
    .executable(name: "tulou", targets: ["TulouCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: [
    .target(name: "TulouQuantities", swiftSettings: optimised),
    .target(name: "TulouFinance", dependencies: ["TulouQuantities"], swiftSettings: optimised),
    .target(name: "TulouProblem", swiftSettings: optimised),
    .target(name: "TulouDocument", dependencies: ["TulouQuantities"], swiftSettings: optimised),
    .target(name: "TulouEvolution", dependencies: ["TulouQuantities"], swiftSettings: optimised),
    .target(name: "TulouResources", dependencies: ["TulouDocument", "TulouQuantities"], swiftSettings: optimised),
    .target(name: "TulouDemand", dependencies: ["TulouDocument", "TulouQuantities"], swiftSettings: optimised),
    .target(name: "TulouHourBlock", dependencies: ["TulouProblem"], swiftSettings: optimised),
    .target(name: "TulouShares", dependencies: ["TulouEvolution"], swiftSettings: optimised),
    .target(name: "TulouSharing", dependencies: ["TulouQuantities"], swiftSettings: optimised),
    .target(name: "TulouSimulation", dependencies: ["TulouProblem"], swiftSettings: optimised),
    .target(name: "TulouSolvers", dependencies: ["TulouProblem", "TulouHourBlock"], swiftSettings: optimised),
    .target(
      name: "TulouStreams", dependencies: ["TulouQuantities", "TulouProblem", "TulouSolvers"], swiftSettings: optimised),
    .target(
      name: "TulouTechnologies", dependencies: ["TulouFinance", "TulouDocument", "TulouQuantities", "TulouResources"],
      swiftSettings: plain),
    .target(
      name: "TulouProject",
      dependencies: [
        "TulouFinance", "TulouDocument", "TulouQuantities", "TulouResources", "TulouDemand", "TulouShares",
        "TulouSharing", "TulouStreams",
        "TulouTechnologies",
      ],
      swiftSettings: plain),
    .target(
      name: "TulouAccounts",
      dependencies: [
        "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouTechnologies", "TulouProject",
      ], swiftSettings: optimised),
    .target(
      name: "TulouAssembly",
      dependencies: [
        "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
        "TulouTechnologies", "TulouProject",
        "TulouAccounts",
      ]),
    .target(
      name: "TulouPlanning",
      dependencies: [
        "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
        "TulouTechnologies", "TulouProject",
        "TulouAccounts", "TulouAssembly", "TulouEvolution", "TulouSharing", "TulouSolvers",
      ]),
    .target(
      name: "TulouDispatch",
      dependencies: [
        "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
        "TulouTechnologies", "TulouProject",
        "TulouAccounts", "TulouAssembly", "TulouEvolution", "TulouPlanning", "TulouSimulation", "TulouSolvers",
      ]),
    .target(
      name: "TulouReport",
      dependencies: [
        "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouShares", "TulouSharing",
        "TulouStreams", "TulouTechnologies",
        "TulouProject",
        "TulouAccounts", "TulouAssembly", "TulouDispatch", "TulouPlanning",
      ],
      resources: webFiles.map { .embedInCode("Web/" + $0) }, swiftSettings: plain),
    .target(
      name: "TulouFiles",
      dependencies: [
        "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
        "TulouTechnologies", "TulouProject",
        "TulouAccounts", "TulouAssembly", "TulouDispatch", "TulouPlanning", "TulouReport", "TulouShares",
        "TulouSharing",
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.copy("Shelf")], swiftSettings: optimised),
    .target(
      name: "Tulou",
      dependencies: [
        "TulouDocument", "TulouFinance", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
        "TulouSolvers",
        "TulouSimulation",
        "TulouEvolution", "TulouShares", "TulouSharing", "TulouStreams", "TulouTechnologies", "TulouProject",
        "TulouAccounts", "TulouAssembly", "TulouDispatch", "TulouPlanning", "TulouReport",
      ]),
    // Whole runs of studies, from a file to a folder of results: what the command asks and a server would.
    .target(name: "TulouStudies", dependencies: ["Tulou", "TulouFiles"], swiftSettings: plain),
    // The published studies: no product depends on them but the command.
    .target(
      name: "TulouCases", dependencies: ["TulouDocument", "Tulou", "TulouFiles"], resources: [.copy("Papers")],
      swiftSettings: plain),
    .executableTarget(
      name: "TulouCommand",
      dependencies: [
        "Tulou", "TulouCases", "TulouFiles", "TulouStudies",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: plain),
    // The solver's benchmark problems, for its tests and for `make bench`.
    .target(name: "TulouBenchmarks", dependencies: ["TulouProblem"], path: "Benchmarks/Problems"),
    .executableTarget(
      name: "SolverBench", dependencies: ["TulouBenchmarks", "TulouHourBlock", "TulouProblem"],
      path: "Benchmarks/solver"),
    .target(
      name: "EvolutionProblems", dependencies: ["TulouEvolution"], path: "Benchmarks/evolution/Problems",
      swiftSettings: optimised),
    .executableTarget(
      name: "EvolutionBench", dependencies: ["EvolutionProblems", "TulouEvolution"], path: "Benchmarks/evolution/Bench"),
    .executableTarget(name: "ShareBench", dependencies: ["TulouEvolution", "TulouShares"], path: "Benchmarks/shares"),
    .executableTarget(name: "SimulationBench", dependencies: ["TulouSimulation"], path: "Benchmarks/simulation"),
    .target(
      name: "TestSupport",
      dependencies: ["TulouFinance", "TulouProblem", "TulouProject", "TulouQuantities", "TulouTechnologies"],
      path: "Tests/TestSupport"),
    .testTarget(name: "HouseTests", dependencies: ["TestSupport"], exclude: ["api.txt"]),
    .testTarget(
      name: "PublishedTests",
      dependencies: [
        "TulouDocument", "TestSupport", "TulouAssembly", "TulouCases", "TulouDispatch", "TulouFiles", "TulouPlanning",
        "TulouProblem",
        "TulouProject", "TulouQuantities",
        "TulouSolvers", "TulouTechnologies",
      ],
      exclude: ["examples.csv"]),
    .testTarget(
      name: "TulouAccountsTests",
      dependencies: [
        "TulouFinance", "TulouDocument", "TestSupport", "TulouAccounts", "TulouAssembly", "TulouDispatch", "TulouFiles",
        "TulouPlanning", "TulouProblem",
        "TulouProject",
        "TulouQuantities", "TulouResources", "TulouSolvers", "TulouTechnologies",
      ]),
    .testTarget(
      name: "TulouCasesTests", dependencies: ["TestSupport", "Tulou", "TulouCases", "TulouFiles"]),
    .testTarget(
      name: "TulouCommandTests",
      dependencies: ["TestSupport", "TulouCommand", "TulouFiles", "TulouProject", "TulouReport"]),
    .testTarget(name: "TulouDemandTests", dependencies: ["TulouDocument", "TulouDemand", "TulouQuantities"]),
    .testTarget(name: "TulouEvolutionTests", dependencies: ["EvolutionProblems", "TulouEvolution"]),
    .testTarget(
      name: "TulouFilesTests",
      dependencies: [
        "TulouFinance", "TulouDocument", "TestSupport", "TulouAccounts", "TulouAssembly", "TulouDispatch", "TulouFiles",
        "TulouPlanning", "TulouProblem",
        "TulouProject",
        "TulouQuantities",
        "TulouReport", "TulouResources", "TulouSharing", "TulouSolvers", "TulouStreams", "TulouTechnologies",
      ],
      exclude: ["bad", "good"]),
    .testTarget(
      name: "TulouHourBlockTests",
      dependencies: ["TestSupport", "TulouBenchmarks", "TulouHourBlock", "TulouProblem", "TulouSolvers"]),
    .testTarget(
      name: "TulouAssemblyTests",
      dependencies: [
        "TestSupport", "TulouAssembly", "TulouPlanning", "TulouProblem", "TulouProject", "TulouQuantities",
        "TulouTechnologies",
      ]),
    .testTarget(
      name: "TulouDispatchTests",
      dependencies: [
        "TulouFinance", "TulouDocument", "TestSupport", "TulouAccounts", "TulouAssembly", "TulouDispatch",
        "TulouPlanning", "TulouProblem",
        "TulouProject", "TulouQuantities", "TulouSimulation", "TulouSolvers", "TulouTechnologies",
      ]),
    .testTarget(
      name: "TulouPlanningTests",
      dependencies: [
        "TulouFinance", "TulouDocument", "TestSupport", "TulouAccounts", "TulouAssembly", "TulouDispatch",
        "TulouPlanning", "TulouProblem",
        "TulouProject", "TulouQuantities",
        "TulouSimulation", "TulouSolvers", "TulouTechnologies",
      ]),
    .testTarget(name: "TulouDocumentTests", dependencies: ["TulouDocument", "TulouQuantities"]),
    .testTarget(name: "TulouFinanceTests", dependencies: ["TestSupport", "TulouFinance"]),
    .testTarget(name: "TulouProblemTests", dependencies: ["TulouProblem"]),
    .testTarget(
      name: "TulouReportTests",
      dependencies: [
        "TulouDocument", "TestSupport", "TulouAccounts", "TulouAssembly", "TulouDispatch", "TulouPlanning",
        "TulouProblem",
        "TulouProject", "TulouQuantities",
        "TulouReport", "TulouSolvers", "TulouTechnologies",
      ],
      exclude: ["Web"]),
    .testTarget(name: "TulouProjectTests", dependencies: ["TulouProject", "TulouQuantities"]),
    .testTarget(name: "TulouQuantitiesTests", dependencies: ["TulouQuantities"]),
    .testTarget(
      name: "TulouResourcesTests",
      dependencies: ["TulouDocument", "TestSupport", "TulouFiles", "TulouQuantities", "TulouResources"]),
    .testTarget(name: "TulouSharesTests", dependencies: ["TulouEvolution", "TulouQuantities", "TulouShares"]),
    .testTarget(name: "TulouSharingTests", dependencies: ["TestSupport", "TulouQuantities", "TulouSharing"]),
    .testTarget(name: "TulouSimulationTests", dependencies: ["TestSupport", "TulouSimulation"]),
    .testTarget(
      name: "TulouSolversTests", dependencies: ["TestSupport", "TulouBenchmarks", "TulouProblem", "TulouSolvers"]),
    .testTarget(
      name: "TulouStreamsTests",
      dependencies: ["TestSupport", "TulouProblem", "TulouQuantities", "TulouSolvers", "TulouStreams"]),
    .testTarget(name: "TulouStudiesTests", dependencies: ["TestSupport", "Tulou", "TulouFiles", "TulouStudies"]),
    .testTarget(name: "TulouTechnologiesTests", dependencies: ["TulouQuantities", "TulouTechnologies"]),
    .testTarget(name: "TulouTests", dependencies: ["Tulou"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("ExistentialAny"),
    ]
}
