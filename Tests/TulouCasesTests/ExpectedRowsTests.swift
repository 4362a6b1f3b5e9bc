import TestSupport
import Testing
import Tulou
import TulouCases
import TulouFiles

@Suite("Known verdicts and values") struct ExpectedRowsTests {
  @Test("of the papers' own tables", arguments: Cases.names) func tables(name: String) throws {
    let expected = try ExpectedRows.read(name)
    let found = try PublishedCaseTests.tablesOnly(name)
    #expect(expected.surprises(in: found, isWhole: false) == [])
    #expect(expected.changes(in: found) { _ in 1e-6 } == [])
    // What needs no plan is computed without one.
    for row in found where row.row.basis == .arithmetic || row.row.basis == .derived {
      #expect(row.computed != nil, "\(row.row.id)")
    }
  }

  @Test("a changed number of the paper is seen, whichever it is", arguments: Cases.names)
  func everyNumber(name: String) throws {
    let paper = try PublishedCase.read(name)
    let expected = try ExpectedRows.read(name)
    let values = try PaperArithmetic.values(name)
    let roundings = try PaperArithmetic.roundings(paper)
    func findings(_ paper: PublishedCase) -> [String] {
      let rows = paper.compared(with: values(paper), roundings: roundings)
      return expected.surprises(in: rows, isWhole: false) + expected.changes(in: rows) { _ in 1e-6 }
    }
    #expect(findings(paper) == [])
    // Numbers that nothing is computed from stand beside plans or in the examples; those are compared elsewhere.
    for row in paper.rows where row.basis == .arithmetic && row.published?.number != nil {
      let number = row.published?.number ?? 0
      let moved =
        row.relation == .atLeast
        ? 1.5 * number + 9 : row.relation == .atMost ? 0.02 * number : 1.2 * number + 2 * row.lastDigit
      var isSeen = !findings(paper.moving(row, by: moved - number)).isEmpty
      // A contradiction stays one wherever it moves to but onto the other value.
      if !isSeen, let other = values(paper)[row.id]?.value?.number {
        isSeen = !findings(paper.moving(row, by: other - number)).isEmpty
      }
      #expect(isSeen, "\(row.id)")
    }
  }

  @Test("a row with another verdict is named") func surprises() {
    let rows = [VerdictTests.row(.model, "5"), VerdictTests.row(.model, "7", id: "b")]
    let paper = PublishedCase(name: "case", rows: rows)
    let expected = ExpectedRows(
      name: "case",
      rows: [
        .init(id: "a", published: "5", verdict: .notReproduced, value: .number(6)),
        .init(id: "c", published: "", verdict: .reproduced, value: nil),
      ])
    let found = paper.compared(with: ["a": ComputedValue(5.1)])
    #expect(
      expected.surprises(in: found, isWhole: true) == [
        "'a' is reproduced, expected not reproduced.", "'b' is not in reproduced.csv.",
        "'c' stands in reproduced.csv alone.",
      ])
    #expect(expected.changes(in: found) { _ in 1e-6 } == ["'a' is 5.1, expected 6.0."])
    #expect(
      expected.surprises(in: paper.compared(with: [:]), isWhole: true).first
        == "'a' was not computed: not computed in this run.")
  }

  @Test("what is written is read back") func roundTrip() {
    let paper = PublishedCase(name: "case", rows: [VerdictTests.row(.model, "5")])
    let text = ExpectedRows.csv(paper.compared(with: ["a": ComputedValue(12_345.678_9)]))
    #expect(text == "id,published,verdict,value\na,5,not_reproduced,12345.679\n")
  }
}

@Suite("Inputs of the Shenzhen examples") struct ShenzhenInputTests {
  @Test("are those that the paper prints", arguments: ShenzhenArithmetic.stages)
  func printed(stage: String) throws {
    let paper = try PublishedCase.read("shenzhen")
    let project = try ProjectReader.read(path: SharedFolder.packageRoot + "/Examples/shenzhen/\(stage).yaml")
    var used = ShenzhenInputs.used(project, stage: stage)
    // Machines are priced with their auxiliaries.
    for machine in ["pv", "wind"] {
      let capital = paper[machine == "pv" ? "t5.pv" : "t5.wind.turbine"] + paper["t5.\(machine).auxiliary"]
      #expect(used.removeValue(forKey: "t5.\(machine)+") == capital)
    }
    #expect(used.count >= 18)
    for (id, value) in used {
      #expect(abs(value - paper[id]) <= 1e-9 * abs(value), "\(id): \(value), printed \(paper[id])")
    }
  }
}
