package import TulouDocument
import TulouQuantities

/// The tables of keys that technologies read, for schema and reference.
package enum TechnologyTables {
  /// Name, title, keys and reserved keys of every table beside the technologies' own.
  package static var shared: [(name: String, title: String, fields: [FieldDescription])] {
    [
      ("capacity", CapacityInput.table(.power).title, CapacityInput.table(.power).descriptions),
      ("storage capacity", StorageCapacityInput.table.title, StorageCapacityInput.table.descriptions),
      ("range of hours", HourRange.table.title, HourRange.table.descriptions),
      ("CHP efficiency", PortEfficiencies.table.title, PortEfficiencies.table.descriptions),
      ("cost", "a cost", costFields(yearly: false)),
      ("operation", "an operation", costFields(yearly: true)),
      ("embodied", EmbodiedInput.table.title, EmbodiedInput.table.descriptions),
      ("stock", StockInput.table.title, StockInput.table.descriptions),
      ("storage efficiency", GenericStorage.efficiencyTable.title, GenericStorage.efficiencyTable.descriptions),
      ("kinetic", KineticInput.table.title, KineticInput.table.descriptions),
      ("fade", FadeInput.table.title, FadeInput.table.descriptions),
      ("failures", FailuresInput.table.title, FailuresInput.table.descriptions),
      ("fuel curve", FuelCurve.table.title, FuelCurve.table.descriptions),
      ("pollutants", Pollutant.factors.title, Pollutant.factors.descriptions),
      ("rows", RowsInput.table.title, RowsInput.table.descriptions),
      ("performance", PerformanceInput.table.title, PerformanceInput.table.descriptions),
      ("power curve", CurveInput.table.title, CurveInput.table.descriptions),
      ("reservoir", ReservoirInput.table.title, ReservoirInput.table.descriptions),
      ("room for floods", FloodRoom.table.title, FloodRoom.table.descriptions),
      ("module", ModuleInput.table.title, ModuleInput.table.descriptions),
    ]
  }

  /// Costs are read by hand, because the unit decides; this is what they take.
  private static func costFields(yearly: Bool) -> [FieldDescription] {
    func field(_ name: String, _ measure: Measure, _ sentence: String) -> FieldDescription {
      FieldDescription(name: name, shape: .number([measure]), fallback: .absent, sentence: sentence)
    }
    let power = yearly ? CapacityUnit.power.yearly : CapacityUnit.power.capital
    let energy = yearly ? CapacityUnit.energy.yearly : CapacityUnit.energy.capital
    return [
      field("fixed", yearly ? .moneyPerYear : .money, "Paid once if anything is built; needs an integer ('--exact')."),
      field("power", power, "Per unit of power (or of the component's own unit)."),
      field("energy", energy, "Per unit of content of a storage."),
    ]
  }
}
