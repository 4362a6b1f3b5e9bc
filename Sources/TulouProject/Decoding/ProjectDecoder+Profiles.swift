import TulouDemand
import TulouDocument
import TulouFinance
import TulouQuantities
import TulouResources
import TulouTechnologies

struct ProfileInput: Sendable {
  var archetype: String?
  var tourism: Node?
  var shifts: Int?
  var closed: Node?
  var slope = 0.0
  var dayVariability: Double?
  var stepVariability: Double?
  var air: String?

  static let table = FieldTable<ProfileInput>(
    "a profile",
    [
      .reference("archetype", to: "archetype", \.archetype, .required, "Shape over day, week and year."),
      .node("tourism", \.tourism, .table("tourism"), "Weeks with guests."),
      .integer("shifts", \.shifts, in: 1...3, "Shifts of a plant."),
      .node("closed", \.closed, .list(.choice(ProjectDecoder.dayNames)), "Days of the week without work."),
      .number(
        "temperature_slope", \.slope, .ratePerKelvin, .silent("0 %/K"),
        in: Bounds(-0.2, 0.2, "between -20 %/K and 20 %/K"), "Change with the outdoor temperature."),
      .number(
        "day_variability", \.dayVariability, .share, in: .share,
        "Standard deviation from day to day; left out: the archetype's."),
      .number(
        "step_variability", \.stepVariability, .share, in: .share,
        "Standard deviation from step to step; left out: the archetype's."),
      .reference(
        "air", to: "resource", \.air, "Resource with the outdoor temperature; left out: the only one that has one."),
    ])
}

struct TourismInput: Sendable {
  var weeks: Set<Int> = []
  var factor = 1.0
  static let table = FieldTable<TourismInput>(
    "tourism",
    [
      Field("weeks", .list(.integer), .required, "Weeks of the year, 1 to 53.") { input, node, decoding in
        input.weeks = Set((node.items ?? [node]).compactMap { decoding.integer($0, in: 1...53) })
      },
      .number(
        "factor", \.factor, .number, .required, in: Bounds(0, 20, "between 0 and 20"),
        "Factor on the demand in these weeks."),
    ])
}

