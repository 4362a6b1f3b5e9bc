import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities
import TulouStreams
import TulouTechnologies

/// Three sites grow from one template by answers only.
@Suite("Sites from answers") struct SiteAnswersTests {
  static let sites = ["yongding", "biancheng", "zhoushan"]

  static func project(_ site: String) throws -> (text: String, project: Project) {
    let answers = try SiteAnswers.read(path: SharedFolder.packageRoot + "/Examples/sites/\(site).yaml")
    let text = answers.projectFile
    return (text, try ProjectReader.read(text: text, path: "project.yaml"))
  }

  @Test("each grows a project without errors, with its members, zones and sources", arguments: sites)
  func grows(site: String) throws {
    let (text, project) = try Self.project(site)
    #expect(project.members.count >= 3)
    #expect(project.members.allSatisfy { $0.aloneMarket != nil })
    #expect(project.horizon.steps == 288 && abs(project.horizon.years - 1) < 1e-3)
    #expect(project.symbiosis != nil)
    // Answers are the only difference: the same template writes all of them.
    #expect(text.contains("grown from answers"))
  }

  @Test("roofs of protected communities carry nothing, in a town of 96 km2")
  func zones() throws {
    let (_, project) = try Self.project("yongding")
    #expect(project.siteArea == 96.1e6)
    let zone = try #require(project.limits.protectedZones.first)
    #expect(zone.members == ["town"] && zone.forbids.contains("pv-rooftop"))
    #expect(!project.components.contains { zone.forbids($0) })
    #expect(project.members.first { $0.id == "town" }?.population == 24_872)
    #expect(project.components.contains { $0.id == "spring" } && project.components.contains { $0.id == "turbines" })
  }

