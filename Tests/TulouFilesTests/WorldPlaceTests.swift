import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// `tulou init` anywhere on earth: clock, currency and months are right, labelled or left out, and its file stands.
@Suite("First projects on all continents") struct WorldPlaceTests {
  /// A place as it is answered, its clock, and the currency that is proposed there.
  struct Place: Sendable, CustomTestStringConvertible {
    var answer: String, zone: String, currency: String
    /// Months of sun [kWh/m2/d]; empty: not answered.
    var sun = ""
    var testDescription: String { answer }
  }

  static let places: [Place] = [
    // Africa
    Place(
      answer: "Nairobi", zone: "Africa/Nairobi", currency: "USD", sun: "6.2 6.5 6.3 5.5 5 4.7 4.4 4.8 5.7 5.9 5.4 5.8"),
    Place(
      answer: "30.05,31.24,23", zone: "Africa/Cairo", currency: "USD",
      sun: "3.3 4.2 5.4 6.5 7.2 7.8 7.6 7.1 6.1 4.8 3.6 3.1"),
    Place(
      answer: "-33.9,18.4,20", zone: "Africa/Johannesburg", currency: "ZAR",
      sun: "8 7 6 4.5 3.3 2.8 3 3.7 4.9 6.3 7.6 8.2"),
    Place(answer: "6.45,3.39", zone: "Africa/Lagos", currency: "USD"),
    Place(answer: "14.7,-17.45", zone: "Africa/Dakar", currency: "USD"),
    Place(answer: "9.03,38.74,2355", zone: "Africa/Addis_Ababa", currency: "USD"),
    Place(answer: "-18.9,47.5,1280", zone: "Indian/Antananarivo", currency: "USD"),
    // Asia
    Place(answer: "Yongding", zone: "Asia/Shanghai", currency: "CNY"),
    Place(answer: "25.1,117.0,300", zone: "Asia/Shanghai", currency: "CNY"),
    Place(answer: "39.47,75.99,1290", zone: "Asia/Urumqi", currency: "CNY"),
    Place(
      answer: "19.08,72.88", zone: "Asia/Kolkata", currency: "INR", sun: "4.8 5.5 6.2 6.7 6.8 5 4 3.9 4.6 5.2 4.8 4.5"),
    Place(answer: "27.7,85.3,1400", zone: "Asia/Kathmandu", currency: "USD"),
    Place(answer: "35.68,139.69", zone: "Asia/Tokyo", currency: "JPY"),
    Place(answer: "62.03,129.73,100", zone: "Asia/Yakutsk", currency: "USD"),
    Place(answer: "-6.2,106.8", zone: "Asia/Jakarta", currency: "IDR"),
    Place(answer: "-8.65,115.2", zone: "Asia/Makassar", currency: "IDR"),
    Place(answer: "24.7,46.7,600", zone: "Asia/Riyadh", currency: "USD"),
    Place(answer: "47.9,106.9,1350", zone: "Asia/Ulaanbaatar", currency: "USD"),
    // Europe
    Place(
      answer: "48.14,11.58,520", zone: "Europe/Berlin", currency: "EUR",
      sun: "1 1.8 3 4.3 5.1 5.5 5.5 4.7 3.4 2 1.1 0.8"),
    Place(answer: "52.05,-0.8", zone: "Europe/London", currency: "GBP"),
    Place(answer: "42.88,-8.54", zone: "Europe/Madrid", currency: "EUR"),
    Place(answer: "41.15,-8.6", zone: "Europe/Lisbon", currency: "EUR"),
    Place(
      answer: "69.65,18.96", zone: "Europe/Oslo", currency: "NOK", sun: "0 0.4 1.6 3.4 4.5 4.9 4.5 3.1 1.6 0.6 0 0"),
    Place(answer: "64.15,-21.9", zone: "Atlantic/Reykjavik", currency: "ISK"),
    Place(answer: "47.37,8.54,410", zone: "Europe/Zurich", currency: "CHF"),
    Place(answer: "50.45,30.52", zone: "Europe/Kyiv", currency: "USD"),
    // North and Central America
    Place(
      answer: "40.0,-105.27,1655", zone: "America/Denver", currency: "USD",
      sun: "2.4 3.3 4.4 5.6 6.2 6.9 6.7 6 5 3.8 2.6 2.2"),
    Place(answer: "33.45,-112.07", zone: "America/Phoenix", currency: "USD"),
    Place(answer: "19.43,-99.13,2240", zone: "America/Mexico_City", currency: "MXN"),
    Place(answer: "47.56,-52.71", zone: "America/St_Johns", currency: "CAD"),
    Place(answer: "18.47,-69.9", zone: "America/Santo_Domingo", currency: "USD"),
    // South America
    Place(answer: "-23.55,-46.63,760", zone: "America/Sao_Paulo", currency: "BRL"),
    Place(answer: "-3.12,-60.02", zone: "America/Manaus", currency: "BRL"),
    Place(
      answer: "-54.8,-68.3", zone: "America/Argentina/Ushuaia", currency: "USD",
      sun: "5 4 3 1.7 0.8 0.5 0.6 1.3 2.5 4 5 5.5"),
    Place(answer: "-16.5,-68.15,3640", zone: "America/La_Paz", currency: "USD"),
    // Oceania
    Place(
      answer: "-31.95,115.86", zone: "Australia/Perth", currency: "AUD",
      sun: "8 7 5.7 4.1 3 2.5 2.7 3.5 4.7 6.1 7.3 8.1"),
    Place(answer: "-34.93,138.6", zone: "Australia/Adelaide", currency: "AUD"),
    Place(answer: "-46.41,168.35,5", zone: "Pacific/Auckland", currency: "NZD"),
    Place(answer: "-17.53,-149.57", zone: "Pacific/Tahiti", currency: "USD"),
    // The ice and the sea: no town's clock
    Place(answer: "-90,0,2835", zone: "UTC", currency: "USD"),
    Place(answer: "30,-45,0", zone: "UTC-3", currency: "USD"),
  ]

