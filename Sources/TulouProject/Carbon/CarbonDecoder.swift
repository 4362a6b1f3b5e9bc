package import TulouDocument

/// From the tree of a carbon file to a case.
package enum CarbonDecoder {
  /// The case of a document; nil after diagnostics in `decoding`.
  package static func carbonCase(_ document: Node, _ decoding: inout Decoding) -> CarbonCase? {
    var carbonCase = CarbonCase()
    decoding.read(table, document, into: &carbonCase)
    guard !decoding.hasErrors else { return nil }
    if carbonCase.targetYear <= carbonCase.baseYear {
      decoding.error("'target_year' has to come after 'base_year'.", at: document["target_year"]?.mark ?? document.mark)
    }
    let shares = carbonCase.sectors.reduce(0) { $0 + $1.share }
    if !carbonCase.sectors.isEmpty, abs(shares - 1) > 1e-6 {
      decoding.warning(
        "The sectors' shares add up to \(percent(shares)) %, not 100 %.",
        at: document["sectors"]?.mark ?? document.mark)
    }
    return decoding.hasErrors ? nil : carbonCase
  }

  private static func percent(_ share: Double) -> String { "\((share * 1e6).rounded() / 1e4)" }

  /// Ids of the rows, in the order of the paper, then `total`.
  package static let rows = [
    "renewables", "gas_power", "line_loss", "energy_saving", "load_shaping", "gasoline", "gas_vehicles",
  ]

  private static let groups: [(String, String)] = [
    ("thermal", "Coal-fired units."), ("renewables", "Renewable generation."),
    ("gas_power", "Generation from gas."), ("network", "Losses of the network."),
    ("vehicles", "Electric vehicles."), ("gas_vehicles", "Vehicles that burn gas."),
    ("load", "Peak and maximum load."),
  ]

  /// Keys at the top of a carbon file.
  static let table = FieldTable<CarbonCase>(
    "a carbon account",
    [
      .integer("tulou", \.version, in: 1...1, .required, "Version of the format: 1."),
      .text("name", \.name, "Free text."),
      .integer("base_year", \.base, in: 1900...2200, .required, "Year that is compared with."),
      .integer("target_year", \.target, in: 1900...2200, .required, "Year that is looked at."),
    ]
      + groups.map { name, sentence in
        Field(
          name, .table(name), name == "thermal" ? .required : .absent, sentence
        ) { root, node, decoding in
          decoding.read(group(name), node, into: &root)
        }
      } + [
        Field("uhv", .map(.table("line")), "Lines of ultra-high voltage.") { root, node, decoding in
          for entry in decoding.things(node) {
            let index = root.lines.count
            root.lines.append(.init(id: entry.key))
            decoding.within(entry.key) { $0.readThing(entry.value, "uhv.\(entry.key)", index, into: &root) }
          }
        },
        Field("sectors", .map(.table("sector")), "Sectors of demand.") { root, node, decoding in
          for entry in decoding.things(node) {
            let index = root.sectors.count
            root.sectors.append(.init(id: entry.key))
            decoding.within(entry.key) { $0.readThing(entry.value, "sectors.\(entry.key)", index, into: &root) }
          }
        },
        Field("options", .table("options"), "Readings of the formulas.") { root, node, decoding in
          decoding.read(group("options"), node, into: &root)
        },
        Field("published", .map(.number([.mass])), "Printed values by row, and their printed total.") {
          root, node, decoding in readPublished(&root, \.published, rows + ["total"], node, &decoding)
        },
        Field("monte_carlo", .table("monte_carlo"), "Draws over the stated ranges.") { root, node, decoding in
          decoding.read(monteCarlo, node, into: &root)
        },
      ])

  private static let monteCarlo = FieldTable<CarbonCase>(
    "a Monte Carlo study",
    [
      .integer("draws", \.drawsGiven, in: 1...10_000_000, "Number of draws."),
      .integer("seed", \.seedGiven, in: 0...Int(Int32.max), "Start of the random numbers."),
    ])

  private static func group(_ name: String) -> FieldTable<CarbonCase> {
    var fields = CarbonParameter.fixed.filter { $0.group == name }.map(field)
    if name == "options" {
      let rates = CarbonCase.LoadRate.allCases.map(\.rawValue)
      fields.append(
        Field("load_rate", .choice(rates), "How a lower peak is turned into coal saved.") { root, node, decoding in
          if let word = decoding.choice(node, rates), let rate = CarbonCase.LoadRate(rawValue: word) {
            root.loadRate = rate
          }
        })
      let parts = CarbonCase.LossOn.allCases.map(\.rawValue)
      fields.append(
        Field("loss_on", .choice(parts), "What the line loss is applied to.") { root, node, decoding in
          if let word = decoding.choice(node, parts), let part = CarbonCase.LossOn(rawValue: word) {
            root.lossOn = part
          }
        })
    }
    return FieldTable("'\(name)'", fields)
  }

  /// A field that reads a parameter and the range that may stand with it.
  static func field(_ parameter: CarbonParameter) -> Field<CarbonCase> {
    Field(parameter.key, .number([parameter.measure]), parameter.fallback, parameter.sentence) { root, node, decoding in
      guard let value = decoding.number(node, parameter.measure, in: parameter.bounds) else { return }
      parameter.set(&root, value)
      guard let items = node["range"]?.items, items.count == 2,
        let low = decoding.number(items[0], parameter.measure, in: parameter.bounds),
        let high = decoding.number(items[1], parameter.measure, in: parameter.bounds), low <= high
      else { return }
      root.ranges[parameter.path] = low...high
    }
  }

  private static func readPublished(
    _ root: inout CarbonCase, _ into: WritableKeyPath<CarbonCase, [String: Double]>, _ ids: [String], _ node: Node,
    _ decoding: inout Decoding
  ) {
    guard let entries = node.entries else {
      decoding.error("'\(decoding.key)' takes a mapping from rows to masses, not \(node.kindName).", at: node.mark)
      return
    }
    for entry in entries {
      guard ids.contains(entry.key) else {
        decoding.unknown(entry, among: ids, in: "'\(decoding.key)'")
        continue
      }
      decoding.within(entry.key) { inner in
        if let value = inner.number(entry.value, .mass) { root[keyPath: into][entry.key] = value }
      }
    }
  }
}

extension Decoding {
  /// Reads the numbers of a line or a sector.
  fileprivate mutating func readThing(_ node: Node, _ path: String, _ index: Int, into root: inout CarbonCase) {
    let mine = CarbonParameter.all(of: root).filter { $0.path.hasPrefix(path + ".") }
    read(FieldTable("'\(path)'", mine.map(CarbonDecoder.field)), node, into: &root)
  }
}

extension CarbonCase {
  // Whole numbers are read as optionals; these pass them on.
  fileprivate var version: Int? {
    get { 1 }
    set { _ = newValue }
  }
  fileprivate var base: Int? {
    get { baseYear }
    set { baseYear = newValue ?? baseYear }
  }
  fileprivate var target: Int? {
    get { targetYear }
    set { targetYear = newValue ?? targetYear }
  }
  fileprivate var drawsGiven: Int? {
    get { draws }
    set { draws = newValue ?? draws }
  }
  fileprivate var seedGiven: Int? {
    get { seed }
    set { seed = newValue ?? seed }
  }
}
