import TulouAccounts
package import TulouProblem
package import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// `flows.csv`: one row a step, one column a flow or content, named `id.role[.part] [unit]`, demand first.
  ///
  /// Nine significant digits; what is below a billionth of a unit is nought. The first column holds the START of each
  /// step in local standard time of the zone that its heading names.
  public func flowsCSV() -> [UInt8] {
    let columns = flowColumns()
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

  /// Columns of `flows.csv` in order: demands, flows, contents.
  private func flowColumns() -> [(title: String, values: [Double])] {
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
    return columns
  }

  /// `cashflow.csv`: one row a payment; paid positive, received negative.
  public func cashFlowCSV() -> [UInt8] {
    let currency = project.economy.currency
    var text = "time [y],year,id,member,kind,stage,amount [\(currency)],discounted [\(currency)]\n"
    for row in accounts.cashFlow {
      text += "\(JSON.digits(row.time)),\(row.year),\(CSVText.cell(row.id)),\(CSVText.cell(row.member)),"
      text +=
        "\(row.kind.rawValue),\(CSVText.cell(row.stage)),\(JSON.digits(row.amount)),\(JSON.digits(row.discounted))\n"
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

  private static func unit(ofBus bus: String, _ project: Project) -> String {
    project.carrier(ofBus: bus)?.kind == .water ? "m3/h" : "kW"
  }
}

/// Cells of comma-separated files.
enum CSVText {
  /// The text, quoted where a reader would stumble.
  static func cell(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }) else {
      return text
    }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// Powers of ten from 1 to 1e9.
  private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

  /// Appends the number with nine significant digits and at most nine decimals; nothing where it is not finite.
  static func append(_ value: Double, to text: inout [UInt8]) {
    guard value.isFinite else { return }
    let size = abs(value)
    guard size < 1e9 else {
      text += JSON.digits(value).utf8
      return
    }
    var decimals = 9
    while decimals > 0 && size >= powers[9 - decimals] { decimals -= 1 }
    // One digit before the point leaves eight after it; below one there are nine decimals.
    var whole = UInt64((size * powers[decimals]).rounded())
    guard whole > 0 else {
      text.append(48)
      return
    }
    if value < 0 { text.append(45) }
    while decimals > 0 && whole % 10 == 0 {
      whole /= 10
      decimals -= 1
    }
    // The digits come from behind, so they are written from behind into room made for them.
    let length = max(decimals + 1, digitCount(whole)) + (decimals > 0 ? 1 : 0)
    var place = text.count + length
    for _ in 0..<length { text.append(48) }
    var written = 0
    while whole > 0 || written <= decimals {
      if written == decimals && decimals > 0 {
        place -= 1
        text[place] = 46
      }
      place -= 1
      text[place] = UInt8(48 + whole % 10)
      whole /= 10
      written += 1
    }
  }

  private static func digitCount(_ number: UInt64) -> Int {
    var count = 1
    var rest = number / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }
}
