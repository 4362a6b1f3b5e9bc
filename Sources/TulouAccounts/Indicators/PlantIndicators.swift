extension IndicatorDeclaration {
  /// Room that the plant takes.
  static let plant: [IndicatorDeclaration] = [
    .init(
      "land", "m2",
      "Land of all plant, existing plant included.",
      value: { $0.accounts.land.total }),
    .init(
      "reservoir_volume", "m3",
      "Volume of the reservoirs of pumped storages whose head is stated.",
      value: { $0.accounts.land.reservoirVolume }),
  ]

  /// What it earns against the reference.
  static let comparison: [IndicatorDeclaration] = [
    .init(
      "irr", "1/y",
      "Rate at which the savings against the reference pay the extra capital; none without a change of sign.",
      noted: { builder in
        let rate = builder.accounts.reference?.internalRate
        let missing = withoutReference(builder.accounts)
        return (rate, missing.isEmpty && rate == nil ? "none: savings do not change sign" : missing)
      }),
    .init(
      "return_on_investment", "1/y",
      "Mean yearly saving against the reference per extra capital.",
      noted: { ($0.accounts.reference?.returnOnInvestment, withoutReference($0.accounts)) }),
    .init(
      "payback_simple", "y",
      "Year in which the sum of savings against the reference reaches zero.",
      noted: { ($0.accounts.reference?.paybackSimple, withoutReference($0.accounts)) }),
    .init(
      "payback_discounted", "y",
      "The same with discounted savings.",
      noted: { ($0.accounts.reference?.paybackDiscounted, withoutReference($0.accounts)) }),
  ]

  /// Why there is no comparison; empty: there is one.
  private static func withoutReference(_ accounts: Accounts) -> String {
    accounts.reference == nil ? "no reference is stated" : accounts.reference?.missing.first ?? ""
  }
}
