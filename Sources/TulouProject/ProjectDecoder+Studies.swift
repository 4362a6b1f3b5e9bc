import TulouDocument
import TulouQuantities
import TulouShares

struct StudyInput: Sendable {
  var kind = ""
  var objectives: [Study.Goal] = []
  var points: Int?
  var vary: Node?
  var mode: Study.Mode?
  var result: String?
  var by: Study.Answer?
  var least: String?
  var strategies: [Study.Strategy] = []
  var setPoint: Double?
  var threshold: Double?
  var method: Study.Method?
  var candidates: Node?
  var years: Int?
  var sizes: Node?
  var reaches: Node?
  var alternatives: Node?
  var line: Node?
  var seasons: Node?
  var hold: Node?
  var numbers: Node?
  var basis: ShareBasis?
  var exergyWeight: Double?
  var lossOfSupply: Double?
  var population: Int?
  var generations: Int?
  var designs: Node?

  static let table = FieldTable<StudyInput>(
    "a study",
    [
      .choice("kind", \.kind, known, .required, "What kind of question."),
      .note("name", "Free text."),
      Field(
        "objectives", .list(.choice(Study.Goal.self)),
        "Two goals of a front; the first is minimised at every point. A search by 'nsga2' takes two or three."
      ) {
        input, node, decoding in
        let most = input.kind == Study.Kind.search.rawValue ? 3 : 2
        guard let items = node.items, items.count >= 2, items.count <= most else {
          decoding.error(
            most == 2 ? "'objectives' takes a list of two goals." : "'objectives' takes a list of two or three goals.",
            advice: "For example '[net_present_cost, co2]'.", at: node.mark)
          return
        }
        input.objectives = items.compactMap { decoding.choice($0, Study.Goal.self) }
      },
      .integer(
        "points", \.points, in: 2...1000,
        "Points of a front, of a search's grid on a continuous size, of a break-even's first look."),
      .node(
        "vary", \.vary, .map(.list(.text)),
        "Values by key path: 'components.wind.capital: [x0.5, 900 USD/kW, x1 .. x3 / 5]'; of a break-even one path with its least and greatest value."
      ),
      Field("mode", .choice(Study.Mode.self), "How variations are combined.") {
        $0.mode = $2.choice($1, Study.Mode.self)
      },
      Field(
        "result", .text,
        "Key of the indicator that is drawn, or that is to reach a value; left out: the cost per year."
      ) {
        $0.result = $2.text($1)
      },
      Field("by", .choice(Study.Answer.self), "Who answers each case of a sensitivity; left out: plan.") {
        $0.by = $2.choice($1, Study.Answer.self)
      },
      Field("least", .text, "Size that is made as small as the limits allow, by id or id.part, in place of cost.") {
        $0.least = $2.text($1)
      },
      Field(
        "strategies", .list(.choice(Study.Strategy.self)),
        "Rules that a search tries; a simulation takes one, a front one that runs the designs beside it."
      ) {
        input, node, decoding in
        input.strategies = (node.items ?? [node]).compactMap { decoding.choice($0, Study.Strategy.self) }
      },
      .number("set_point", \.setPoint, .share, in: .share, "State of charge to which cycle charging goes on."),
      .number(
        "threshold", \.threshold, .share, in: .share,
        "Share of the running generators below which combined dispatch charges in cycles."),
      Field("method", .choice(Study.Method.self), "How a search chooses designs.") {
        $0.method = $2.choice($1, Study.Method.self)
      },
      .node(
        "candidates", \.candidates, .map(.list(.number([.power, .energy, .area]))),
        "Totals that a search tries, by id or id.part: 'battery.energy: [0 kWh, 200 kWh]'."),
      .integer(
        "years", \.years, in: 1...100,
        "Years that a search simulates one by one for its best designs, which are then ranked by what these years cost."
      ),
      .node(
        "sizes", \.sizes, .map(.number([.power, .energy, .area])),
        "Given sizes of a simulation, by id or id.part."),
      .node(
        "reaches", \.reaches, .number([.share, .price, .energyPerYear]),
        "What 'result' is to reach: the break-even is the value of 'vary' at which it does."),
      .node(
        "alternatives", \.alternatives, .map(.map(.text)),
        "One or two sets of values by key path; the break-even is where they cost the same. One alone is compared with the project as it stands."
      ),
      .node(
        "line", \.line, .table("line of a break-even"),
        "A line to the grid: the break-even is the length at which it costs as much as doing without."),
      .node(
        "seasons", \.seasons, .map(.table("share season")),
        "Of 'shares': representative days of the year with their demands."),
      .node("hold", \.hold, .table("share held"), "Of 'shares': shares and storages that are held at a value."),
      .node("numbers", \.numbers, .table("share numbers"), "Of 'shares': costs, efficiencies and temperatures."),
      Field("basis", .choice(ShareBasis.self), "Of 'shares': what sun and wind count as; left out: device_output.") {
        $0.basis = $2.choice($1, ShareBasis.self)
      },
      .number(
        "exergy_weight", \.exergyWeight, .share, in: .share,
        "Of 'shares' by 'genetic': weight of exergy efficiency, that of cost being the rest; left out: 50 %."),
      .number(
        "loss_of_supply", \.lossOfSupply, .share, in: .share,
        "Of 'shares': greatest share of a day's hours in which supply falls short; left out: 0 %."),
      .integer(
        "population", \.population, in: 4...10_000,
        "Individuals of a generation; left out: of 'shares' 100, of 'pareto' 24."),
      .integer(
        "generations", \.generations, in: 0...1_000_000,
        "Generations of a genetic search; left out: of 'shares' 300, of 'pareto' none is drawn beside."),
      .node(
        "designs", \.designs, .map(.map(.number([.power, .energy, .area]))),
        "Of 'pareto': sizes by name, drawn beside the front with their dispatch planned, or by the rule of 'strategies'."
      ),
    ])

