import Testing
import TulouProblem

@Suite("Series that are equal are kept once") struct ProfilePoolTests {
  private func place(_ profile: Profile) -> UnsafePointer<Double>? {
    switch profile {
    case .constant: nil
    case .series(let values): values.withUnsafeBufferPointer { $0.baseAddress }
    case .part(let part): part.values.withUnsafeBufferPointer { $0.baseAddress }
    }
  }

  @Test func equalSeriesShareTheirMemory() {
    var pool = ProfilePool()
    let made = { (first: Double) in Profile.series((0..<100).map { $0 == 0 ? first : Double($0) }) }
    let one = pool.shared(made(0)), same = pool.shared(made(0)), other = pool.shared(made(7))
    #expect(place(one) != nil && place(one) == place(same))
    #expect(place(other) != place(one) && other == made(7))
    // A minus zero is another number to who divides by it.
    let minus = pool.shared(made(-0.0))
    #expect(place(minus) != place(one))
    let none = pool.shared(made(.nan)), again = pool.shared(made(.nan))
    #expect(place(none) == place(again))
  }

  @Test func partsKeepTheirPlace() {
    var pool = ProfilePool()
    let values = (0..<24).map(Double.init)
    let day = (0..<3).map { pool.shared(.part(ProfilePart(steps: 72, first: 24 * $0, values: values))) }
    #expect(Set(day.map(place)).count == 1)
    for d in 0..<3 { #expect((0..<72).map { day[d][$0] } == (0..<72).map { $0 / 24 == d ? Double($0 % 24) : 0 }) }
  }

  @Test func aProblemStaysWhatItWas() {
    func problem() -> HourlyProblem {
      var problem = HourlyProblem(steps: 48, stepHours: 1, years: 1)
      let load = Profile.series((0..<48).map { Double($0 % 24) })
      problem.rows = [.balance(Label("bus", .balance), equals: load)]
      problem.states = [State(Label("store", .content), upper: .fixed(load))]
      problem.flows = [
        Flow(Label("grid", .purchase), rows: [RowTerm(0, .one)], upper: [.fixed(.constant(50)), .fixed(load)])
      ]
      problem.objective.add(flow: 0, load)
      problem.yearlyRows = [YearlyRow(Label("limit", .limit), LinearForm(flows: [0: load]), upper: 3)]
      problem.recordedSums = ["grid": LinearForm(flows: [0: load])]
      return problem
    }
    var pool = ProfilePool()
    var shared = problem()
    pool.share(&shared)
    let before = problem()
    #expect(shared.objective == before.objective && shared.recordedSums == before.recordedSums)
    #expect(shared.rows[0].lower == before.rows[0].lower && shared.flows[0].upper[1].offset == before.rows[0].lower)
    var second = problem()
    pool.share(&second)
    let places = [
      shared.rows[0].lower, second.rows[0].lower, second.rows[0].upper, second.flows[0].upper[1].offset,
      second.states[0].upper?.offset ?? .zero, second.objective.flows[0] ?? .zero,
      second.yearlyRows[0].form.flows[0] ?? .zero, second.recordedSums["grid"]?.flows[0] ?? .zero,
    ].map(place)
    #expect(Set(places).count == 1 && places[0] != nil)
  }
}