extension ProjectDecoder {
  /// Energy of a year spread over the hours by an archetype.
  func readProfile(
    _ input: DemandInput, _ entry: Node.Entry, _ place: Surroundings.Place, _ surroundings: Surroundings,
    _ decoding: inout Decoding
  ) -> [Double]? {
    guard
      let annual = input.annual == nil
        ? input.bills?.reduce(0, +) ?? 1
        : decoding.within(
          "annual",
          { inner -> Double? in
            guard let annualNode = input.annual else { return nil }
            guard let amount = inner.amount(annualNode, [.energy, .energyPerYear], fuel: place.heatingValue) else {
              return nil
            }
            if amount.escalation != 0 {
              inner.notBuilt("'growth' (growth of a demand over the years)", at: annualNode.mark)
            }
            if amount.value < 0 { inner.error("'annual' is below zero.", at: annualNode.mark) }
            return amount.value
          })
    else { return nil }
    var profile = ProfileInput()
    if let node = input.profile {
      let before = decoding.diagnostics.count
      // A word alone is the archetype.
      let mapping =
        node.text == nil
        ? node : Node(.mapping([Node.Entry(key: "archetype", mark: node.mark, value: node)]), mark: node.mark)
      decoding.within("profile") { $0.read(ProfileInput.table, mapping, into: &profile) }
      guard decoding.diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return nil }
    } else {
      profile.archetype = "constant"
      decoding.within("profile") {
        $0.assume("constant", source: "no profile was given", kind: .default)
        $0.defaults.append(($0.path, "constant"))
      }
    }
    return decoding.within("profile") { shape(profile, annual, input, entry, surroundings, &$0) }
  }

  private func shape(
    _ profile: ProfileInput, _ annual: Double, _ input: DemandInput, _ entry: Node.Entry, _ surroundings: Surroundings,
    _ decoding: inout Decoding
  ) -> [Double]? {
    let node = input.profile ?? entry.value
    let name = profile.archetype ?? ""
    guard let archetype = Archetype.named(name) else {
      let names = Archetype.all.map(\.name) + Archetype.synonyms.keys.sorted()
      decoding.within("archetype") {
        $0.error(
          "'\(Node.short(name))' is not an archetype.",
          advice: nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
            ?? "Archetypes: \(Archetype.all.map(\.name).joined(separator: ", ")).",
          at: (node["archetype"] ?? node).mark)
      }
      return nil
    }
    // Two demands of one archetype are not the same to the hour: the id is part of the seed.
    let own = (input.seed.map { UInt64($0) } ?? seed ?? 1) &+ ProjectDecoder.hash(input.seed == nil ? entry.key : "")
    var made = DemandProfile(
      archetype: archetype, annualEnergy: annual, calendar: decoding.calendar, temperatureSlope: profile.slope,
      dayVariability: profile.dayVariability, stepVariability: profile.stepVariability,
      southernHemisphere: (site?.latitude ?? 0) < 0, seed: own)
    let written = input.profile?.entries == nil ? nil : input.profile
    if profile.slope == 0, archetype.driver == .calendar, let written {
      decoding.idle(["air"], of: written, because: "'\(name)' does not follow the temperature, and no slope is given")
    }
    noteProfile(archetype, written, input, profile, &decoding)
    if let tourismNode = profile.tourism {
      var tourism = TourismInput()
      decoding.within("tourism") { $0.read(TourismInput.table, tourismNode, into: &tourism) }
      made.tourism = DemandProfile.Tourism(weeks: tourism.weeks, factor: tourism.factor)
    }
    if let closed = profile.closed {
      decoding.within("closed") { inner in
        made.closedWeekdays = Set(
          (closed.items ?? [closed]).compactMap { inner.choice($0, Self.dayNames).flatMap(Self.dayNames.firstIndex) })
      }
    }
    do throws(ProjectFault) {
      if let shifts = profile.shifts { made.shifts = try ShiftPattern(shifts: shifts) }
      if profile.slope != 0 || archetype.driver != .calendar {
        made.temperature = try outdoor(profile.air, surroundings)
      }
      let series = try made.series(over: decoding.horizon)
      if let bills = input.bills { return try billed(series, bills, made, decoding.horizon) }
      guard let curve = input.duration else { return series }
      var duration = DurationInput()
      decoding.read(DurationInput.table, curve, into: &duration)
      return try Calibration.toDuration(series, exceedance: duration.shares, kilowatts: duration.power)
    } catch {
      decoding.adopt(error, at: node.mark)
      return nil
    }
  }

  /// What a profile takes of its archetype and of chance.
  private func noteProfile(
    _ archetype: Archetype, _ written: Node?, _ input: DemandInput, _ profile: ProfileInput, _ decoding: inout Decoding
  ) {
    decoding.within("archetype") { $0.assume(archetype.name, source: archetype.source, kind: .default) }
    if archetype.dayVariability > 0 || profile.dayVariability != nil {
      decoding.assume("day_variability", share(archetype.dayVariability), source: archetype.source, in: written)
    }
    if archetype.stepVariability > 0 || profile.stepVariability != nil {
      decoding.assume("step_variability", share(archetype.stepVariability), source: archetype.source, in: written)
    }
    let isDrawn =
      (profile.dayVariability ?? archetype.dayVariability) > 0
      || (profile.stepVariability ?? archetype.stepVariability) > 0
    guard isDrawn, input.seed == nil else { return }
    // The seed stands beside the profile, not in it.
    let before = decoding.path
    decoding.path = String(before.split(separator: ".").dropLast().joined(separator: "."))
    decoding.assume(
      "seed", "\(seed ?? 1), with the id", source: seed == nil ? Decoding.ours : "the run's '--seed'", in: nil)
    decoding.path = before
  }

  private func share(_ value: Double) -> String { "\((value * 100).plain) %" }

  /// The outdoor temperature of whole years, from the resource that has one.
  private func outdoor(_ name: String?, _ surroundings: Surroundings) throws(ProjectFault) -> DemandProfile.Temperature?
  {
    guard let resources = surroundings.resources as? ProjectResources else { return nil }
    return try resources.wholeYearTemperature(name)
  }

  /// FNV-1a of a text, for seeds that are the same on every machine.
  static func hash(_ text: String) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return value
  }

  /// A fleet as a storage with series bounds, grown step by step.
  func readVehicles(
    _ input: DemandInput, _ growth: [Double]?, into demand: Demand, _ node: Node, _ decoding: inout Decoding
  ) -> Demand? {
    let vehicles = input.vehicles
    var missing: [String] = []
    if vehicles.count == nil { missing.append("count") }
    if vehicles.battery == nil { missing.append("battery") }
    if vehicles.charger == nil { missing.append("charger") }
    if vehicles.trip == nil { missing.append("trip") }
    if vehicles.consumption == nil { missing.append("consumption") }
    if vehicles.away == nil { missing.append("away") }
    guard let count = vehicles.count, let battery = vehicles.battery, let charger = vehicles.charger,
      let trip = vehicles.trip,
      let consumption = vehicles.consumption, let away = vehicles.away
    else {
      decoding.error("Vehicles need \(missing.map { "'\($0)'" }.joined(separator: ", ")).", at: node.mark)
      return nil
    }
    guard let ranges = decoding.within("away", { $0.absences(away) }) else { return nil }
    // What a trip takes has to be in the batteries at departure; format 1 asks for no more.
    let fleet = VehicleFleet(
      count: count, batteryKilowattHours: battery, chargerKilowatts: charger, tripKilometres: trip,
      consumption: consumption,
      away: ranges, reserveShare: 0)
    do throws(ProjectFault) {
      var series = try fleet.series(over: decoding.horizon, calendar: decoding.calendar)
      if let growth { series.scale(by: growth) }
      var demand = demand
      demand.power = series.tripEnergy.map { $0 / decoding.horizon.stepHours }
      demand.kind = .vehicles(
        Demand.Fleet(
          chargePower: series.chargePower,
          dischargePower: vehicles.givesBack
            ? series.chargePower : [Double](repeating: 0, count: series.chargePower.count),
          leastContent: series.leastContent, greatestContent: series.greatestContent, tripEnergy: series.tripEnergy,
          chargeEfficiency: vehicles.efficiency, dischargeEfficiency: vehicles.efficiency))
      return demand
    } catch {
      decoding.adopt(error, at: node.mark)
      return nil
    }
  }
}

