import Testing
import TulouDocument
import TulouFiles
import TulouQuantities

@Suite("Questions of a first project") struct QuestionnaireTests {
  /// Answers one after the other, then the end.
  func file(_ answers: [String]) -> (text: String, said: [String]) {
    var left = answers[...]
    var said: [String] = []
    var questionnaire = Questionnaire(ask: { _, _ in left.popFirst() }, say: { said.append($0) })
    return (questionnaire.run().projectFile, said)
  }

  static let sets: [[String]] = [
    [],
    // A river town with everything.
    [
      "Biancheng \"co-op\" # one", "biancheng", "Town, 24100", "Gäste & Häuser, 300", "", "yes", "yes",
      "Packing, cold-store, 2 GWh", "Packing, hotel, 500 MWh", "", "500", "2000", "3000", "12", "3.5", "200", "6.2",
      "yes",
      "EUR", "0.2", "0.05", "60",
    ],
    // A place of one's own, nobody and nothing but cattle.
    [
      "X", "52.5,13.4,50", "Europe/Berlin", "0.6 1.2 2.5 4 5 5.3 5.1 4.4 3 1.6 0.8 0.5",
      "0 1 5 9 14 17 19 18 15 10 5 2", "none", "no", "no", "none", "100", "", "", "", "", "", "no", "USD",
    ],
    // Far south, answers that will not do first.
    [
      "", "nowhere", "-45,170", "Moon/Base", "Pacific/Auckland", "1 2 3", "5 5 4 3 2 1 1 2 3 4 5 5", "", "Village",
      "V, 20",
      "", "maybe", "yes", "", "W, magic, 3 MWh", "W, workshop, 30 apples", "W, office, 30 MWh", "", "-4", "0",
    ],
  ]

  @Test("every file that it writes can be checked without an error", arguments: sets)
  func checks(answers: [String]) {
    let (text, _) = file(answers)
    let findings = ProjectReader.check(text: text, path: "project.yaml")
    #expect(findings.filter { $0.severity == .error }.isEmpty, "\(findings)\n\(text)")
  }

  @Test("known places have twelve months of sourced facts, and what is approximate says so")
  func places() {
    #expect(KnownPlace.all.map(\.name) == ["Shenzhen", "Xizhou", "Yanqing", "Yongding", "Biancheng", "Zhoushan"])
    for place in KnownPlace.all {
      #expect(place.sun.count == 12 && place.temperature.count == 12 && !place.sunSource.isEmpty)
    }
    #expect(KnownPlace.named("XIZHOU")?.sunSource.contains("approximate") == true)
    // Year means of the published facts: Shenzhen 4.14, Zhoushan 3.68, Yongding 3.29, Biancheng 2.63, Yanqing 4.19.
    let means = ["Shenzhen": 4.14, "Zhoushan": 3.68, "Yongding": 3.29, "Biancheng": 2.63, "Yanqing": 4.19]
    for (name, mean) in means {
      let sun = KnownPlace.named(name)?.sun ?? []
      let found: Double = sun.reduce(0, +) / 12
      #expect(abs(found - mean) < 0.02, "\(name)")
    }
  }

  @Test("wrong answers are told and asked again")
  func again() {
    let (_, said) = file(Self.sets[3])
    #expect(said.contains { $0.contains("neither a known place") } && said.contains { $0.contains("yes or no") })
    #expect(said.contains { $0.contains("'Moon/Base' is no zone") } && said.contains { $0.contains("Twelve numbers") })
  }
}
