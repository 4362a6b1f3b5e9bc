import TulouAccounts
import TulouFinance
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// A week of hours with zoom to the year, the map of any series, the load duration curve.
  func hoursSection() -> Page.Section {
    guard project.horizon.steps == plan.problem.steps, !flows.lines.isEmpty else {
      return Page.Section(id: "hours-section", title: "Hours", [])
    }
    let data = hourlyData()
    var contents: [Page.Content] = [.hours(data)]
    if let chart = durationChart(data) { contents.append(.chart(chart)) }
    contents += profileCharts(data)
    return Page.Section(id: "hours-section", title: "Hours", contents)
  }

  /// All series that the page can show.
  func hourlyData() -> HourlyData {
    var lines: [HourlyData.Line] = []
    let carriers = project.carriers.filter { carrier in
      project.buses.contains { $0.carrier == carrier.id }
    }
    for carrier in carriers {
      let view = legend.carrier(carrier.id)
      let mine = flows.lines.filter { project.carrier(ofBus: $0.bus)?.id == carrier.id }
      let unit = carrier.kind == .water ? "m3/h" : "kW"
      func name(_ line: YearlyFlows.Line) -> String {
        legend.name(line.id) + (line.note == .only ? "" : ", " + line.note.words)
      }
      func add(_ line: YearlyFlows.Line, _ part: HourlyData.Part, _ colour: Colour) {
        lines.append(
          HourlyData.Line(name(line), unit: unit, part: part, view: view, colour: colour, values: line.values))
      }
      // Demand comes first: it is what the reader knows.
      let demand = mine.filter { $0.part == .demand }
      if !demand.isEmpty {
        var sum = [Double](repeating: 0, count: plan.problem.steps)
        for line in demand { for t in sum.indices { sum[t] += line.values[t] } }
        lines.append(
          HourlyData.Line(
            "Demand, \(view)", unit: unit, part: .demand, view: view, colour: Colour(0x1A1A1A), values: sum))
      }
      // What cannot be chosen lies at the bottom of the stack, storage and purchase on top.
      func rank(_ line: YearlyFlows.Line) -> Int {
        switch project.components.first(where: { $0.id == line.id })?.block {
        case .source: 0
        case .converter: 1
        case .link: 2
        case .storage: 3
        case nil: line.part == .unserved ? 5 : 4
        }
      }
      for line in mine.enumerated().sorted(by: { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }).map(
        \.element)
      {
        // Links within one carrier would be counted twice in its stack.
        let within = isWithin(carrier.id, line.id)
        switch line.part {
        case .supply: add(line, within ? .other : .supply, legend.colour(line.id))
        case .use: add(line, within ? .other : .use, legend.colour(line.id))
        case .unserved: add(line, flows.waiting.contains(line.id) ? .other : .supply, .unserved)
        case .demand where demand.count > 1: add(line, .other, legend.colour(line.id))
        case .demand: break
        }
      }
    }
    for component in project.components {
      if let content = plan.content(Label(component.id, .content)) {
        lines.append(
          HourlyData.Line(
            legend.name(component.id) + ", content", unit: "kWh", part: .other, view: "",
            colour: legend.colour(component.id), values: content))
      }
    }
    for market in project.markets where !market.onlyAlone {
      if let price = market.buy?.price, price.values.count == plan.problem.steps {
        lines.append(
          HourlyData.Line(
            legend.name(market.id) + ", price", unit: project.economy.currency + "/kWh", part: .other, view: "",
            colour: legend.colour(market.id), values: price.values))
      }
    }
    if accounts.balance.all.hourlyAutonomy.count == plan.problem.steps {
      lines.append(
        HourlyData.Line(
          "Autonomy of the hour", unit: "", part: .other, view: "", colour: .biomass,
          values: accounts.balance.all.hourlyAutonomy))
    }
    return HourlyData(id: "hours", lines: lines, horizon: project.horizon, firstShown: typicalWeek())
  }

  private func isWithin(_ carrier: String, _ id: String) -> Bool {
    guard case .link(let link)? = project.components.first(where: { $0.id == id })?.block else { return false }
    return project.carrier(ofBus: link.from)?.id == carrier && project.carrier(ofBus: link.to)?.id == carrier
  }

  /// First step of a week in the second quarter, or of the horizon where that is short: a week without extremes.
  private func typicalWeek() -> Int {
    let week = Int(saturating: (168 / project.horizon.stepHours).rounded())
    guard project.horizon.periods.count == 1, project.horizon.steps > 3 * week else { return 0 }
    let day = Int(saturating: (24 / project.horizon.stepHours).rounded())
    let middle = project.horizon.steps * 2 / 5 / day * day
    // Begins on a Monday.
    let weekday = project.horizon.moment(middle).date.weekday
    return max(0, min(project.horizon.steps - week, middle - weekday * day))
  }

  /// Demand and what is left of it for the outside, sorted.
  private func durationChart(_ data: HourlyData) -> Chart? {
    guard let demand = data.lines.first(where: { $0.part == .demand }) else { return nil }
    let points = 240
    let weights = project.horizon.weights
    let stepHours = project.horizon.stepHours
    let total = weights.reduce(0, +) * stepHours
    // Each curve: sorted values against the hours in which they are reached or passed.
    func curve(_ values: [Double]) -> [Double] {
      let order = values.indices.sorted { values[$0] > values[$1] }
      var result: [Double] = []
      var hours = 0.0, next = 0
      for point in 0...points {
        let target = total * Double(point) / Double(points)
        while next < order.count - 1, hours + weights[order[next]] * stepHours < target - 1e-9 {
          hours += weights[order[next]] * stepHours
          next += 1
        }
        result.append(values[order[next]])
      }
      return result
    }
    var series = [Series(demand.name, curve(demand.values), colour: .demand)]
    let bought = data.lines.filter { line in
      line.view == demand.view && line.part == .supply
        && project.markets.contains { line.name == legend.name($0.id) + ", bought" }
    }
    if !bought.isEmpty {
      var sum = [Double](repeating: 0, count: demand.values.count)
      for line in bought { for t in sum.indices { sum[t] += line.values[t] } }
      series.append(Series("Bought outside", curve(sum), colour: .outside))
    }
    let own = data.lines.filter { line in
      line.view == demand.view && line.part == .supply
        && project.components.contains { component in
          guard case .source = component.block else { return false }
          return legend.name(component.id) == line.name
        }
    }
    if !own.isEmpty {
      var sum = [Double](repeating: 0, count: demand.values.count)
      for line in own { for t in sum.indices { sum[t] += line.values[t] } }
      series.append(Series("Own sources", curve(sum), colour: .sun))
    }
    return Chart(
      id: "duration", title: "Duration curves",
      summary: abs(project.horizon.years - 1) < 1e-9
        ? "For how many hours a year each power is reached or passed."
        : "For how many hours of the horizon each power is reached or passed.",
      body: .lines(
        Lines(
          axis: .numbers(
            (0...points).map { total * Double($0) / Double(points) }, quantity: "Hours", unit: "h"),
          series: series, quantity: "Power", unit: demand.unit)))
  }
}
