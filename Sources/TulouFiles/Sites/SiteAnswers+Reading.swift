package import TulouDocument
import TulouProject
import TulouQuantities

extension SiteAnswers {
  static let table = FieldTable<SiteAnswers>(
    "answers",
    [
      Field("site", .text, .required, "Name of the site.") { root, node, decoding in
        guard let name = decoding.text(node) else { return }
        if name.allSatisfy(\.isWhitespace) {
          decoding.error("'site' is blank; expected the name of the site.", at: node.mark)
        }
        root.name = name
      },
      Field("place", .table("place"), .required, "Where it is.") { $2.read(SiteQuestions.place, $1, into: &$0.place) },
      Field("character", .table("character"), "How far off and how old it is, for 'tulou sites'.") {
        $0.character = one($1, SiteQuestions.character, Character(), &$2)
      },
      Field("money", .table("money"), .required, "Money and the connection.") {
        // The currency has to be known before any money is read.
        if let code = $1["currency"]?.text { $2.currency = code }
        $2.read(SiteQuestions.money, $1, into: &$0.money)
      },
      Field("sun", .list(.number([.number])), "Mean sun of each month, kWh/m2/d.") {
        $0.sun = SiteQuestions.twelve($1, Bounds(0, 15, "between 0 and 15 kWh/m2/d"), &$2)
      },
      Field("air", .list(.number([.number])), "Mean temperature of each month, degC.") {
        $0.air = SiteQuestions.twelve($1, Bounds(-70, 50, "between -70 and 50 degC"), &$2)
      },
      .text("source", \.source, "Where sun, air and flows are from."),
      Field("communities", .map(.table("community")), "Who lives there.") { root, node, decoding in
        root.communities = items(node, SiteQuestions.community, Community(), &decoding) { $0.id = $1 }
      },
      Field("enterprises", .map(.table("enterprise")), "Who works there.") { root, node, decoding in
        root.enterprises = items(node, SiteQuestions.enterprise, Enterprise(), &decoding) { $0.id = $1 }
      },
      Field("rivers", .map(.table("river")), "Streams with a fall.") { root, node, decoding in
        root.rivers = items(node, SiteQuestions.river, River(), &decoding) { $0.id = $1 }
      },
      Field("wind", .table("wind"), "A place for turbines.") { $0.wind = one($1, SiteQuestions.wind, Wind(), &$2) },
      Field("tide", .table("tide"), "A race of the tide.") { $0.tide = one($1, SiteQuestions.tide, Tide(), &$2) },
      Field("gas", .table("gas"), "A terminal of liquid gas.") { $0.gas = one($1, SiteQuestions.gas, Gas(), &$2) },
      Field("geothermal", .table("heat"), "A hot spring.") { $0.geothermal = one($1, SiteQuestions.heat, Heat(), &$2) },
      Field("guests", .table("guests"), "Weeks with guests.") {
        $0.guests = one($1, SiteQuestions.guests, Guests(), &$2)
      },
      .reference(
        "owner", to: "enterprise", \.owner,
        "Enterprise that owns rivers' stations, turbines, field and battery; left out: nobody."),
      .number(
        "cattle", \.cattle, .number, .silent("0"), in: Bounds(0, 1e8, "between 0 and 100000000"),
        "Cattle whose manure can be digested."),
      .number("field", \.field, .power, .silent("0 kW"), in: .notNegative, "Modules on open land at most."),
      Field("spare", .map(.table("stream")), "Heat to spare.") { root, node, decoding in
        root.spare = items(node, SiteQuestions.spare, Stream(), &decoding) { $0.id = $1 }
      },
      Field("needed", .map(.table("stream")), "Heat that is needed.") { root, node, decoding in
        root.needed = items(node, SiteQuestions.needed, Stream(), &decoding) { $0.id = $1 }
      },
      .number("renewable", \.renewable, .share, .silent("0 %"), in: .share, "Least renewable share of electricity."),
      .node(
        "layout", \.layout, .table("layout"),
        "Places of members and plant, zones of land and distances, as in a project file."),
      .node("social", \.social, .table("social account"), "Jobs, people kept and guests, as in a project file."),
    ])

  private static func one<Item>(
    _ node: Node, _ table: FieldTable<Item>, _ first: Item, _ decoding: inout Decoding
  ) -> Item {
    var item = first
    decoding.read(table, node, into: &item)
    return item
  }

