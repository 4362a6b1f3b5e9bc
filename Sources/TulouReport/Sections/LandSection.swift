import TulouAccounts
import TulouProject

extension PlanReport {
  /// Land, protected zones and reservoirs.
  func landSection() -> Page.Section {
    let land = accounts.land
    var contents: [Page.Content] = []
    for violation in land.violations {
      contents.append(
        .alert(
          "\(legend.name(violation.component)) with \(NumberText.significant(violation.capacity)) stands in the protected zone \(violation.zone), which forbids it."
        ))
    }
    // What an interior point leaves where nothing is built stands on no land.
    let uses = land.uses.filter { $0.area > max(0.01, 1e-9 * land.total) }
    if !uses.isEmpty {
      var table = Table(columns: [.text("Component"), .number("Size"), .number("Land")])
      for use in uses {
        table.add([legend.name(use.id), Scale.text(use.capacity, use.unit), Scale.text(use.area, "m2")])
      }
      table.add(["Together", "", Scale.text(land.total, "m2")])
      table.hasTotal = true
      contents.append(.table(table))
      if let share = land.shareOfSite {
        contents.append(.text("That is \(NumberText.percent(share)) of the site."))
      }
    }
    if !land.reservoirs.isEmpty {
      var table = Table(
        "Reservoirs of pumped storage",
        columns: [
          .text("Storage"), .number("Power"), .number("Head [m]"), .number("Flow [m³/s]"), .number("Volume [m³]"),
          .number("Hours at full flow"),
        ])
      for need in land.reservoirs {
        table.add([
          legend.name(need.id), Scale.text(need.power, "kW"), NumberText.significant(need.head),
          NumberText.significant(need.flow), NumberText.significant(need.volume), NumberText.significant(need.hours),
        ])
      }
      contents.append(.table(table))
    }
    return Page.Section(id: "land", title: "Land", contents)
  }
}
