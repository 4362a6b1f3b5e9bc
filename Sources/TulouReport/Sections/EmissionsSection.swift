import TulouAccounts
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// Where carbon is emitted, and how much less than without the project.
  func emissionsSection() -> Page.Section {
    let carbon = accounts.carbon
    guard
      carbon.fossil > 0 || !carbon.lines.isEmpty || carbon.businessAsUsual != nil || !accounts.pollutants.lines.isEmpty
    else {
      return Page.Section(id: "emissions", title: "Emissions", [])
    }
    var contents: [Page.Content] = []
    if let missing = carbon.reductionMissing {
      contents.append(.text("No reduction of CO₂ is stated, as \(missing)."))
    } else if let usual = carbon.businessAsUsual, max(usual, carbon.fossil) > 0 {
      let change = carbon.fossil - usual
      contents.append(
        .chart(
          Chart(
            id: "carbon-chart", title: "Fossil CO₂ against business as usual",
            summary: change <= 0
              ? "The project avoids \(Scale.text(-change, "kg")) of CO₂ a year."
              : "The project emits \(Scale.text(change, "kg")) of CO₂ a year more.",
            body: .waterfall(
              Waterfall(
                steps: [
                  .init("Without the project", usual, colour: .outside, isSum: true),
                  .init(
                    change <= 0 ? "Avoided" : "Added", change, colour: change <= 0 ? .biomass : .unserved),
                  .init("With the project", carbon.fossil, colour: .fuel, isSum: true),
                ], quantity: "CO₂ per year", unit: "kg")))))
    }
    var table = Table(
      "Emission by origin, mean over the years",
      columns: [
        .text("Origin"), .text("Kind"), .text("Carrier"), .text("Scope"), .number("Energy"), .number("Emission"),
      ])
    for line in carbon.lines where line.amount != 0 || !line.hasFactor {
      table.add([
        legend.name(line.id), Legend.plain(line.kind.rawValue), legend.carrier(line.carrier),
        line.scope == 0 ? "in no total" : String(line.scope), Scale.text(line.energy, "kWh"),
        line.hasFactor ? Scale.text(line.amount, "kg") + (line.kind == .methane ? " CH₄" : "") : "no factor given",
      ])
    }
    if !table.rows.isEmpty {
      table.add([
        "Fossil, together", "", "", "1 + 2", "",
        carbon.worded(Scale.text(carbon.fossil, "kg")),
      ])
      table.hasTotal = true
      contents.append(.table(table))
    } else {
      contents.append(.text("Nothing fossil is burnt or bought."))
    }
    if carbon.cost != 0 { contents.append(.text("The carbon price costs \(money(carbon.cost, per: "/y")).")) }
    contents += pollutantContents()
    contents += lifeCycleContent
    return Page.Section(id: "emissions", title: "Emissions", contents)
  }
}
