import Testing
import TulouProblem

/// A part is a series of which zeros are not stored: whatever is asked of it, the answer is that of the series.
@Suite struct ProfilePartTests {
  private static let steps = 12
  private let part = Profile.part(ProfilePart(steps: steps, first: 4, values: [2, -1, 0, 5]))
  private let series = Profile.series([0, 0, 0, 0, 2, -1, 0, 5, 0, 0, 0, 0])
  private let others: [Profile] = [
    .constant(3), .zero, .series((0..<steps).map { Double($0) - 3 }),
    .part(ProfilePart(steps: steps, first: 6, values: [1, 1, 1, 1])),
    .part(ProfilePart(steps: steps, first: 0, values: [7, 7])), .part(ProfilePart(steps: steps, first: 3, values: [])),
  ]

  private func values(_ profile: Profile) -> [Double] { profile.expanded(Self.steps) }

  @Test func itReadsAsItsSeries() {
    #expect(values(part) == values(series))
    #expect((0..<Self.steps).map { part[$0] } == values(series))
    #expect(part.minimum == -1 && part.maximum == 5 && !part.isZero && part.constantValue == nil)
    #expect(Profile.part(ProfilePart(steps: 3, first: 1, values: [4])).minimum == 0)
    #expect(Profile.part(ProfilePart(steps: 3, first: 1, values: [-4])).maximum == 0)
    #expect(Profile.part(ProfilePart(steps: 2, first: 0, values: [4, 6])).minimum == 4)
    #expect(Profile.part(ProfilePart(steps: 3, first: 1, values: [0, 0])).isZero)
  }

  @Test func itIsReckonedWithAsItsSeries() {
    let operations: [(Double, Double) -> Double] = [(+), (-), (*), max, { $0 <= 0 ? 1 : $1 }]
    for other in others {
      for operation in operations {
        #expect(values(part.combined(other, operation)) == values(series.combined(other, operation)))
        #expect(values(other.combined(part, operation)) == values(other.combined(series, operation)))
      }
    }
    #expect(values(part * -2) == values(series * -2))
    #expect(values(part.map { $0 + 1 }) == values(series.map { $0 + 1 }))
  }

  @Test func itStaysAPartWhereTheRestStaysZero() {
    func stored(_ profile: Profile) -> Int? { if case .part(let part) = profile { part.values.count } else { nil } }
    #expect(stored(part * 3) == 4 && stored(part * others[2]) == 4)
    // The run of both together; with all steps it is a series.
    #expect(stored(part + others[3]) == 6 && stored(part + others[4]) == 8)
    #expect(stored(part + others[0]) == nil && stored(part.map { $0 + 1 }) == nil)
    let rest = Profile.part(ProfilePart(steps: Self.steps, first: 0, values: Array(repeating: 1, count: Self.steps)))
    #expect(stored(part + rest) == nil)
  }
}
