import TulouFinance

/// A plan on the curve of cost against CO2.
package struct AbatementPoint: Sendable, Equatable {
  /// CO2 budget that it was planned under [kg/y]; nil: least cost without budget.
  package var budget: Double?
  /// Fossil emission [kg/y].
  package var emission: Double
  /// Cash per year [money/y].
  package var annualCost: Double
  /// Sizes by `id` or `id.part`.
  package var sizes: [String: Double]
  /// Whether the emission is at least the number, for want of a factor.
  package var isAtLeast: Bool
  /// A point.
  package init(
    budget: Double?, emission: Double, annualCost: Double, sizes: [String: Double] = [:], isAtLeast: Bool = false
  ) {
    self.isAtLeast = isAtLeast
    self.budget = budget
    self.emission = emission
    self.annualCost = annualCost
    self.sizes = sizes
  }
}

/// Least cost against CO2 budget, point by point exact, and what each further tonne costs between two points.
package struct AbatementCurve: Sendable, Equatable {
  /// A piece of the curve.
  package struct Segment: Sendable, Equatable {
    /// Abatement at its beginning and end, against the first point [kg/y].
    package var from: Double, to: Double
    /// Mean marginal cost on it [money/kg].
    package var costPerKg: Double
  }
  /// Points, highest emission first.
  package var points: [AbatementPoint]

  /// A curve of points in any order; those that emit more and cost more than another are left out.
  package init(_ points: [AbatementPoint]) {
    let ordered = points.sorted { ($1.emission, $0.annualCost) < ($0.emission, $1.annualCost) }
    self.points = ordered.filter { point in
      !ordered.contains {
        $0.emission < point.emission - 1e-9 * abs(point.emission)
          && $0.annualCost < point.annualCost - 1e-9 * abs(point.annualCost)
      }
    }
  }

  /// Marginal abatement cost, piece by piece; none where an emission is only known from below. On exact points of a convex problem it never falls.
  package var segments: [Segment] {
    guard let first = points.first else { return [] }
    return zip(points, points.dropFirst()).compactMap { a, b in
      let avoided = a.emission - b.emission
      guard !first.isAtLeast, !a.isAtLeast, !b.isAtLeast, avoided > 1e-9 * max(1, abs(first.emission)) else {
        return nil
      }
      return Segment(
        from: first.emission - a.emission, to: first.emission - b.emission,
        costPerKg: (b.annualCost - a.annualCost) / avoided)
    }
  }
}

/// What a measure costs per mass of CO2 that it avoids: a plan with it against a plan without.
package struct MeasureAbatement: Sendable, Equatable {
  /// What is measured.
  package var name: String
  /// Emission avoided [kg/y]; nil where one of the two is only known from below, for want of a factor.
  package var avoided: Double?
  /// Further cash per year; negative: it saves money too [money/y].
  package var cost: Double
  /// The same with the marginal factors of markets in place of their mean ones; nil where none is known [kg/y].
  package var avoidedAtMargin: Double?
  /// cost / avoided [money/kg]; nil where nothing is avoided.
  package var costPerKg: Double? { avoided.flatMap { $0 > 1e-9 ? cost / $0 : nil } }
  /// A measure from two accounts.
  package init(name: String, without: Accounts, with other: Accounts) {
    self.name = name
    let isKnown = !without.carbon.isAtLeast && !other.carbon.isAtLeast
    avoided = isKnown ? without.carbon.fossil - other.carbon.fossil : nil
    if isKnown, let before = without.carbon.atMargin, let after = other.carbon.atMargin {
      avoidedAtMargin = before - after
    }
    cost = (other.value("annual_cost") ?? .nan) - (without.value("annual_cost") ?? .nan)
  }
}