  static func ask(_ answers: [String]) -> (text: String, said: [String], shown: [String: String]) {
    var left = answers[...]
    var said: [String] = [], shown: [String: String] = [:]
    var questionnaire = Questionnaire(
      ask: { question, fallback in
        shown[question] = fallback
        return left.popFirst()
      }, say: { said.append($0) })
    return (questionnaire.run().projectFile, said, shown)
  }

  @Test("clock and currency are proposed, the file has no error, and what is not known is left out", arguments: places)
  func stands(place: Place) throws {
    let (text, said, shown) = Self.ask(["Here", place.answer, "", place.sun])
    #expect(text.contains("time_zone: \(place.zone)}"), "\(said)")
    #expect(shown["Currency (three letters)"] == place.currency)
    let findings = ProjectReader.check(text: text, path: "project.yaml")
    #expect(findings.filter { $0.severity == .error }.isEmpty, "\(findings)\n\(text)")
    if place.sun.isEmpty, place.answer.contains(","), !place.answer.hasPrefix("25.1") {
      #expect(shown["Mean sun of each month, 12 numbers in kWh/m2/d"] == "none")
      #expect(
        said.contains { $0.contains("PVGIS") } && said.contains { $0.contains("NSRDB") }
          && said.contains { $0.contains("EPW") })
      #expect(!text.contains("pv-rooftop"))
    }
  }

  @Test("months of another place are proposed within 150 km only, and say whose they are")
  func near() {
    let near = Self.ask(["Near", "25.1,117.0,300"])
    #expect(near.shown["Mean sun of each month, 12 numbers in kWh/m2/d"]?.hasPrefix("2.27 2.26") == true)
    #expect(near.text.contains("Yongding's, 50 km away, approximate until replaced"))
    let far = Self.ask(["Far", "26.5,118.5,300"])
    #expect(far.shown["Mean sun of each month, 12 numbers in kWh/m2/d"] == "none")
  }

  @Test("months of the other hemisphere are refused where the sky cannot give them")
  func hemisphere() {
    let turned = Self.ask(["South", "-54.8,-68.3", "", "0.5 1 2.5 4 5.5 6 5.8 4.5 3 1.5 0.7 0.4", "none"])
    #expect(turned.said.contains { $0.contains("clear sky") && $0.contains("hemisphere") })
    #expect(!turned.text.contains("monthly_ghi"))
  }

  @Test("a river's wet months are the warm ones, south as north")
  func stream() {
    func flow(_ place: String) -> String {
      let answers = [place, place, "", "none", "none", "", "", "", "", "", "", "", "20", "1"]
      return Self.ask(answers).text.split(separator: "\n").first { $0.contains("monthly_flow") }.map(String.init) ?? ""
    }
    #expect(flow("48.1,11.6,520").contains("values: [0.45, 0.55"))
    #expect(flow("-36.8,174.8").contains("values: [1.45, 1.2"))
  }

  @Test("a currency without a rate is asked for its rates; towns may be named with their country")
  func currency() {
    let answers = ["Village", "Cordoba, AR"] + [String](repeating: "", count: 15)
    let asked = Self.ask(answers)
    #expect(asked.text.contains("latitude: -31.4") && asked.said.contains { $0.contains("Money of Argentina is ARS") })
    var place = 0
    var questionnaire = Questionnaire(
      ask: { question, fallback in
        switch question {
        case "Place": "Nairobi"
        case "Currency (three letters)": "kes"
        case "KES for one EUR": "140"
        case "KES for one USD":
          "129"
        default: fallback == "" ? "" : nil
        }
      }, say: { _ in place += 1 })
    let text = questionnaire.run().projectFile
    #expect(text.contains("currency: KES") && text.contains("EUR: 140 KES/EUR, USD: 129 KES/USD"))
    #expect(ProjectReader.check(text: text, path: "p.yaml").filter { $0.severity == .error }.isEmpty)
  }
}

/// Each of these first projects has a plan.
@Suite("First projects on all continents are planned", .enabled(if: SlowTests.areWanted)) struct WorldPlaceSlowTests {
  @Test("with every limit kept", arguments: WorldPlaceTests.places)
  func planned(place: WorldPlaceTests.Place) throws {
    let text = WorldPlaceTests.ask(["Here", place.answer, "", place.sun]).text
    let project = try ProjectReader.read(text: text, path: "project.yaml", options: .init(hours: 168))
    let outcome = try PlanStudy.run(project: project, solver: Structured())
    #expect(outcome.hasPlan && outcome.status == .optimal, "\(outcome.status)")
  }
}
