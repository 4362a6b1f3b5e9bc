import TulouDocument

/// The values of a publication, as its `published.csv` lists them.
package struct PublishedCase: Sendable {
  /// One value.
  package struct Row: Sendable, Equatable {
    /// Where a value comes from, and with that what may be said of it.
    package enum Basis: String, Sendable, CaseIterable {
      /// The paper states it and we take it as it is.
      case given
      /// The paper prints it, and it is computed again from other numbers that the paper prints, with no input of ours.
      case arithmetic
      /// The paper prints it, and what stands beside it has something of ours in it: a plan, an input, a rule, a formula that
      /// our copy of the paper does not have.
      case model
      /// Not printed: it follows from the paper's inputs.
      case derived
      /// Not printed: a result of our plans or our inputs.
      case ours

      /// Whether a row of this kind is compared with the paper.
      package var hasVerdict: Bool { self == .arithmetic || self == .model }
    }

    /// How a computed value stands to the printed one where both agree.
    package enum Relation: String, Sendable {
      /// Equal within the tolerance.
      case equal = "="
      /// Not above it.
      case atMost = "<="
      /// Not below it.
      case atLeast = ">="
    }

    /// Stable id, e.g. `t3.planned.pilot`.
    package var id: String
    /// Requirement it belongs to, e.g. `R36`; empty for inputs.
    package var requirement: String
    /// What it is, in words.
    package var what: String
    /// Where the value comes from.
    package var basis: Basis
    /// How a computed value stands to the printed one.
    package var relation: Relation
    /// What the paper prints; nil where it prints nothing.
    package var published: Amount?
    /// The printed text, with the zeros that tell its last digit.
    package var text: String
    /// Unit of the last printed digit; 0: an exact number.
    package var lastDigit: Double
    /// Half of the last digit of a value that other rows take; 0 where it is taken as exact.
    package var rounding: Double
    /// Unit of both values.
    package var unit: String
    /// Where it stands in the publication.
    package var place: String
    /// Inputs that our copy of the paper does not give and that the value depends on.
    package var missing: [MissingInput]
    /// A remark.
    package var note: String

    /// A row, its values as the properties of the same names say.
    package init(
      id: String, requirement: String, what: String, basis: Basis, relation: Relation, published: Amount?, text: String,
      lastDigit: Double, rounding: Double, unit: String, place: String, missing: [MissingInput], note: String
    ) {
      self.id = id
      self.requirement = requirement
      self.what = what
      self.basis = basis
      self.relation = relation
      self.published = published
      self.text = text
      self.lastDigit = lastDigit
      self.rounding = rounding
      self.unit = unit
      self.place = place
      self.missing = missing
      self.note = note
    }
  }

  /// A value: a number, or words that stand for themselves.
  package enum Amount: Sendable, Equatable {
    /// A number in the unit of its row.
    case number(Double)
    /// Names, in no order.
    case words(Set<String>)

    /// The number; nil for words.
    package var number: Double? { if case .number(let value) = self { value } else { nil } }

    /// The words in order; nil for a number.
    package var words: [String]? { if case .words(let words) = self { words.sorted() } else { nil } }
  }

  /// Name of the publication, as the command takes it.
  package var name: String
  /// Its values in order.
  package private(set) var rows: [Row]
  private let byID: [String: Int]

  /// A case; ids are unique.
  package init(name: String, rows: [Row]) {
    self.name = name
    self.rows = rows
    byID = Dictionary(zip(rows.map(\.id), rows.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The printed number of `id`; NaN where there is none, which no verdict accepts.
  package subscript(id: String) -> Double { byID[id].flatMap { rows[$0].published?.number } ?? .nan }

  /// The row of an id.
  package func row(_ id: String) -> Row? { byID[id].map { rows[$0] } }

  /// The case with a printed number moved by `step`.
  package func moving(_ row: Row, by step: Double) -> PublishedCase {
    guard let index = byID[row.id], let value = row.published?.number else { return self }
    var moved = self
    moved.rows[index].published = .number(value + step)
    return moved
  }
}

/// What a publication leaves unsaid, with what would close the gap.
package enum MissingInput: String, Sendable, CaseIterable {
  case purchasePrice = "purchase-price"
  case windSeries = "wind-series"
  case turbineCurve = "turbine-curve"
  case loadShapes = "load-shapes"
  case fuelCurve = "fuel-curve"
  case panelLosses = "panel-losses"
  case radiation
  case dispatch
  case searchSpace = "search-space"
  case baseOfShares = "base-of-shares"
  case converterEfficiency = "converter-efficiency"
  case salesLimit = "sales-limit"
  case reserve
  case replacement
  case gasCarbon = "gas-carbon"
  case gridCarbon = "grid-carbon"
  case pumps
  case costBase = "cost-base"
  case sizingRule = "sizing-rule"
  case dayWeights = "day-weights"
  case attribution
  case equations
  case potentials
  case shareInputs = "share-inputs"
  case representativeDays = "representative-days"
  case hourlyCurves = "hourly-curves"

  /// In words.
  package var name: String { rawValue.replacing("-", with: " ") }

  /// What the paper does not say.
  package var sentence: String {
    switch self {
    case .purchasePrice: "the price of electricity from the grid is not printed"
    case .windSeries: "the paper's hourly wind, or its shape, is not printed"
    case .turbineCurve: "the paper's turbine is 1.5 MW of no named make: its power curve and losses are not printed"
    case .loadShapes: "the paper's hourly loads and the store of its deferrable load are not printed"
    case .fuelCurve: "the fuel curve of the gas turbines is not printed"
    case .panelLosses: "derating and tilt of the panels are not printed"
    case .radiation: "the source of the paper's radiation is not in our copy"
    case .dispatch: "the rule by which the paper's tool ran the machines is not printed"
    case .searchSpace: "the sizes that the paper's search tried are not printed"
    case .baseOfShares: "the paper does not say of which energy the shares of the mix are"
    case .converterEfficiency: "the efficiency of the converter is not printed"
    case .salesLimit: "how much may be sold to the grid is not printed"
    case .reserve: "the operating reserve is not printed"
    case .replacement: "what replacement costs, and what plant is worth at the end, is not printed"
    case .gasCarbon: "heating value and carbon of the gas are not printed"
    case .gridCarbon:
      "business as usual has another factor of the grid than the one that is quoted, and which of them counts is not said"
    case .pumps: "the power of the pumps, the first content and the inflow of the reservoirs are not printed"
    case .costBase: "by which energy the paper's tool divided is not printed: equation (8) does not hold for the demand"
    case .sizingRule:
      "how sizes follow from shares is not printed: the greatest share x peak of the three days is our reading"
    case .dayWeights: "of which demand the share is, and how the three days are weighed in it, is not printed"
    case .attribution: "the share that is attributed to the energy internet is not printed in the tables"
    case .equations:
      "the numbered equations are not in our copy: the formula is reconstructed from symbols and headings"
    case .shareInputs:
      "unit costs, efficiencies, temperatures and the exergy of fuels and of the sun are not printed, nor the existing system's values"
    case .representativeDays: "how many days each representative day stands for is not printed"
    case .hourlyCurves: "the hourly curves of the demands are pictures that our copy has not"
    case .potentials: "inputs behind this row are not printed: no reading of the tables gives its value"
    }
  }

  /// What would close the gap.
  package var closing: String {
    switch self {
    case .purchasePrice: "the grid rate of the authors' HOMER file"
    case .windSeries: "the wind resource of the authors' HOMER file"
    case .turbineCurve: "the name of the turbine, or its curve"
    case .loadShapes: "the load tables of the authors' HOMER file"
    case .fuelCurve: "intercept and slope of the generator in the authors' HOMER file"
    case .panelLosses: "the PV page of the authors' HOMER file"
    case .radiation: "the twelve monthly means behind figure 2"
    case .dispatch: "the strategy and set points of the authors' HOMER file"
    case .searchSpace: "the search space of the authors' HOMER file"
    case .baseOfShares: "the production table of the authors' HOMER file"
    case .converterEfficiency: "the converter page of the authors' HOMER file"
    case .salesLimit: "the grid page of the authors' HOMER file"
    case .reserve: "the constraints page of the authors' HOMER file"
    case .replacement: "the cost tables of the authors' HOMER file"
    case .gasCarbon: "the fuel of the authors' HOMER file"
    case .gridCarbon: "the emission factors of the authors' HOMER file"
    case .pumps: "the hydro and storage pages of the authors' HOMER file"
    case .costBase: "the cost summary of the authors' HOMER file"
    case .sizingRule: "the rule, or the hours of supply behind tables 4, 5 and 9"
    case .dayWeights: "the demand and the weights behind each share"
    case .attribution: "the attributed shares of renewables and gas power"
    case .equations: "the equations of sections 2.2 to 2.4"
    case .shareInputs: "the tables of costs and efficiencies behind the paper (its parents of 2014)"
    case .representativeDays: "the numbers of days"
    case .hourlyCurves: "the hourly demands as numbers"
    case .potentials: "the equation with the numbers put in"
    }
  }
}
