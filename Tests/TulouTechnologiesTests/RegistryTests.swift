import Testing
import TulouTechnologies

/// The list of technologies is complete and speaks plainly.
@Suite("Registry of technologies") struct RegistryTests {
  @Test("every kind is there once, says what it is and is found by name") func kinds() {
    #expect(Set(Registry.standard.kinds).count == Registry.standard.kinds.count)
    for technology in Registry.standard.technologies {
      #expect(technology.sentence.hasSuffix("."), "\(technology.kind)")
      #expect(Registry.standard.technology(technology.kind) != nil)
    }
    for kind in ["source", "generator", "chp", "boiler", "heat-pump", "chiller", "storage", "link", "inverter"] {
      #expect(Registry.standard.technology(kind) != nil, "\(kind)")
    }
  }

  @Test("a misspelt kind leads to the nearest one") func nearest() {
    #expect(Registry.standard.nearest(to: "heat-pmup") == "heat-pump")
  }
}