  /// Kinds of model.md; those without a parameter of their own are asked by their commands alone.
  static let known = [
    "pareto", "sensitivity", "search", "simulate", "break_even", "shares", "plan", "stages", "reproduce",
  ]
}

/// A line to the grid as written.
struct GridLineInput: Sendable {
  var market: String?
  var capital: Node?
  var operation: Node?

  static let table = FieldTable<GridLineInput>(
    "a line of a break-even",
    [
      .reference("market", to: "market", \.market, .required, "Market that it leads to."),
      .node("capital", \.capital, .number([.moneyPerLength]), .required, "Capital by length."),
      .node("operation", \.operation, .number([.moneyPerLengthAndYear]), "Operation by length."),
    ])
}

extension ProjectDecoder {
  func readStudies(_ node: Node?, _ document: Node, _ decoding: inout Decoding) -> [Study] {
    guard let node else { return [] }
    return decoding.within("studies") { outer in
      outer.things(node).compactMap { entry in
        outer.within(entry.key) { inner in readStudy(entry, document, &inner) }
      }
    }
  }

  /// Keys that belong to a kind, besides `kind` and `name`.
  private static func keys(of kind: Study.Kind) -> [String] {
    let rules = ["strategies", "set_point", "threshold"]
    return switch kind {
    case .pareto: ["objectives", "points", "generations", "population", "designs"] + rules
    case .sensitivity: ["vary", "mode", "result", "by", "least", "method", "candidates", "sizes", "points"] + rules
    case .search: ["method", "objectives", "points", "candidates", "years"] + rules
    case .simulate: ["sizes"] + rules
    case .breakEven: ["vary", "result", "reaches", "alternatives", "line", "points"]
    case .shares:
      [
        "method", "seasons", "hold", "numbers", "basis", "exergy_weight", "loss_of_supply", "population",
        "generations",
      ]
    }
  }

  private func readStudy(_ entry: Node.Entry, _ document: Node, _ decoding: inout Decoding) -> Study? {
    var input = StudyInput()
    decoding.read(StudyInput.table, entry.value, into: &input)
    guard let kind = Study.Kind(rawValue: input.kind) else {
      if StudyInput.known.contains(input.kind) {
        decoding.within("kind") {
          $0.notBuilt("The study kind '\(input.kind)' in a file", at: (entry.value["kind"] ?? entry.value).mark)
        }
      }
      return nil
    }
    var study = Study(id: entry.key, kind: kind)
    study.objectives = input.objectives
    study.points = input.points
    study.mode = input.mode
    study.result = input.result
    study.by = input.by
    study.least = input.least
    study.strategies = input.strategies
    study.setPoint = input.setPoint
    study.threshold = input.threshold
    study.method = input.method
    study.years = input.years
    let own = ProjectDecoder.keys(of: kind) + ["kind", "name"]
    for stray in entry.value.entries ?? [] where !own.contains(stray.key) && !stray.key.hasPrefix("x-") {
      guard StudyInput.table.fields.contains(where: { $0.description.name == stray.key }) else { continue }
      decoding.within(stray.key) {
        $0.error("A study of kind '\(kind.rawValue)' has no '\(stray.key)'.", advice: "Take it out.", at: stray.mark)
      }
    }
    if kind == .search, !study.objectives.isEmpty, study.method != .nsga2 {
      decoding.within("objectives") {
        $0.error(
          "A search has no 'objectives' but by 'method: nsga2'; other methods look for the least cost.",
          advice: "Write 'method: nsga2', or take it out.", at: (entry.value["objectives"] ?? entry.value).mark)
      }
    }
    tellOfIdleRules(study, entry.value, &decoding)
    study.candidates = readCandidates(input.candidates, &decoding)
    study.sizes = readSizes(input.sizes, "sizes", &decoding).mapValues { $0.first ?? 0 }
    if [.simulate, .pareto].contains(kind), study.strategies.count > 1 {
      decoding.within("strategies") {
        $0.error(
          kind == .simulate
            ? "A simulation is run by one strategy." : "Designs beside a front are run by one strategy.",
          advice: "A study of kind 'search' takes several.", at: (entry.value["strategies"] ?? entry.value).mark)
      }
    }
    switch kind {
    case .sensitivity:
      study.vary = readVariations(input.vary, entry, document, &decoding)
      check(study, entry, &decoding)
    case .breakEven: readBreakEven(input, entry, document, &study, &decoding)
    case .shares: study.shares = readShares(input, entry, &decoding)
    case .pareto:
      study.generations = input.generations
      study.population = input.population
      if let node = input.designs { study.designs = readDesigns(node, &decoding) }
    case .search, .simulate: break
    }
    return study
  }

