import TestSupport
import Testing
import TulouFiles
import TulouProject
import TulouQuantities
import TulouTechnologies

@Suite("The six projects of design/format", .enabled(if: SharedFolder.isPresent))
struct FormatFolderTests {
  static let names = ["c1", "c2", "demand-charge", "heat-pump-tank", "members", "unit-sizes"]

  @Test("each decodes without an error", arguments: names)
  func decodes(name: String) throws {
    let project = try ProjectReader.read(path: (SharedFolder.path ?? "") + "/design/format/\(name).yaml")
    #expect(!project.components.isEmpty)
  }
}