  @Test("what is special to a site comes from its answers")
  func special() throws {
    let biancheng = try Self.project("biancheng").project, zhoushan = try Self.project("zhoushan").project
    #expect(biancheng.components.filter { $0.kind == "hydro" }.count == 2)
    #expect(!biancheng.components.contains { $0.kind == "wind-turbine" })
    #expect(
      zhoushan.components.contains { $0.kind == "lng-cold" }
        && zhoushan.components.contains { $0.kind == "tidal-turbine" })
    #expect(zhoushan.demands.contains { $0.id == "water-power" && $0.kind != .fixed })
  }

  @Test("members and plant have places, land is drawn, and what is said of people has a source", arguments: sites)
  func land(site: String) throws {
    let (text, project) = try Self.project(site)
    #expect(project.members.filter { $0.latitude == nil }.isEmpty)
    let layout = try #require(project.layout)
    #expect(layout.places.count >= 4 && layout.zones.count >= 4)
    // Homes, culture and floods are all there, and every station and turbine keeps its distance.
    #expect(Set(layout.zones.map(\.use)).isSuperset(of: [.homes, .culture, .flood]))
    #expect(!layout.findings.isEmpty && layout.findings.filter { !$0.isKept }.isEmpty)
    let machines = project.components.filter { ["hydro", "wind-turbine"].contains($0.kind) }.map(\.id)
    #expect(machines.allSatisfy { id in layout.findings.contains { $0.component == id && $0.least > 0 } })
    let social = try #require(project.social)
    #expect(social.jobs.count >= 3 && social.population != nil && !social.visitors.isEmpty)
    #expect(social.jobs.allSatisfy { !$0.source.isEmpty } && social.visitors.allSatisfy { !$0.source.isEmpty })
    // Partners of streams stand where their members do.
    for partner in project.symbiosis?.park.partners ?? [] {
      let member = try #require(project.members.first { "at-" + $0.id == partner.id })
      #expect(partner.latitude == member.latitude && partner.longitude == member.longitude)
    }
    #expect(text.contains("# Where plant stands"))
  }

  @Test("plant that the answers put into a protected zone is not built, in a town of 96 km2")
  func protected() throws {
    let path = SharedFolder.packageRoot + "/Examples/sites/yongding.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let moved = text.replacing(
      "turbines: [24.7620 deg, 116.7700 deg]", with: "turbines: [24.7240 deg, 116.7350 deg]")
    #expect(moved != text)
    let answers = try SiteAnswers.read(text: moved, path: path)
    let project = try ProjectReader.read(text: answers.projectFile, path: "project.yaml")
    let turbines = try #require(project.components.first { $0.id == "turbines" })
    #expect(project.limits.protectedZones.contains { $0.forbids(turbines) })
    #expect(project.layout?.findings.contains { $0.component == "turbines" && !$0.isKept } == true)
  }

  @Test("rivers may have a lake with room for floods")
  func lake() throws {
    for site in ["yongding", "biancheng"] {
      let text = try Self.project(site).text
      #expect(text.contains("reservoir: {volume:") && text.contains("flood: {volume:"))
    }
  }

  static let good = """
    site: Here
    place: {latitude: 30 deg, longitude: 120 deg, time_zone: Asia/Shanghai}
    money: {currency: CNY, buy: 0.6 CNY/kWh, sell: 0.3 CNY/kWh, emission: 0.5 kg/kWh, connection: 1 MW, per_euro: 7.8, per_dollar: 7.1}
    communities: {town: {people: 1000}}
    """

  @Test("few answers are enough")
  func few() throws {
    let text = try SiteAnswers.read(text: Self.good, path: "here.yaml").projectFile
    #expect(try ProjectReader.read(text: text, path: "project.yaml").members.count == 1)
  }

  @Test("answers whose project would be refused are refused themselves, at the answer")
  func refused() {
    let text = Self.good + "\nfield: 10 kW\nsun: [12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12]\n"
    let fault = #expect(throws: ProjectFault.self) { try SiteAnswers.read(text: text, path: "here.yaml") }
    #expect(
      fault?.diagnostics.contains { $0.message.contains("a clear sky at latitude") && $0.place?.line == 6 } == true,
      "\(fault?.diagnostics ?? [])")
  }

  @Test(
    "wrong answers are told with their place",
    arguments: [
      ("communities: {town: {people: 1000}}", "communities: {}", "Nobody lives or works there."),
      ("people: 1000", "peoples: 1000", "'peoples' is not a key of a community."),
      ("people: 1000", "people: -3", "'people' is -3, but has to be above 0 and at most 100000000."),
      ("site: Here", "sun: [1, 2, 3]\nsite: Here", "'sun' takes twelve numbers, one a month; found 3."),
      ("site: Here", "field: 10 kW\nsite: Here", "'sun' is missing: something here depends on it."),
      (
        "site: Here", "spare: {a: {of: twn, temperature: 90 degC, power: 10 kW}}\nsite: Here",
        "There is neither a community nor an enterprise 'twn'."
      ), ("latitude: 30 deg", "latitude: 300 deg", "'latitude' is 300 deg, but has to be a latitude."),
      ("buy: 0.6 CNY/kWh, ", "", "Money needs 'buy'."),
      (
        "site: Here", "sun: [-1.5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]\nsite: Here",
        "'sun' is -1.5, but has to be between 0 and 15 kWh/m2/d."
      ),
      (
        "site: Here", "air: [90, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]\nsite: Here",
        "'air' is 90, but has to be between -70 and 50 degC."
      ),
      ("site: Here", "site: ''", "'site' is blank; expected the name of the site."),
      (
        "site: Here", "character: {outages: 100000}\nsite: Here",
        "'outages' is 100000, but has to be between 0 and 8760 h/y."
      ),
      (
        "site: Here", "character: {travel: 1e12 h}\nsite: Here",
        "'travel' is 1e12 h, but has to be between 0 h and 1000 h."
      ),
      (
        "site: Here", "wind: {speed: 50 m/s, most: 1 MW}\nsite: Here",
        "'speed' is 50 m/s, but has to be between 0.5 m/s and 30 m/s."
      ),
      (
        "site: Here", "layout: {places: {mill: [30 deg, 120 deg]}}\nsite: Here",
        "The project that grows from these answers would be refused: There is no component 'mill'."
      ),
      (
        "site: Here", "social: {population: {per_job: 2}}\nsite: Here",
        "The project that grows from these answers would be refused: Population kept needs 'source'."
      ),
      (
        "site: Here", "layout: homes\nsite: Here",
        "The project that grows from these answers would be refused: 'layout' takes a mapping, not 'homes'."
      ),
    ])
  func wrong(change: (String, String, String)) {
    let text = Self.good.replacing(change.0, with: change.1)
    do throws(ProjectFault) {
      _ = try SiteAnswers.read(text: text, path: "here.yaml")
      Issue.record("read")
    } catch {
      #expect(
        error.diagnostics.contains { $0.message == change.2 && ($0.place?.line ?? 0) > 0 },
        "\(error.diagnostics.map(\.message))")
    }
  }
}
