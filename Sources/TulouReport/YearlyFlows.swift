import TulouProblem
import TulouProject
import TulouTechnologies

/// Series and yearly sums of flows as pictures show them: what each element gives to and takes from each bus.
struct YearlyFlows: Sendable {
  /// An element's share in a bus.
  struct Line: Sendable {
    /// What it is to the picture.
    enum Part: Sendable { case supply, use, demand, unserved }
    /// What tells lines of one element apart.
    enum Note: Sendable, Equatable {
      /// The only line of its element at this bus.
      case only
      /// A storage's two ways.
      case discharge, charge
      /// A market's two ways.
      case bought, sold
      /// What a demand does not get.
      case notServed
      /// What vehicles give back.
      case givenBack
      /// What a bus throws away.
      case spilled
      /// A link's two ends, each with the bus at the other.
      case to(String), from(String)

      /// Its words in tables; empty for the only line.
      var words: String {
        switch self {
        case .only: ""
        case .discharge: "discharge"
        case .charge: "charge"
        case .bought: "bought"
        case .sold: "sold"
        case .notServed: "not served"
        case .givenBack: "given back"
        case .spilled: "spilled"
        case .to(let bus): "to " + bus
        case .from(let bus): "from " + bus
        }
      }
    }
    /// Component, market or demand.
    var id: String
    /// Bus.
    var bus: String
    /// What tells lines of one element apart.
    var note: Note
    /// Part.
    var part: Part
    /// Power at the bus, zero or above [kW].
    var values: [Double]
    /// Sum per year [kWh/y].
    var yearly: Double
  }

  /// All lines in the order of the project.
  private(set) var lines: [Line] = []
  /// Demands that may wait: their line is what they draw, and what they do not get was never drawn.
  private(set) var waiting: Set<String> = []
  /// Heat drawn from the surroundings by converters [kWh/y], by id.
  private(set) var ambient: [String: Double] = [:]

  init(_ project: Project, _ plan: Plan) {
    let problem = plan.problem
    let steps = problem.steps
    let perYear = problem.weight.map { $0 * problem.stepHours / max(problem.years, 1e-12) }
    func sum(_ values: [Double]) -> Double {
      var total = 0.0
      for t in 0..<min(steps, values.count) { total += values[t] * perYear[t] }
      return total
    }
    func add(_ id: String, _ bus: String, _ note: Line.Note, _ part: Line.Part, _ values: [Double]) {
      guard values.count == steps, values.contains(where: { $0 != 0 }) else { return }
      lines.append(Line(id: id, bus: bus, note: note, part: part, values: values, yearly: sum(values)))
    }
    for component in project.components {
      let id = component.id
      switch component.block {
      case .source(let source):
        if let series = plan.total(id, .production) { add(id, source.bus, .only, .supply, series) }
      case .converter(let converter):
        guard let driving = plan.total(id, .conversion) else { continue }
        let online = converter.noLoad > 0 ? plan.total(id, .online) : nil
        for (index, port) in converter.ports.enumerated() {
          var values = driving
          for t in 0..<steps { values[t] *= port[t] }
          if index == converter.fuelPort, let online {
            for t in 0..<steps { values[t] -= converter.noLoad * online[t] }
          }
          // A port that takes is shown as use, with its sign turned.
          let takes = values.reduce(0, +) < 0
          add(id, port.bus, .only, takes ? .use : .supply, takes ? values.map { -$0 } : values)
        }
        let heat = converter.ambientHeat
        if heat.contains(where: { $0 != 0 }) {
          var drawn = driving
          for t in 0..<steps { drawn[t] *= heat.count == 1 ? heat[0] : heat[t] }
          ambient[id] = sum(drawn)
        }
      case .storage(let storage):
        if let series = plan.total(id, .discharge) { add(id, storage.bus, .discharge, .supply, series) }
        if let series = plan.total(id, .charge) { add(id, storage.bus, .charge, .use, series) }
      case .link(let link):
        for (role, from, to) in [(Label.Role.forward, link.from, link.to), (.backward, link.to, link.from)] {
          guard let series = plan.total(id, role) else { continue }
          add(id, from, .to(to), .use, series)
          add(id, to, .from(from), .supply, series.map { $0 * link.efficiency })
        }
      }
    }
    for market in project.markets {
      if let series = plan.total(market.id, .purchase) { add(market.id, market.bus, .bought, .supply, series) }
      if let series = plan.total(market.id, .sale) { add(market.id, market.bus, .sold, .use, series) }
    }
    for demand in project.demands {
      let unserved = plan.total(demand.id, .unserved)
      if let unserved { add(demand.id, demand.bus, .notServed, .unserved, unserved) }
      let drawn = plan.total(demand.id, .serve)
      if drawn != nil { waiting.insert(demand.id) }
      add(demand.id, demand.bus, .only, .demand, drawn ?? demand.power)
      if let back = plan.total(demand.id, .discharge) { add(demand.id, demand.bus, .givenBack, .supply, back) }
    }
    for bus in project.buses {
      if let series = plan.total(bus.id, .spill) { add(bus.id, bus.id, .spilled, .use, series) }
    }
  }

  /// Sum of the lines of an id and part at any bus [kWh/y].
  func yearly(_ id: String, _ part: Line.Part) -> Double {
    lines.reduce(0) { $1.id == id && $1.part == part ? $0 + $1.yearly : $0 }
  }

  /// A demand as it was served: what is wanted less what is not served, which has lines of its own.
  func served(_ line: Line) -> Line {
    guard line.part == .demand, !waiting.contains(line.id) else { return line }
    var line = line
    for missing in lines where missing.part == .unserved && missing.id == line.id {
      for t in line.values.indices { line.values[t] -= missing.values[t] }
      line.yearly -= missing.yearly
    }
    return line
  }
}
