// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the library is measured as others would use it: by its products, with optimisation.
let package = Package(
  name: "ResourceBench",
  dependencies: [.package(name: "tulou", path: "../..")],
  targets: [
    .executableTarget(
      name: "ResourceBench",
      dependencies: [.product(name: "TulouResources", package: "tulou")])
  ])
