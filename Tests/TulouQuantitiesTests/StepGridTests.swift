import Testing
import TulouQuantities

@Suite("Rows beside steps") struct StepGridTests {
  private let day = CivilDate(year: 2027, month: 6, day: 1)

  @Test("hourly rows beside quarter hours and three hours") func nested() throws {
    let quarters = Horizon(periods: [.init(start: day, steps: 8)], stepHours: 0.25)
    let fine = try #require(StepGrid(steps: quarters, rowHours: 1))
    #expect(fine.rows.steps == 2 && fine.toSteps([1, 5]) == [1, 1, 1, 1, 5, 5, 5, 5])
    #expect(fine.toRows([1, 2, 3, 4, 5, 5, 5, 5]) == [2.5, 5])
    let threes = Horizon(periods: [.init(start: day, steps: 2)], stepHours: 3)
    let coarse = try #require(StepGrid(steps: threes, rowHours: 1))
    #expect(coarse.toSteps([1, 2, 3, 4, 5, 9]) == [2, 6] && coarse.toRows([2, 6]) == [2, 2, 2, 6, 6, 6])
    #expect(!coarse.isSame && StepGrid(steps: threes, rowHours: 3)?.isSame == true)
  }

  @Test("rows that begin between the steps, in each period") func phase() throws {
    let periods = Horizon(
      periods: [.init(start: day, steps: 2), .init(start: CivilDate(year: 2027, month: 1, day: 1), steps: 1)],
      stepHours: 1)
    let grid = try #require(StepGrid(steps: periods, rowHours: 1, phase: 0.5))
    #expect(
      (0..<5).map { grid.rows.moment($0).stamp } == [
        "2027-05-31T23:30", "2027-06-01T00:30", "2027-06-01T01:30", "2026-12-31T23:30", "2027-01-01T00:30",
      ])
    #expect(grid.toSteps([1, 3, 5, 10, 20]) == [2, 4, 15])
    #expect(grid.toRows([2, 4, 15]) == [2, 3, 4, 15, 15])
  }

  @Test("rows that make no whole day have no grid") func odd() {
    #expect(StepGrid(steps: Horizon.year(2027), rowHours: 5) == nil)
  }
}
