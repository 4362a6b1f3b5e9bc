package import TulouProblem

extension BenchmarkProblems {
  /// What every coalition of some members would plan alone: C1's sizes over some weeks, the load that of its members.
  ///
  /// - Parameters:
  ///   - count: Number of members; there are 2^count - 1 coalitions.
  ///   - hours: Length.
  package func coalitions(of count: Int, hours: Int) throws -> [HourlyProblem] {
    let whole = try c1(hours: hours)
    let load = whole.rows[0].lower.expanded(hours)
    // Members differ in size and in when they need most.
    var members: [[Double]] = []
    for i in 0..<count {
      let share = (0.6 + 0.1 * Double(i)) / Double(count)
      members.append((0..<hours).map { share * load[($0 + 3 * i) % hours] })
    }
    return (1..<(1 << count)).map { coalition in
      var total = [Double](repeating: 0, count: hours)
      for i in 0..<count where coalition >> i & 1 == 1 { for t in 0..<hours { total[t] += members[i][t] } }
      var problem = whole
      problem.rows[0] = .balance(whole.rows[0].label, equals: .series(total))
      let share: Double = total.reduce(0, +) / load.reduce(0, +)
      problem.yearlyRows[0].upper *= share
      return problem
    }
  }

  /// C1's dispatch in windows spread over the year, with the sizes of its optimum.
  ///
  /// - Parameters:
  ///   - count: Number of windows.
  ///   - hours: Length of each.
  package func dispatches(_ count: Int, hours: Int) throws -> [HourlyProblem] {
    let year = try series(years: [1])
    // Source: C1's capacities, PyPSA and oemof.solph to 1e-6.
    let sizes = [2539.079339, 292.639504, 60.472269, 3338.142472, 597.087035, 150]
    return (0..<count).map { k in
      let start = k * (8760 - hours) / max(1, count - 1)
      var problem = Self.c1(of: year.mapValues { Array($0[start..<start + hours]) })
      problem.yearlyRows = []
      for (c, size) in sizes.enumerated() {
        problem.capacities[c].lower = size
        problem.capacities[c].upper = size
      }
      return problem
    }
  }

  /// C1 over many years: the ten years of data again and again, the load growing.
  ///
  /// - Parameters:
  ///   - count: Number of years.
  ///   - growth: Of the load from year to year [1/y].
  package func growing(years count: Int, growth: Double) throws -> HourlyProblem {
    var columns = try series(years: (0..<count).map { $0 % 10 + 1 })
    var factor = 1.0
    var load = columns["load_el_kw"] ?? []
    for t in load.indices {
      if t > 0, t % 8760 == 0 { factor *= 1 + growth }
      load[t] *= factor
    }
    columns["load_el_kw"] = load
    return Self.c1(of: columns)
  }
}
