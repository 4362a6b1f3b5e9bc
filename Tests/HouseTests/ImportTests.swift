import Testing

/// The walls between the rooms: house.md section 3, and Documentation/architecture.md for the reasons.
@Suite("Walls of the house") struct ImportTests {
  /// What each room may import of the other rooms.
  static let rooms: [String: Set<String>] = [
    "TulouQuantities": [],
    "TulouFinance": ["TulouQuantities"],
    "TulouDocument": ["TulouQuantities"],
    "TulouProblem": [],
    "TulouEvolution": ["TulouQuantities"],
    "TulouShares": ["TulouEvolution"],
    "TulouResources": ["TulouDocument", "TulouQuantities"],
    "TulouDemand": ["TulouDocument", "TulouQuantities"],
    "TulouHourBlock": ["TulouProblem"],
    "TulouSharing": ["TulouQuantities"],
    "TulouTechnologies": ["TulouFinance", "TulouDocument", "TulouQuantities", "TulouResources"],
    "TulouSimulation": ["TulouProblem"],
    "TulouSolvers": ["TulouProblem", "TulouHourBlock"],
    "TulouStreams": ["TulouQuantities", "TulouProblem", "TulouSolvers"],
    "TulouProject": [
      "TulouFinance", "TulouDocument", "TulouQuantities", "TulouResources", "TulouDemand", "TulouShares",
      "TulouSharing", "TulouStreams",
      "TulouTechnologies",
    ],
    "TulouAccounts": [
      "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouTechnologies", "TulouProject",
    ],
    "TulouAssembly": [
      "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
      "TulouTechnologies", "TulouProject",
      "TulouAccounts",
    ],
    "TulouPlanning": [
      "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
      "TulouTechnologies", "TulouSolvers",
      "TulouProject", "TulouAccounts", "TulouAssembly", "TulouEvolution", "TulouSharing",
    ],
    "TulouDispatch": [
      "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
      "TulouTechnologies", "TulouSimulation",
      "TulouSolvers", "TulouProject", "TulouAccounts", "TulouAssembly", "TulouEvolution", "TulouPlanning",
    ],
    "TulouReport": [
      "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouTechnologies", "TulouProject",
      "TulouAccounts", "TulouAssembly",
      "TulouPlanning", "TulouDispatch", "TulouShares", "TulouSharing", "TulouStreams",
    ],
    "TulouFiles": [
      "TulouFinance", "TulouDocument", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
      "TulouTechnologies", "TulouProject",
      "TulouAccounts", "TulouAssembly", "TulouPlanning", "TulouDispatch", "TulouReport", "TulouShares", "TulouSharing",
    ],
    "Tulou": [
      "TulouDocument", "TulouFinance", "TulouQuantities", "TulouProblem", "TulouResources", "TulouDemand",
      "TulouTechnologies",
      "TulouSimulation",
      "TulouSolvers", "TulouProject", "TulouAccounts", "TulouAssembly", "TulouPlanning", "TulouDispatch",
      "TulouReport", "TulouEvolution", "TulouShares", "TulouSharing", "TulouStreams",
    ],
    "TulouCases": ["TulouDocument", "Tulou", "TulouFiles"],
    "TulouStudies": ["Tulou", "TulouFiles"],
    "TulouCommand": ["Tulou", "TulouFiles", "TulouCases", "TulouStudies"],
  ]

  /// What each room may import from outside, beyond the C library and Swift's own modules.
  static let outside: [String: Set<String>] = [
    "TulouFiles": ["Foundation", "Yams"],
    "TulouCases": ["Foundation"],
    "TulouCommand": ["Foundation", "ArgumentParser"],
    "TulouStudies": ["Foundation", "Dispatch"],
  ]

  /// Open to every room.
  static let everywhere: Set<String> = ["Glibc", "Darwin", "Musl", "Synchronization", "Swift"]

  @Test("every room is in the table")
  func roomsKnown() {
    for room in House.rooms { #expect(Self.rooms[room] != nil, "\(room) has no line in the table of rooms") }
  }

  @Test("a file imports only what its room may", arguments: House.rooms)
  func imports(room: String) {
    let allowed = (Self.rooms[room] ?? []).union(Self.outside[room] ?? []).union(Self.everywhere)
    for file in House.swiftFiles(in: "Sources/" + room) {
      for (number, module) in file.imports where !allowed.contains(module) {
        Issue.record("\(file.path):\(number): imports \(module); \(room) may import \(allowed.sorted())")
      }
    }
  }

  @Test("pointers stand only where the house allows them")
  func pointers() {
    let allowed = [
      "Sources/TulouHourBlock/", "Sources/TulouSimulation/Lanes/", "Sources/TulouSolvers/Highs/",
      "Sources/TulouFiles/Results/Disk.swift",
      // The C interface of netCDF, opened at run time as that of HiGHS is.
      "Sources/TulouFiles/Import/Netcdf",
      // Threads of the C library take what they run as an address.
      "Sources/TulouEvolution/ParallelEvaluation.swift",
    ]
    for file in House.swiftFiles(in: "Sources") where !allowed.contains(where: file.path.hasPrefix) {
      for (number, line) in file.lines.enumerated() {
        // A call into the C library needs the address of a buffer; a pointer kept in a variable or type is meant here.
        let isPointer = line.contains("Unsafe") && line.contains(/Unsafe(Mutable)?(Raw)?(Buffer)?Pointer/)
        if isPointer { Issue.record("\(file.path):\(number + 1): a pointer outside \(allowed)") }
      }
    }
  }
}
