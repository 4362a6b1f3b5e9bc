package import TulouTechnologies

/// A limit of the whole: one declaration, from which the reader takes its keys, the plan its row and its words, the accounts the
/// number that is compared with it, schema and reference their lines.
///
/// A further limit on what stands (area, water, mass, noise ...) is one declaration with `perUnit`, in a file of its own, and its line in
/// `all`. What a limit on hours sums up stands in `TulouAssembly/Limits`.
package struct LimitKey: Sendable {
  /// Which side of the limit is allowed.
  package enum Sense: String, Sendable {
    /// At least the limit (`min`).
    case least = "min"
    /// At most the limit (`max`).
    case most = "max"
  }

  /// Key below `limits`, e.g. `co2`, `pollutants.NOx`.
  package let name: String
  /// Which side is allowed.
  package let sense: Sense
  /// What kind of amount it is on.
  package let quantity: LimitQuantity
  /// What is limited, in the middle of a sentence: `renewable fraction`.
  package let words: String
  /// One sentence for schema and reference.
  let sentence: String
  /// Key of the indicator that is compared with it.
  package let indicator: String
  /// Base units of the limit per unit of the indicator.
  package let perIndicator: Double
  /// Who can hold it.
  package let holder: Holder
  /// What a unit of a size takes of it, in the base unit, where it is a sum over all that stands; nil: it is another sum.
  package let perUnit: (@Sendable (Component, Size) -> Double)?

  /// Whether a linear plan can hold it, and so break it at a price.
  package var isLinear: Bool { if case .linear = holder { true } else { false } }

  /// Whether a plan can hold it, with whole numbers or without.
  package var isOfPlans: Bool { if case .rules = holder { false } else { true } }

  /// Who can hold a limit; whoever runs given hours can measure every one.
  package enum Holder: Sendable {
    /// A linear plan.
    case linear
    /// A plan with whole numbers, by rounding or exactly; its linear relaxation bounds it.
    case wholeNumbers
    /// Rules alone.
    case rules
  }

  /// A limit.
  ///
  /// - Parameters:
  ///   - name: Key below `limits`.
  ///   - sense: Which side is allowed.
  ///   - quantity: What kind of amount it is on.
  ///   - words: What is limited, in the middle of a sentence; nil: the name.
  ///   - indicator: Key of the indicator that is compared with it; nil: the name.
  ///   - perIndicator: Base units of the limit per unit of the indicator.
  ///   - holder: Who can hold it.
  ///   - perUnit: What a unit of a size takes of it, where it is a sum over all that stands.
  ///   - sentence: One sentence for schema and reference.
  package init(
    _ name: String, _ sense: Sense, _ quantity: LimitQuantity, words: String? = nil,
    indicator: String? = nil,
    perIndicator: Double = 1, by holder: Holder = .linear,
    perUnit: (@Sendable (Component, Size) -> Double)? = nil,
    _ sentence: String
  ) {
    self.name = name
    self.sense = sense
    self.quantity = quantity
    self.words = words ?? name.split(separator: "_").joined(separator: " ")
    self.indicator = indicator ?? name
    self.perIndicator = perIndicator
    self.holder = holder
    self.perUnit = perUnit
    self.sentence = sentence
  }

  /// Least renewable fraction.
  package static let renewableFraction = LimitKey("renewable_fraction", .least, .share, "Least renewable fraction.")
  /// Least renewable fraction with storage output, as the Shenzhen paper counts it.
  package static let renewableFractionWithStorage = LimitKey(
    "renewable_fraction_with_storage", .least, .share, by: .rules,
    "Least fraction with storage output (rules and integers only).")
  /// Greatest emission.
  package static let co2 = LimitKey("co2", .most, .mass, words: "CO2", perIndicator: 1000, "Greatest emission a year.")
  /// Greatest emission of a pollutant.
  package static func pollutant(_ pollutant: Pollutant) -> LimitKey {
    LimitKey(
      "pollutants.\(pollutant.name)", .most, .mass, words: pollutant.name, indicator: pollutant.key,
      "\(pollutant.meaning), at most in a year.")
  }
  /// Greatest energy from outside.
  package static let outsideEnergy = LimitKey(
    "outside_energy", .most, .energy, words: "energy from outside", indicator: "p_n",
    "Greatest energy from outside a year.")
  /// Least exergy efficiency.
  package static let exergyEfficiency = LimitKey(
    "exergy_efficiency", .least, .share, "Least exergy that is used and sold per exergy that enters.")
  /// Greatest share of unserved energy.
  package static let unservedEnergy = LimitKey(
    "unserved_energy", .most, .share, "Greatest share of demand that is not served.")
  /// Greatest share of hours that are not fully served.
  package static let unservedHours = LimitKey(
    "unserved_hours", .most, .share, indicator: "loss_of_power_supply_hours", by: .wholeNumbers,
    "Greatest share of the hours with electricity demand in which it is not fully served: whole hours, found by rounding, or with '--exact'."
  )
  /// Greatest capacity shortage.
  package static let capacityShortage = LimitKey(
    "capacity_shortage", .most, .share, "Greatest share of capacity shortage.")
  /// Greatest land use.
  package static let land = LimitKey(
    "land", .most, .area, perUnit: { $1.landPerUnit }, "Greatest land use.")
  /// Greatest volume of the reservoirs of pumped storage.
  package static let reservoir = LimitKey(
    "reservoir", .most, .volume, words: "water in reservoirs", indicator: "reservoir_volume",
    perUnit: { component, size in component.waterPerSize[size.part] ?? 0 },
    "Greatest volume of the reservoirs of pumped storages, whose 'head' is stated.")
  /// Greatest area that turbines stand on at a place, which its wind resource names.
  package static func siting(_ place: String) -> LimitKey {
    LimitKey(
      sitingPrefix + place, .most, .area, words: "area of turbines at '\(place)'",
      indicator: "site_area.\(place)",
      perUnit: { component, size in
        guard let placement = component.placement, placement.place == place,
          size.part == component.sizes.first?.part
        else { return 0 }
        return placement.areaPerUnit
      },
      "Greatest area that turbines on this resource stand on, by their 'spacing'.")
  }
  private static let sitingPrefix = "siting."
  /// The place of a limit on where turbines stand; nil for others.
  package var place: String? {
    name.hasPrefix(LimitKey.sitingPrefix) ? String(name.dropFirst(LimitKey.sitingPrefix.count)) : nil
  }
  /// Greatest difference between the highest and the lowest hour of the load curve.
  package static let peakValley = LimitKey(
    "peak_valley_difference", .most, .power,
    "Greatest difference between the highest and the lowest hour of what electricity demands draw, vehicles' charging included."
  )
  /// Greatest capital.
  package static let budget = LimitKey(
    "budget", .most, .money, words: "capital", indicator: "capital", "Greatest capital.")

  /// Least share of available own electricity that is used on the site.
  package static let selfConsumption = LimitKey(
    "self_consumption", .least, .share, words: "self-consumption",
    "Least share of the electricity that own W, B and S could give which is used on the site.")
  /// Least share of the electricity used that is own.
  package static let selfCoverage = LimitKey(
    "self_coverage", .least, .share, words: "self-coverage",
    "Least share of the electricity used, losses included, that own W, B and S give.")
  /// Greatest share of available own electricity that is sold.
  package static let exportShare = LimitKey(
    "export_share", .most, .share, words: "share that is sold",
    "Greatest electricity sold per electricity that own W, B and S could give.")

  /// Limits that laws set on own electricity; their indicators are there where a project states them.
  package static let ofOwnPower: [LimitKey] = [selfConsumption, selfCoverage, exportShare]

  /// Every limit that each project may state, in the order in which they are read, put into rows and told; `Limits.keys` adds
  /// those of places.
  package static let all: [LimitKey] =
    [renewableFraction, renewableFractionWithStorage, co2] + Pollutant.all.map(pollutant)
    + [
      outsideEnergy, exergyEfficiency, unservedEnergy, unservedHours, capacityShortage, peakValley, land, reservoir,
      budget,
    ]

  /// What it limits, one sentence.
  package var meaning: String { sentence }

  /// Key path in the file: `limits.co2`.
  package var path: String { "limits." + name }

  /// Whether `value` keeps `limit`, both in base units, up to `tolerance` of the greater of them.
  package func allows(_ value: Double, limit: Double, tolerance: Double) -> Bool {
    let slack = tolerance * max(abs(limit), abs(value))
    return sense == .least ? value >= limit - slack : value <= limit + slack
  }
}

extension LimitKey: Hashable, CustomStringConvertible {
  /// Limits are told apart by their names.
  package static func == (a: LimitKey, b: LimitKey) -> Bool { a.name == b.name }

  /// By its name.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// Its name.
  package var description: String { name }
}