extension Decoding {
  /// Reads `["08:00-17:30", ...]` into hours of the day; nil after a diagnostic.
  mutating func absences(_ node: Node) -> [VehicleFleet.Absence]? {
    var all: [VehicleFleet.Absence] = []
    for item in node.items ?? [node] {
      let parts = (item.text ?? "").split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let start = Decoding.minuteOfDay(parts[0]), let end = Decoding.minuteOfDay(parts[1]),
        start != end
      else {
        error("\(item.kindName) is not a span of hours.", advice: "Write \"08:00-17:30\", in quotes.", at: item.mark)
        return nil
      }
      all.append(VehicleFleet.Absence(start: Double(start) / 60, end: Double(end) / 60))
    }
    return all
  }
}

extension ProjectResources {
  /// Outdoor temperature of the horizon; nil where no resource, or none that is named, has one.
  func horizonTemperature(_ name: String?) throws(ProjectFault) -> [Double]? {
    let having = entries.filter { $0.entry.temperature != nil }
    guard let name else { return having.count == 1 ? having[0].entry.temperature : nil }
    guard let chosen = having.first(where: { $0.id == name }) else {
      throw ProjectFault([Diagnostic(.error, "The resource '\(Node.short(name))' has no temperature.")])
    }
    return chosen.entry.temperature
  }

  /// Outdoor temperature over whole years, by synthesis or as the file holds it.
  func wholeYearTemperature(_ name: String?) throws(ProjectFault) -> DemandProfile.Temperature? {
    let having = entries.filter { $0.entry.temperature != nil }
    let chosen = name.map { name in having.first { $0.id == name } } ?? (having.count == 1 ? having[0] : nil)
    if let name, chosen == nil {
      throw ProjectFault([Diagnostic(.error, "The resource '\(Node.short(name))' has no temperature.")])
    }
    guard let chosen else { return nil }
    let horizon = horizon
    let known = chosen.entry.temperature ?? []
    if let monthly = chosen.entry.monthlyTemperature {
      let synthesis = TemperatureSynthesis(
        monthlyMeans: monthly, diurnalRange: .kelvin(chosen.entry.dailyRange), seed: chosen.entry.seed)
      return { (year) throws(ProjectFault) in try synthesis.series(over: year) }
    }
    return { (year) throws(ProjectFault) in
      if year == horizon { return known }
      let mean = known.reduce(0, +) / Double(max(1, known.count))
      guard known.allSatisfy({ $0 == mean }) else {
        throw ProjectFault([
          Diagnostic(
            .error, "The profile needs the outdoor temperature of whole years, but the series covers the horizon only.",
            advice: "Plan over whole calendar years, or give 'monthly_temperature'.")
        ])
      }
      return [Double](repeating: mean, count: year.steps)
    }
  }
}
