import Testing

/// Tests come in by the doors that the rooms have: what they need is `public`, or `package` within this repository.
@Suite("Doors of the rooms") struct DoorTests {
  @Test("no test looks behind the doors of a room") func doors() {
    // Put together here, so that this file does not find itself.
    let word = "@" + "testable"
    for file in House.swiftFiles(in: "Tests") {
      for (number, line) in file.lines.enumerated() where line.contains(word) {
        Issue.record("\(file.path):\(number + 1): make what is needed `package`, or test it by what the room offers")
      }
    }
  }
}