  private static func items<Item>(
    _ node: Node, _ table: FieldTable<Item>, _ first: Item, _ decoding: inout Decoding,
    _ name: (inout Item, String) -> Void
  ) -> [Item] {
    decoding.things(node).map { entry in
      decoding.within(entry.key) { inner in
        var item = first
        name(&item, entry.key)
        return one(entry.value, table, item, &inner)
      }
    }
  }

  /// The answers of a file; throws everything that is wrong with them at once.
  package static func read(path: String) throws(ProjectFault) -> SiteAnswers {
    try read(text: ProjectReader.text(path: path), path: path)
  }

  /// The answers of a text that stands at `path`.
  package static func read(text: String, path: String) throws(ProjectFault) -> SiteAnswers {
    let document = try YamlDocument.node(text, file: 0, name: path)
    var decoding = Decoding(
      files: [SourceText(name: path, text: text)], seriesReader: SeriesFolder(folder: FileBytes.folder(of: path)))
    var answers = SiteAnswers()
    decoding.read(table, document, into: &answers)
    answers.check(document, &decoding)
    if !decoding.hasErrors { answers.checkProject(document, path: path, &decoding) }
    guard !decoding.hasErrors else { throw ProjectFault(Diagnostic.shown(decoding.diagnostics)) }
    return answers
  }

  /// What the project that grows from them would be refused for, e.g. more sun than a clear sky gives at the latitude.
  private func checkProject(_ document: Node, path: String, _ decoding: inout Decoding) {
    for fault in ProjectReader.check(text: projectFile, path: path) where fault.severity == .error {
      decoding.error(
        "The project that grows from these answers would be refused: \(fault.message)", advice: fault.advice,
        at: Self.answer(behind: fault.path, in: document).mark)
    }
  }

  /// The answer that a part of the project is from.
  private static func answer(behind path: String, in document: Node) -> Node {
    let parts = path.split(separator: ".").map(String.init)
    func deepest(_ start: Node?, _ rest: ArraySlice<String>) -> Node? {
      guard var node = start else { return nil }
      for part in rest {
        guard let next = node[part] else { break }
        node = next
      }
      return node
    }
    guard let first = parts.first, parts.count > 1 else { return document }
    // These are handed on as they are.
    if ["layout", "social"].contains(first) { return deepest(document[first], parts[1...]) ?? document }
    if let river = document["rivers"]?[parts[1]] { return deepest(river, parts[2...]) ?? river }
    // Resources have the name of the answer that they are from: sun, air, wind.
    return document[parts[1]] ?? document
  }

  private func check(_ document: Node, _ decoding: inout Decoding) {
    let members = communities.map(\.id) + enterprises.map(\.id)
    if members.isEmpty {
      decoding.error("Nobody lives or works there.", advice: "Name 'communities' or 'enterprises'.", at: document.mark)
    }
    for (key, streams) in [("spare", spare), ("needed", needed)] {
      for stream in streams where !members.contains(stream.member) {
        decoding.within("\(key).\(stream.id).of") {
          $0.error(
            "There is neither a community nor an enterprise '\(Node.short(stream.member))'.",
            advice: nearestName(to: stream.member, among: members).map { "Did you mean '\($0)'?" }
              ?? "Here: \(members.joined(separator: ", ")).", at: (document[key]?[stream.id]?["of"] ?? document).mark)
        }
      }
    }
    for (key, name) in [("owner", owner), ("gas.of", gas?.member)] {
      guard let name, !members.contains(name) else { continue }
      decoding.within(key) {
        $0.error(
          "There is neither a community nor an enterprise '\(Node.short(name))'.",
          advice: nearestName(to: name, among: members).map { "Did you mean '\($0)'?" } ?? "",
          at: (document["owner"] ?? document["gas"] ?? document).mark)
      }
    }
    for (key, values, needs) in [
      ("sun", sun, field > 0 || enterprises.contains { $0.roofs > 0 }),
      ("air", air, communities.contains(where: \.hotWater) || gas != nil),
    ] where needs && values.isEmpty && document[key] == nil {
      decoding.within(key) {
        $0.error(
          "'\(key)' is missing: something here depends on it.", advice: "Give its twelve means.", at: document.mark)
      }
    }
  }

  /// Folder that the name suggests.
  package var folder: String {
    var taken: Set<String> = []
    return Answers.id(name, fallback: "site", taken: &taken)
  }
}
