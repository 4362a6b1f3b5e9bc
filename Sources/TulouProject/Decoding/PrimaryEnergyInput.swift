import TulouDocument
import TulouQuantities
import TulouTechnologies

/// The section `primary_energy` as written.
struct PrimaryEnergyInput: Sendable {
  var factors: Node?
  var nonRenewable: Node?
  var creditsSales = false

  static let table = FieldTable<PrimaryEnergyInput>(
    "the primary energy section",
    [
      .node(
        "factors", \.factors, .map(.number([.number])),
        "Primary energy per energy by market or source, 'ambient' for heat of the surroundings; left out: by carrier and class."
      ),
      .node(
        "non_renewable", \.nonRenewable, .map(.number([.number])),
        "The part of these factors that is not renewable; left out: by carrier and class."),
      .flag(
        "credit_sales", \.creditsSales, .silent("false"),
        "Whether what is sold is taken off at the factor of its market."),
    ])
}

extension ProjectDecoder {
  private static let standard = "EN ISO 52000-1:2017, annex B, table B.16"

  /// Factors of primary energy; nil: the file does not ask for them.
  func readPrimaryEnergy(_ node: Node?, _ project: Project, _ decoding: inout Decoding) -> PrimaryEnergyFactors? {
    guard let node else { return nil }
    return decoding.within("primary_energy") { inner in
      var input = PrimaryEnergyInput()
      inner.read(PrimaryEnergyInput.table, node, into: &input)
      var result = PrimaryEnergyFactors()
      result.creditsSales = input.creditsSales
      var known: [(id: String, usual: PrimaryEnergyFactors.Factor, source: String)] = []
      let surroundings = EnergyClass.ambient.name
      for market in project.markets where market.buy != nil || market.sell != nil {
        let usual = Self.usual(project.carrier(ofBus: market.bus), market.energyClass)
        known.append((market.id, usual, Self.standard))
      }
      for component in project.components {
        guard case .source(let source) = component.block else { continue }
        known.append((component.id, Self.usual(project.carrier(ofBus: source.bus), source.energyClass), Self.standard))
      }
      known.append((surroundings, result.ambient, Self.standard))
      let names = known.map(\.id)
      let totals = Self.numbers(input.factors, "factors", names, &inner)
      let others = Self.numbers(input.nonRenewable, "non_renewable", names, &inner)
      for one in known {
        var factor = one.usual
        if let total = totals[one.id] {
          factor.total = total
          factor.nonRenewable = min(factor.nonRenewable, total)
        } else {
          inner.within("factors") {
            $0.within(one.id) { $0.assume(one.usual.total.plain, source: one.source, kind: .default) }
          }
        }
        if let other = others[one.id] {
          factor.nonRenewable = other
          if other > factor.total {
            inner.within("non_renewable") {
              $0.within(one.id) {
                $0.error(
                  "Of \(factor.total.plain) kWh of primary energy \(other.plain) kWh cannot be non-renewable.",
                  advice: "'factors' holds all of it.", at: (input.nonRenewable?[one.id] ?? node).mark)
              }
            }
          }
        } else {
          inner.within("non_renewable") {
            $0.within(one.id) { $0.assume(factor.nonRenewable.plain, source: one.source, kind: .default) }
          }
        }
        if one.id == surroundings { result.ambient = factor } else { result.factors[one.id] = factor }
      }
      return result
    }
  }

  private static func numbers(
    _ node: Node?, _ key: String, _ names: [String], _ decoding: inout Decoding
  ) -> [String: Double] {
    guard let node else { return [:] }
    return decoding.within(key) { outer in
      var found: [String: Double] = [:]
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          guard names.contains(entry.key) else {
            inner.error(
              "There is no market or source '\(Node.short(entry.key))'.",
              advice: nearestName(to: entry.key, among: names).map { "Did you mean '\($0)'?" }
                ?? "There are \(names.joined(separator: ", ")).", at: entry.mark)
            return
          }
          if let value = inner.number(entry.value, .number, in: .notNegative) { found[entry.key] = value }
        }
      }
      return found
    }
  }

  /// The usual factor of a carrier and class.
  private static func usual(_ carrier: Carrier?, _ energyClass: EnergyClass) -> PrimaryEnergyFactors.Factor {
    func factor(_ total: Double, _ nonRenewable: Double) -> PrimaryEnergyFactors.Factor {
      PrimaryEnergyFactors.Factor(total: total, nonRenewable: nonRenewable)
    }
    if energyClass.belongs(to: .wasteHeat) { return factor(0, 0) }
    if energyClass.head == .biomass { return factor(1.2, 0.2) }
    if !energyClass.isOutside { return factor(1, 0) }
    switch carrier?.kind {
    case .electricity: return factor(2.5, 2.3)
    case .fuel, .hydrogen: return (carrier?.biogenicEmission ?? 0) > 0 ? factor(1.2, 0.2) : factor(1.1, 1.1)
    case .heat, .cold: return factor(1.3, 1.3)
    case .water, .material, nil: return factor(0, 0)
    }
  }
}
