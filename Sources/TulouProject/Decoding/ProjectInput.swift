import TulouDocument
import TulouFinance

/// A project file as it stands: text that is read at once, and nodes that are read in order of need.
struct ProjectInput: Sendable {
  var version: Int?
  var name = "Project"
  var report: Node?
  var site: Node?
  var horizon: Node?
  var periods: Node?
  var calendar: Node?
  var economy: Node?
  var exergy: Node?
  var primaryEnergy: Node?
  var carriers: Node?
  var classes: Node?
  var buses: Node?
  var resources: Node?
  var members: Node?
  var demands: Node?
  var components: Node?
  var markets: Node?
  var measures: Node?
  var reference: Node?
  var reliability: Node?
  var limits: Node?
  var sharing: Node?
  var policies: Node?
  var growth: Node?
  var layout: Node?
  var social: Node?
  var stages: Node?
  var language = ReportLanguage.en
  var studies: Node?
  var weatherYears: Node?
  var objective: Node?
  var streamNodes = StreamDecoder.Nodes()
  var lock: Node?

  /// Keys at the top of a project file.
  static let table = FieldTable<ProjectInput>(
    "a project",
    reserved: [
      "scenarios": "weighted futures",
      "finance": "loans and taxes",
      "end_of_life": "what happens to worn-out plant", "part_load": "efficiency over load",
      "reservoir": "water of a lake with inflow",
    ],
    [
      Field("tulou", .integer, .required, "Version of the format: 1.") { input, node, decoding in
        if node.text == "1" {
          input.version = 1
        } else {
          decoding.error(
            "'tulou: \(Node.short(node.text ?? ""))' is not a format that this Tulou reads.",
            advice: "Write 'tulou: 1'.", at: node.mark)
        }
      },
      .text("name", \.name, "Free text; left out: Project."),
      .choice(
        "language", \.language, .absent, "Language of its pages, en where it is left out; the terminal stays English."),
      .node("report", \.report, .table("report"), "What stands on the cover of its reports."),
      .node("site", \.site, .table("site"), "Where it is."),
      .node("horizon", \.horizon, .table("horizon"), "Steps planned over."),
      .node("periods", \.periods, .list(.table("period")), "Representative periods in place of 'horizon'."),
      .node("calendar", \.calendar, .table("calendar"), "Weekends and holidays."),
      .node("economy", \.economy, .table("economy"), .required, "Money and time."),
      .node("exergy", \.exergy, .table("exergy"), "Surroundings that exergy is counted against."),
      .node(
        "primary_energy", \.primaryEnergy, .table("primary energy"),
        "Asks for an account of primary energy, with its factors."),
      .node("carriers", \.carriers, .map(.table("carrier")), "Forms of energy beside the built-in ones."),
      .node("classes", \.classes, .map(.table("class")), "Classes of energy beside W, B, S, N and ambient."),
      .node("buses", \.buses, .map(.table("bus")), "Places where a carrier balances."),
      .node("resources", \.resources, .map(.table("resource")), "What nature gives."),
      .node("members", \.members, .map(.table("member")), "Who takes part."),
      .node("demands", \.demands, .map(.table("demand")), "What is wanted."),
      .node("components", \.components, .map(.table("component")), "Machines, storages and links."),
      .node("markets", \.markets, .map(.table("market")), "The outside."),
      .node("measures", \.measures, .map(.table("measure")), "What lowers a demand at a cost."),
      .node("reference", \.reference, .table("reference"), "What would be without the project."),
      .node("reliability", \.reliability, .table("reliability"), "Penalties and reserve."),
      .node("limits", \.limits, .table("limits"), "Limits of the whole."),
      .node("sharing", \.sharing, .table("sharing"), "How money is divided among members."),
      .node(
        "policies", \.policies, .map(.table("policy")), "What the public pays and takes: taxes, subsidies, premiums."),
      .node("growth", \.growth, .table("growth"), "Who begins, who enters when, who may leave; for 'tulou growth'."),
      .node(
        "layout", \.layout, .table("layout"), "Where things stand: places of plant, zones of land, distances to keep."),
      .node(
        "social", \.social, .table("social account"), "What it means to those who live there: work, people, guests."),
      .node("stages", \.stages, .map(.table("stage")), "How it grows."),
      .node(
        "weather_years", \.weatherYears,
        .either([
          .list(.either([.reference("file"), .integer, .table("weather year")])), .table("weather years"),
        ]),
        "Files or recorded years over all of which one design is planned."),
      .node("studies", \.studies, .map(.table("study")), "Questions asked of it, for 'pareto' and 'sensitivity'."),
      .node(
        "objective", \.objective,
        .either([.choice(Objective.allCases.map(\.rawValue)), .table("weighted objective")]), "What is sought."),
      .node("partners", \.streamNodes.partners, .map(.table("partner")), "Who gives and takes streams."),
      .node("streams", \.streamNodes.streams, .table("streams"), "What partners have to spare and need."),
      .node(
        "routes", \.streamNodes.routes, .either([.table("routes"), .map(.table("route"))]),
        "Ways between them: 'default' by kind, 'trenches', pairs of partners or of streams such as 'asnaes->novo', and a stream and the bus that it feeds."
      ),
      .node("upgrades", \.streamNodes.upgrades, .map(.table("upgrade")), "What makes a stream fit that does not."),
      .node(
        "agreements", \.streamNodes.agreements, .map(.table("agreement")), "What partners have signed about streams."),
      .node("match", \.streamNodes.match, .table("match"), "How 'tulou match' looks at streams."),
      .node("association", \.streamNodes.association, .table("association"), "The body of the partners: a record."),
      .node("equipment", \.streamNodes.equipment, .map(.table("equipment")), "Machines of several partners."),
      .node("lock", \.lock, .table("lock"), "Written by Tulou into a lock file."),
    ])
}