  private func readDesigns(_ node: Node, _ decoding: inout Decoding) -> [String: [String: Double]] {
    decoding.within("designs") { outer in
      var found: [String: [String: Double]] = [:]
      for entry in outer.things(node) {
        found[entry.key] = readSizes(entry.value, entry.key, &outer).mapValues { $0.first ?? 0 }
      }
      return found
    }
  }

  /// Numbers of rules that the study does not try.
  private func tellOfIdleRules(_ study: Study, _ node: Node, _ decoding: inout Decoding) {
    guard !study.strategies.isEmpty else { return }
    let tried = study.strategies.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let charging: [Study.Strategy] = [.cycleCharging, .combined]
    if !study.strategies.contains(where: charging.contains) {
      decoding.idle(["set_point"], of: node, because: "it belongs to cycle charging, and tried is \(tried)")
    }
    if !study.strategies.contains(.combined) {
      decoding.idle(["threshold"], of: node, because: "it belongs to 'combined', and tried is \(tried)")
    }
  }

  /// What fits together in a sensitivity.
  private func check(_ study: Study, _ entry: Node.Entry, _ decoding: inout Decoding) {
    let by = study.by ?? .plan
    func wrong(_ key: String, _ text: String) {
      guard let stray = entry.value[key] else { return }
      decoding.within(key) { $0.error("'\(key)' \(text)", advice: "Take it out.", at: stray.mark) }
    }
    if by == .plan {
      for key in ["strategies", "set_point", "threshold"] { wrong(key, "is for 'by: simulate' and 'by: search'.") }
    } else {
      wrong("least", "is for plans; rules rank by cost.")
    }
    if by != .search { for key in ["method", "candidates", "points"] { wrong(key, "is for 'by: search'.") } }
    if by != .simulate { wrong("sizes", "is for 'by: simulate'.") }
    if study.least != nil { wrong("result", "is not drawn where 'least' is asked.") }
  }

  private func readCandidates(_ node: Node?, _ decoding: inout Decoding) -> [String: [Double]] {
    readSizes(node, "candidates", &decoding).mapValues { $0.sorted() }
  }

  /// Sizes by id, one or several each: `100 kW`, `[0 kW, 100 kW]` or `{values: [0, 100], unit: kW}`.
  private func readSizes(_ node: Node?, _ key: String, _ decoding: inout Decoding) -> [String: [Double]] {
    guard let node else { return [:] }
    return decoding.within(key) { outer in
      guard let entries = node.entries else {
        outer.error("'\(key)' takes a mapping from ids to sizes.", at: node.mark)
        return [:]
      }
      var sizes: [String: [Double]] = [:]
      for entry in entries {
        outer.within(entry.key) { inner in
          var texts = entry.value.items ?? [entry.value]
          if let values = entry.value["values"]?.items, let unit = entry.value["unit"]?.text {
            texts = values.map { one in one.text.map { .text("\($0) \(unit)", mark: one.mark) } ?? one }
          }
          for text in texts {
            guard let size = inner.quantity(text, takes: "a size such as '500 kW'") else { continue }
            if size.isBare, size.number != 0 {
              inner.error("'\(entry.key)' needs a unit.", advice: "For example '500 kW'.", at: text.mark)
            }
            sizes[entry.key, default: []].append(size.number * size.unit.numerator / size.unit.denominator)
          }
        }
      }
      return sizes
    }
  }

