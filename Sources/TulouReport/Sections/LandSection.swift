import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities

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
    let uses = land.uses.filter { Dust.cleaned($0.area, scale: land.total) > 0 }
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
    if !land.places.isEmpty {
      var table = Table(
        "Places beside the site",
        columns: [.text("Resource"), .text("Machines"), .number("Area kept"), .number("Limit")])
      for use in land.places {
        table.add([
          use.place, use.ids.map(legend.name).joined(separator: ", "), Scale.text(use.area, "m2"),
          project.limits[.siting(use.place)].map { Scale.text($0, "m2") } ?? NumberText.none,
        ])
      }
      contents.append(.table(table))
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
          legend.name(need.id), need.power > 0 ? Scale.text(need.power, "kW") : NumberText.none,
          NumberText.significant(need.head), need.power > 0 ? NumberText.significant(need.flow) : NumberText.none,
          NumberText.significant(need.volume),
          need.power > 0 ? NumberText.significant(need.hours) : NumberText.none,
        ])
      }
      if let limit = project.limits[.reservoir] {
        table.add(["Limit", "", "", "", NumberText.significant(limit)])
      }
      contents.append(.table(table))
    }
    return Page.Section(id: "land", title: "Land", contents)
  }
}
