import TulouProblem
package import TulouProject
import TulouTechnologies

/// Primary energy of a plan: what enters by its factors, beside the account of exergy. In kWh per year.
package struct PrimaryEnergyAccount: Sendable, Equatable {
  /// What a line stands for.
  package enum Kind: String, Sendable {
    case entry, sale, surroundings
  }
  /// Energy of one market, source or the surroundings.
  package struct Line: Sendable, Equatable {
    /// Market or source; `ambient`: heat of the surroundings.
    package var id: String
    /// Whether it is bought or given by a source, sold, or heat of the surroundings.
    package var kind: Kind
    /// Energy that enters, negative where it is sold [kWh/y].
    package var energy: Double
    /// Its factor.
    package var factor: PrimaryEnergyFactors.Factor
    /// Primary energy in all [kWh/y].
    package var total: Double { energy * factor.total }
    /// What of it is not renewable [kWh/y].
    package var nonRenewable: Double { energy * factor.nonRenewable }
  }
  /// One line a market and source.
  package var lines: [Line] = []
  /// Energy that demands get, all carriers [kWh/y].
  package var served = 0.0
  /// In all [kWh/y].
  package var total: Double { lines.reduce(0) { $0 + $1.total } }
  /// What of it is not renewable [kWh/y].
  package var nonRenewable: Double { lines.reduce(0) { $0 + $1.nonRenewable } }
  /// Primary energy per energy served [-]; nil where nothing is.
  package var perServed: Double? { served > 0 ? total / served : nil }

  /// The account of a plan; nil where the project does not ask for one.
  init?(_ reading: Reading, _ accounts: Accounts) {
    guard let factors = reading.project.primaryEnergy else { return nil }
    for market in reading.project.markets where !market.onlyAlone {
      guard let factor = factors.factors[market.id] else { continue }
      let bought = reading.perYear(reading.total(market.id, .purchase))
      if market.buy != nil { lines.append(Line(id: market.id, kind: .entry, energy: bought, factor: factor)) }
      if factors.creditsSales, market.sell != nil {
        let sold = reading.perYear(reading.total(market.id, .sale))
        lines.append(Line(id: market.id, kind: .sale, energy: -sold, factor: factor))
      }
    }
    for component in reading.project.components {
      guard let factor = factors.factors[component.id] else { continue }
      let energy = reading.perYear(reading.total(component.id, .production))
      lines.append(Line(id: component.id, kind: .entry, energy: energy, factor: factor))
    }
    let drawn = accounts.value("ambient") ?? 0
    if drawn > 0 {
      lines.append(Line(id: EnergyClass.ambient.name, kind: .surroundings, energy: drawn, factor: factors.ambient))
    }
    served = accounts.value("p_o") ?? 0
    let scale = lines.reduce(0) { max($0, abs($1.energy)) }
    for i in lines.indices { lines[i].energy = Dust.cleaned(lines[i].energy, scale: scale) }
  }
}