  private func readVariations(
    _ node: Node?, _ entry: Node.Entry, _ document: Node, _ decoding: inout Decoding
  ) -> [Study.Variation] {
    decoding.within("vary") { inner in
      guard let node, let entries = node.entries, !entries.isEmpty else {
        inner.error(
          "A study of kind '\(entry.value["kind"]?.text ?? "")' needs 'vary'.",
          advice: "For example 'vary: {components.wind.capital: [x0.5, x1, x2]}'.", at: (node ?? entry.value).mark)
        return []
      }
      return entries.compactMap { path in
        let values = path.value.items.map { $0.compactMap(\.text) } ?? path.value.text.map { [$0] } ?? []
        guard let first = values.first?.split(separator: " ..").first else {
          inner.error("'\(Node.short(path.key))' is to be varied but is given no values.", at: path.mark)
          return nil
        }
        // Where the path leads is seen at once, not after an hour of plans.
        let change = DocumentOverride(path: path.key, value: .text(String(first), mark: path.mark), mark: path.mark)
        _ = change.applied(to: document, &inner)
        return Study.Variation(path: path.key, values: values)
      }
    }
  }

  // MARK: Break-even

  private func readBreakEven(
    _ input: StudyInput, _ entry: Node.Entry, _ document: Node, _ study: inout Study, _ decoding: inout Decoding
  ) {
    let asked = [input.reaches, input.alternatives, input.line].compactMap { $0 }
    guard asked.count == 1 else {
      decoding.error(
        "A study of kind 'break_even' asks one thing: 'reaches', 'alternatives' or 'line'.",
        advice: "For example 'result: renewable_fraction, reaches: 80 %'.", at: entry.value.mark)
      return
    }
    if let node = input.line {
      study.line = readLine(node, &decoding)
      for key in ["vary", "result", "points"] where entry.value[key] != nil {
        decoding.within(key) {
          $0.error("'\(key)' has no part in a line: its length is what is sought.", at: entry.value.mark)
        }
      }
      return
    }
    study.vary = readVariations(input.vary, entry, document, &decoding)
    if let one = study.vary.first, study.vary.count > 1 || one.values.count != 2 {
      decoding.within("vary") {
        $0.error(
          "A break-even varies one number between a least and a greatest value.",
          advice: "For example 'vary: {economy.carbon_price: [0 USD/t, 300 USD/t]}'.", at: entry.value.mark)
      }
    }
    if let node = input.reaches {
      if study.result == nil {
        decoding.error("'reaches' needs 'result', the indicator that is to reach it.", at: node.mark)
      }
      decoding.within("reaches") { inner in
        if let value = inner.quantity(node, takes: "an amount such as '80 %'") {
          study.reaches = value.number * value.unit.numerator / value.unit.denominator
        }
      }
    }
    if let node = input.alternatives { study.alternatives = readAlternatives(node, document, &decoding) }
  }

  private func readAlternatives(
    _ node: Node, _ document: Node, _ decoding: inout Decoding
  ) -> [Study.Alternative] {
    decoding.within("alternatives") { outer in
      guard let entries = node.entries, (1...2).contains(entries.count) else {
        outer.error("'alternatives' takes one or two names with values by key path.", at: node.mark)
        return []
      }
      return entries.map { entry in
        outer.within(entry.key) { inner in
          var alternative = Study.Alternative(name: entry.key, settings: [])
          for path in entry.value.entries ?? [] {
            guard let text = path.value.text else {
              inner.error("'\(Node.short(path.key))' takes one value.", at: path.mark)
              continue
            }
            let change = DocumentOverride(path: path.key, value: .text(text, mark: path.mark), mark: path.mark)
            _ = change.applied(to: document, &inner)
            alternative.settings.append(Study.Variation(path: path.key, values: [text]))
          }
          if alternative.settings.isEmpty {
            inner.error("'\(entry.key)' changes nothing.", advice: "Give values by key path.", at: entry.mark)
          }
          return alternative
        }
      }
    }
  }

  private func readLine(_ node: Node, _ decoding: inout Decoding) -> Study.GridLine? {
    decoding.within("line") { inner in
      var input = GridLineInput()
      inner.read(GridLineInput.table, node, into: &input)
      guard let market = input.market, let capital = input.capital,
        let perLength = inner.number(capital, .moneyPerLength, in: .notNegative)
      else { return nil }
      let operation = input.operation.flatMap { inner.number($0, .moneyPerLengthAndYear, in: .notNegative) }
      return Study.GridLine(market: market, capital: perLength, operation: operation ?? 0)
    }
  }
}
