package import TulouDocument
import TulouTechnologies

/// A table of keys, as schema and reference show it.
package struct FormatTable: Sendable {
  /// Name that shapes refer to, e.g. `demand`.
  package var name: String
  /// What it is the table of, with article.
  package var title: String
  /// One sentence more, where there is one.
  package var sentence: String
  /// Its keys.
  package var fields: [FieldDescription]
  /// Keys that a later version will know, with what they will mean.
  package var reserved: [String: String]
}

/// Format 1 as tables: what the decoder reads is what they say.
package enum Format {
  /// Version of the format that this Tulou reads.
  package static let version = 1

  /// Every table; the first is the project.
  package static let tables: [FormatTable] = {
    func table<Root>(_ name: String, _ table: FieldTable<Root>) -> FormatTable {
      FormatTable(name: name, title: table.title, sentence: "", fields: table.descriptions, reserved: table.reserved)
    }
    var all = [
      table("project", ProjectInput.table), table("report", Cover.table), table("site", SiteInput.table),
      table("horizon", HorizonInput.table),
      table("period", HorizonInput.period), table("calendar", ProjectDecoder.calendarTable),
      table("economy", EconomyInput.table), table("carbon price", CarbonPriceInput.table),
      table("pollutant prices", EconomyInput.pollutantPrices),
      table("exergy", ExergyInput.table), table("primary energy", PrimaryEnergyInput.table),
      table("carrier", CarrierInput.table), table("class", ClassInput.table),
      table("bus", BusInput.table),
      table("resource", ResourceFileInput.table), table("weather", WeatherInput.table),
      table("wind atlas", AtlasInput.table), table("tide", TideInput.table),
      table("tidal constituent", ConstituentInput.table), table("flow duration", FlowDurationInput.table),
      table("member", MemberInput.table), table("meter", MeterInput.table),
      table("demand", DemandInput.table), table("profile", ProfileInput.table), table("tourism", TourismInput.table),
      table("window", WindowInput.table), table("window's tank", WindowTankInput.table),
      table("replaced fuel", ReplacedFuelInput.table), table("duration curve", DurationInput.table),
      table("charging block", ChargingInput.table),
      table("appliance", ApplianceInput.table), table("building", BuildingInput.table),
      table("rows of a file", RowsInput.table), table("split", SplitInput.table),
      table("split heat", SplitPartInput.heat), table("split hot water", SplitPartInput.hotWater),
      table("split cold", SplitPartInput.cold),
    ]
    for technology in Registry.standard.technologies {
      all.append(
        FormatTable(
          name: technology.kind, title: "kind: \(technology.kind)", sentence: technology.sentence,
          fields: technology.descriptions, reserved: [:]))
    }
    all += TechnologyTables.shared.map {
      FormatTable(name: $0.name, title: $0.title, sentence: "", fields: $0.fields, reserved: [:])
    }
    all += [
      table("measure", MeasureInput.table), table("market", MarketInput.table),
      table("market pollutants", MarketInput.pollutants), table("tariff", TariffInput.table),
      table("band", BandInput.table),
      table("tier", TariffTierInput.table), table("market limit", MarketLimitInput.table),
      table("demand charge", DemandChargeInput.table), table("measured time", MeasuredTimeInput.table),
      table("power tier", PowerTierInput.table),
      table("fee step", FeeStepInput.table), table("net metering", NetMeteringInput.table),
      table("outages", OutagesInput.table),
      table("reliability", ReliabilityInput.table), table("survival", SurvivalInput.table),
      table("limits", LimitsInput.table), table("pollutant limits", LimitsInput.pollutants),
      table("protected zone", LimitsInput.zoneTable),
      table("reference", ReferenceInput.table), table("reference heat", ReferenceHeatInput.table),
      table("sharing", SharingInput.table), table("law", LawChoiceInput.table),
      table("discount of a law", LawFields.discount), table("premium of a law", LawFields.band),
      table("share of a law", LawFields.share), table("area of a law", LawFields.area),
      table("policy", PolicyInput.table), table("growth", GrowthInput.table),
      table("layout", LayoutInput.table), table("zone of the layout", LayoutInput.zone),
      table("distance to keep", LayoutInput.distance), table("social account", SocialInput.table),
      table("jobs of plant", SocialInput.jobs), table("population kept", SocialInput.population),
      table("visitors", SocialInput.visitors),
      table("stage", StageInput.table),
      table("weather years", WeatherYearsInput.table), table("weather year", WeatherYearInput.table),
      table("study", StudyInput.table),
      table("line of a break-even", GridLineInput.table),
      table("share season", ShareSeasonInput.table), table("share demand", ShareDemandInput.table),
      table("share held", ShareTables.held), table("share numbers", ShareTables.numbers),
      table("weighted objective", WeightedInput.table),
      table("partner", PartnerInput.table), table("streams", StreamsInput.table),
      table("stream out", StreamInput.out), table("stream in", StreamInput.into),
      table("reduction of a stream", StreamReductionInput.table), table("load of a washing", WashingInput.table),
      table("routes", RoutesInput.table), table("route", RouteInput.table),
      table("investment of a route", RouteInvestmentInput.table), table("trench", TrenchInput.table),
      table("upgrade", UpgradeInput.table), table("agreement", StreamAgreementInput.table),
      table("capacity to accept", AcceptsInput.table), table("public report", PublicReportInput.table),
      table("match", MatchInput.table), table("association", AssociationInput.table),
      table("project of an association", AssociationProjectInput.table), table("equipment", EquipmentInput.table),
      table("lock", LockSection.table),
      table("series", SeriesInput.table), table("time column", SeriesInput.timeTable),
    ]
    var limits: Set<String> = []
    for key in LimitKey.all + LimitKey.ofOwnPower + [.siting("place")] where limits.insert(key.tableName).inserted {
      all.append(table(key.tableName, key.table))
    }
    return all
  }()
}
