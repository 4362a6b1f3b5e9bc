import TulouAccounts
import TulouPlanning
package import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// `flows.csv`: one row a step, one column a flow or content, named `id.role[.part] [unit]`, demand first;
  /// behind them the marginal price of each bus, `bus.price [money/kWh]`, where multipliers are known.
  ///
  /// Nine significant digits and nine decimals; dust is zero (`Dust`). The first column holds the START of each
  /// step in local standard time of the zone that its heading names.
  package func flowsCSV() -> [UInt8] {
    hoursCSV(flowColumns())
  }

  /// One row a step, one column a series, the first the stamps.
  func hoursCSV(_ columns: [(title: String, values: [Double])]) -> [UInt8] {
    let steps = plan.problem.steps
    var text: [UInt8] = []
    text.reserveCapacity(steps * (17 + columns.count * 9) + 4096)
    text += CSVText.cell("time (\(project.timeZone) standard time)").utf8
    for column in columns {
      text.append(44)
      text += CSVText.cell(column.title).utf8
    }
    text.append(10)
    let horizonSteps = project.horizon.steps
    for t in 0..<steps {
      // Stages planned together repeat the horizon.
      text += project.horizon.moment(t % horizonSteps).stamp.utf8
      for column in columns {
        text.append(44)
        CSVText.append(column.values[t], to: &text)
      }
      text.append(10)
    }
    return text
  }

  /// Columns of `flows.csv` in order: demands, flows, contents, prices.
  func flowColumns() -> [(title: String, values: [Double])] {
    let titles = FlowTitles(problem: plan.problem, project: project)
    var columns: [(title: String, values: [Double])] = []
    for demand in project.demands where demand.power.count == plan.problem.steps {
      columns.append((titles.title(of: demand), demand.power))
    }
    for (title, values) in zip(titles.flows, plan.solution.flows) where !title.isEmpty {
      columns.append((title, values))
    }
    for (title, values) in zip(titles.states, plan.solution.contents) where !title.isEmpty {
      columns.append((title, values))
    }
    for price in hourlyPrices where price.values.count == plan.problem.steps {
      columns.append((FlowTitles.title(ofPriceAt: price.bus, price.unit), price.values))
    }
    return columns
  }

  /// `cashflow.csv`: one row a payment; paid positive, received negative.
  package func cashFlowCSV() -> [UInt8] {
    let currency = project.economy.currency
    var text =
      "time [y],year,id,member,kind,stage,amount [\(currency)],discounted [\(currency)],nominal [\(currency)]\n"
    for row in accounts.cashFlow {
      text += "\(JSON.digits(row.time)),\(row.year),\(CSVText.cell(row.id)),\(CSVText.cell(row.member)),"
      text +=
        "\(row.kind.rawValue),\(CSVText.cell(row.stage)),\(JSON.digits(row.amount)),\(JSON.digits(row.discounted)),"
        + "\(JSON.digits(nominal(row)))\n"
    }
    return Array(text.utf8)
  }
}

/// Headings of `flows.csv`: the same on writing and on reading.
package struct FlowTitles {
  /// One a flow and one a content of the problem; empty for what is not written.
  package var flows: [String] = [], states: [String] = []
  private let project: Project

  /// The headings of a problem.
  package init(problem: HourlyProblem, project: Project) {
    self.project = project
    var used: Set<String> = []
    func title(_ label: Label, _ unit: String) -> String {
      guard label.role != .auxiliary else { return "" }
      var name = label.description
      if !used.insert(name).inserted {
        name += "@" + label.bus
        used.insert(name)
      }
      return name + " [" + unit + "]"
    }
    flows = problem.flows.map { title($0.label, FlowTitles.unit(ofBus: $0.label.bus, project)) }
    states = problem.states.map { title($0.label, "kWh") }
  }

  /// The heading of a demand.
  func title(of demand: Demand) -> String {
    demand.id + ".demand [" + FlowTitles.unit(ofBus: demand.bus, project) + "]"
  }

  /// The heading of the prices at a bus.
  package static func title(ofPriceAt bus: String, _ unit: String) -> String { "\(bus).price [\(unit)]" }

  private static func unit(ofBus bus: String, _ project: Project) -> String {
    project.carrier(ofBus: bus)?.kind == .water ? "m3/h" : "kW"
  }
}
