import Foundation
import Testing

/// No option and no argument takes an empty or blank text: one rule for every subcommand.
@Suite("Blank arguments", .enabled(if: CommandLine.executable != nil)) struct BlankOptionTests {
  @Test(
    "an empty value is named with its option",
    arguments: [
      ["explain", "dir", "--hour", ""], ["plan", "a.yaml", "--out", "  "], ["plan", "a.yaml", "--out="],
      ["report", "\u{200B}"], ["search", "p.yaml", "--candidates", "\t"], ["pareto", "p.yaml", "--objectives= "],
    ])
  func blank(arguments: [String]) throws {
    let run = try CommandLine.run(arguments, in: CommandLine.scratch())
    #expect(run.status == 2)
    #expect(run.errors.contains("needs a value") || run.errors.contains("is blank"))
  }

  @Test("a list of sizes without a size is none")
  func sizes() throws {
    #expect(try CommandLine.run(["plan", "p.yaml", "--sizes", ","], in: CommandLine.scratch()).status == 2)
  }
}
