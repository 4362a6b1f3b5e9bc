import TestSupport
import Testing
import TulouFiles
import TulouProject

@Suite("The design target", .enabled(if: SharedFolder.isPresent))
struct YongdingTests {
  @Test("what is not built yet is refused by name, all at once")
  func refused() {
    let findings = ProjectReader.check(path: (SharedFolder.path ?? "") + "/design/example-yongding.yaml")
    for finding in findings { print(finding) }
  }
  @Test("tmp") func tmp() {
    let findings = ProjectReader.check(path: "/tmp/yong.yaml")
    for finding in findings { print(finding) }
  }
}
