import Foundation
import TestSupport
import Testing

/// What is new stands in one file, and one line of one list knows of it: each is tried on a copy of its room, as the compiler sees it.
///
/// That an addition also does what it should, with no line anywhere else, is shown by `FurtherTests`, which gives each as a value.
@Suite("One file and one line") struct AdditionTests {
  /// A thing that is added: its file, and its line in a list.
  struct Addition: Sendable, CustomTestStringConvertible {
    var name: String
    var room: String
    /// File within the room, and its text.
    var file: String, text: String
    /// The list's file within the room, the line after which the new one stands, and the new one.
    var list: String, after: String, line: String
    var testDescription: String { name }
  }

  static let all = [
    Addition(
      name: "a technology", room: "TulouTechnologies", file: "Storages/Flywheel.swift",
      text: """
        package import TulouDocument

        package enum Flywheel: Technology {
          package static let kind = "flywheel"
          package static let sentence = "A wheel that stores electricity for minutes."
          package static var descriptions: [FieldDescription] { GenericStorage.descriptions }
          package static func component(
            _ id: String, _ node: Node, in surroundings: Surroundings, _ decoding: inout Decoding
          ) -> Component? {
            var made = GenericStorage.component(id, node, in: surroundings, &decoding)
            made?.kind = kind
            return made
          }
        }
        """,
      list: "Registry.swift", after: "    Rectifier.self,", line: "    Flywheel.self,"),
    Addition(
      name: "a limit", room: "TulouProject", file: "Limits/Copper.swift",
      text: """
        import TulouTechnologies

        extension LimitKey {
          package static let copper = LimitKey(
            "copper", .most, .mass, perUnit: { component, _ in component.name.isEmpty ? 0 : 2.5 },
            "Greatest mass of copper in what stands.")
        }
        """,
      list: "Limits/LimitKey.swift",
      after: "      budget,", line: "      copper,"),
    Addition(
      name: "an account", room: "TulouAccounts", file: "Indicators/PowerIndicators.swift",
      text: """
        import TulouProject
        import TulouTechnologies

        extension IndicatorDeclaration {
          static let power: [IndicatorDeclaration] = [
            .init("standing_power", "kW", "Power of all that stands.", value: { builder in
              builder.project.components.reduce(0) { sum, component in
                component.sizes.reduce(sum) { $0 + builder.total($1, of: component) }
              }
            })
          ]
        }
        """,
      list: "Indicator.swift", after: "    + quality", line: "    + power"),
    Addition(
      name: "a sharing rule", room: "TulouSharing", file: "Games/EqualSurplus.swift",
      text: """
        extension SharingMethod {
          /// What each is worth alone, and equal parts of the rest.
          public static let equalSurplus = SharingMethod("equal-surplus", .groups, divide: { game, _ in
            let alone = (0..<game.count).map { game.alone($0) }
            let rest = game.total - alone.reduce(0, +)
            return alone.map { $0 + rest / Double(game.count) }
          })
        }
        """,
      list: "Games/SharingMethod.swift", after: "    proRata,", line: "    equalSurplus,"),
    Addition(
      name: "an objective", room: "TulouProject", file: "CopperGoal.swift",
      text: """
        import TulouTechnologies

        extension Study.Goal {
          /// Mass of copper in what stands.
          public static let copper = Study.Goal(
            "copper", "Copper", "kg", perUnit: { component, _ in component.name.isEmpty ? 0 : 2.5 })
        }
        """,
      list: "Goal.swift", after: "      unservedEnergy,", line: "      copper,"),
    Addition(
      name: "a report section", room: "TulouReport", file: "Sections/QuoteSection.swift",
      text: """
        import TulouProject

        extension PlanReport {
          func quoteSection() -> Page.Section {
            Page.Section(id: "quote", title: "In a word", [.lead(project.name)])
          }
        }
        """,
      list: "PlanReport.swift", after: "    { $0.indicatorsSection() }, { $0.assumptionsSection() },",
      line: "    { $0.quoteSection() },"),
  ]

  private static let modules = SharedFolder.packageRoot + "/.build/debug/Modules"

  @Test(
    "a copy of the room with both compiles", .enabled(if: SlowTests.areWanted), arguments: all)
  func compiles(addition: Addition) throws {
    #expect(try Self.check(addition, isComplete: true) == "")
  }

  @Test(
    "without its file it does not", .enabled(if: SlowTests.areWanted),
    arguments: all.filter { $0.room == "TulouSharing" })
  func needsFile(addition: Addition) throws {
    #expect(try Self.check(addition, isComplete: false).contains("cannot find"))
  }

  @Test("its list has one line for it", arguments: all) func list(addition: Addition) throws {
    let lines = try House.text("Sources/\(addition.room)/\(addition.list)").components(separatedBy: "\n")
    #expect(
      lines.count { $0 == addition.after } == 1, "the list of \(addition.name) is not where the test looks for it")
  }

  /// What would make every addition a change of other files: a switch that has to name them all.
  @Test("goals, sharing rules and limits are values, so that no switch names all of them") func choices() {
    let closed = #/enum (Goal|SharingMethod|LimitKey)\b/#
    for file in House.swiftFiles(in: "Sources") {
      for (number, line) in file.lines.enumerated() where line.contains(closed) {
        // A front looks at its first and its second goal.
        if line.contains("case first, second") { continue }
        Issue.record("\(file.path):\(number + 1): \(line)")
      }
    }
  }

  /// What the compiler says of the room with an addition.
  private static func check(_ addition: Addition, isComplete: Bool) throws -> String {
    let folder = try ScratchFolder.make()
    defer { try? FileManager.default.removeItem(at: folder) }
    let room = SharedFolder.packageRoot + "/Sources/" + addition.room
    var files: [String] = []
    let list = folder.appendingPathComponent("list.swift").path
    for file in House.swiftFiles(in: "Sources/" + addition.room) {
      let path = SharedFolder.packageRoot + "/" + file.path
      guard path == room + "/" + addition.list else {
        files.append(path)
        continue
      }
      let lines = file.lines.flatMap { $0 == addition.after ? [$0, addition.line] : [$0] }
      try lines.joined(separator: "\n").write(toFile: list, atomically: true, encoding: .utf8)
      files.append(list)
    }
    if isComplete {
      let new = folder.appendingPathComponent("new.swift").path
      try addition.text.write(toFile: new, atomically: true, encoding: .utf8)
      files.append(new)
    }
    let embedded =
      "\(SharedFolder.packageRoot)/.build/debug/\(addition.room).build/DerivedSources/embedded_resources.swift"
    if FileManager.default.fileExists(atPath: embedded) { files.append(embedded) }
    return try errors(files, module: addition.room)
  }

  private static func errors(_ files: [String], module: String) throws -> String {
    let package = (SharedFolder.packageRoot as NSString).lastPathComponent.lowercased()
    let features = ["MemberImportVisibility", "InternalImportsByDefault", "ExistentialAny"]
    return try House.compilerErrors(
      ["-package-name", package, "-module-name", module, "-I", modules]
        + features.flatMap { ["-enable-upcoming-feature", $0] } + files)
  }
}
