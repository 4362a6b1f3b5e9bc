import Testing
import TulouQuantities
import TulouTechnologies

/// A class belongs to its head, whatever its name.
@Suite("Classes of energy") struct EnergyClassTests {
  private func read(_ text: String) -> EnergyClass? {
    EnergyClass.reading(text, declared: ["geo": "S", "waste-wood": "B", "steam": "N.coal"])
  }

  @Test(
    "heads, children and own classes belong to what they are like",
    arguments: [
      ("W", EnergyClass.Head.wind), ("W.sea", .wind), ("B", .biomass), ("S", .sunAndWater), ("S.sun", .sunAndWater),
      ("N", .outside), ("N.coal", .outside), ("N.coal.brown", .outside), ("ambient", .ambient),
      ("ambient.ground", .ambient), ("geo", .sunAndWater), ("geo.deep", .sunAndWater), ("waste-wood", .biomass),
      ("steam", .outside),
    ])
  func heads(name: String, head: EnergyClass.Head) throws {
    let found = try #require(read(name))
    #expect(found.name == name && found.head == head)
    #expect(found.belongs(to: EnergyClass(head)) && found.belongs(to: found))
    #expect(found.isOutside == (head == .outside))
  }

  @Test(
    "anything else is none", arguments: ["n", "s.sun", "Wind", "saving", "N.", ".coal", "N..coal", "", "S sun", "heat"])
  func none(name: String) { #expect(read(name) == nil) }

  @Test("the nearest class speaks for one that is not named")
  func nearest() throws {
    let values: [EnergyClass: Double] = [.sunAndWater: 0.1, .sun: 0.25, .outside: 0.5]
    #expect(EnergyClass.sun.value(in: values) == 0.25 && EnergyClass.hydro.value(in: values) == 0.1)
    #expect(try #require(read("steam")).value(in: values) == 0.5 && EnergyClass.wind.value(in: values) == nil)
  }

  @Test("plain words, and free text where the project gives it")
  func words() throws {
    #expect(EnergyClass.sun.words() == "sun" && EnergyClass.outside.child("coal").words() == "bought outside: coal")
    let geo = try #require(read("geo.deep"))
    #expect(geo.words(["geo": "heat of the rock"]) == "heat of the rock: deep" && geo.words() == "geo: deep")
    #expect(
      [EnergyClass.ambient, .outside, .sun, .wind, .biomass].sorted().map(\.name) == [
        "W", "B", "S.sun", "N", "ambient",
      ])
  }

  @Test(
    "what is meant by a wrong word",
    arguments: [
      ("n", "'N'"), ("Wind", "'W'"), ("solar", "'S.sun'"), ("S.Sun", "'S.sun'"), ("ambiant", "'ambient'"),
      ("ge", "'geo'"),
    ])
  func advice(text: String, meant: String) {
    #expect(EnergyClass.advice(for: text, declared: ["geo": "S"]).hasPrefix("Did you mean \(meant)?"))
  }
}
