import Foundation
import Testing

/// The first word of a command line, and colour of messages, seen from outside.
@Suite("First word and colour", .enabled(if: CommandLine.executable != nil)) struct FirstWordTests {
  @Test(
    "an unknown command is told with the nearest",
    arguments: [("plam", "plan"), ("chek", "check"), ("simulat", "simulate")])
  func unknown(word: String, near: String) throws {
    let run = try CommandLine.run([word, "x.yaml"], in: try CommandLine.scratch())
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("'\(word)' is no command") && run.errors.contains("Did you mean 'tulou \(near)'?"))
  }

  @Test("a file in place of a command is told how to plan it")
  func file() throws {
    let run = try CommandLine.run(["park.yaml"], in: try CommandLine.scratch())
    #expect(run.status == 2 && run.errors.contains("tulou plan park.yaml"))
  }

  @Test("messages have colour only where it is asked for; results never")
  func colour() throws {
    let folder = try CommandLine.scratch()
    let plain = try CommandLine.run(["check", "no.yaml"], in: folder)
    #expect(!plain.errors.contains("\u{1B}"))
    for arguments in [["check", "no.yaml", "--color", "always"], ["--color=always", "check", "no.yaml"]] {
      let run = try CommandLine.run(arguments, in: folder, environment: ["NO_COLOR": "1"])
      #expect(run.status == plain.status && run.errors.contains("\u{1B}[1;31m"), "\(run.errors)")
      #expect(!run.output.contains("\u{1B}"))
    }
    let wrong = try CommandLine.run(["check", "no.yaml", "--color", "pink"], in: folder)
    #expect(wrong.status == 2 && wrong.errors.contains("auto, always, never; found 'pink'"))
  }

  @Test("alternatives refuse what they would ignore")
  func ignored() throws {
    let folder = try CommandLine.scratch()
    for more in [["--sizes", "pv=1"], ["--exact"], ["--within", "0"], ["--within", "much"]] {
      let run = try CommandLine.run(["alternatives", "park.yaml"] + more, in: folder)
      #expect(run.status == 2, "\(more)")
    }
  }
}
