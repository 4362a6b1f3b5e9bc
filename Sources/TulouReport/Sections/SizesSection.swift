import TulouAccounts
import TulouProblem
import TulouProject
import TulouQuantities
import TulouTechnologies

extension PlanReport {
  /// A planned size.
  struct SizeLine: Sendable {
    /// Component.
    var id: String
    /// Part of a storage, or empty.
    var part: Size.Part
    /// Total, and of it what stood before the project and what is new, in `unit`.
    var capacity: Double, existing: Double, new: Double
    /// What stood before the project and is given up.
    var retired = 0.0
    /// Whether it might have been given up.
    var mayRetire = false
    /// Unit.
    var unit: String
    /// Owner, empty: commons.
    var member: String
    /// Key in `result.json`.
    var key: String { part.name(of: id) }

    /// The content of a storage that holds so many hours of its power.
    func times(_ hours: Double) -> SizeLine {
      var line = self
      (line.part, line.unit) = (.energy, "kWh")
      line.capacity *= hours
      line.existing *= hours
      line.new *= hours
      line.retired *= hours
      return line
    }
  }

  /// All sizes of the plan in the order of the file.
  var sizeLines: [SizeLine] {
    project.components.flatMap { component in
      component.sizes.flatMap { size -> [SizeLine] in
        let owner = size.sharedWith ?? component.id
        let total =
          plan.capacity(Label(size: size.part, of: component.id))
          ?? plan.capacity(Label(size: size.part, of: owner))
        guard let total else { return [] }
        // Of a shared size the owner says what stood already.
        let shared = size.sharedWith.flatMap { other in
          project.components.first { $0.id == other }.flatMap { one in
            one.sizes.first { $0.part == size.part } ?? one.sizes.first
          }
        }
        let own = shared ?? size
        let kept = own.kept(id: owner, of: total, in: plan)
        var line = SizeLine(
          id: component.id, part: size.part, capacity: total, existing: kept, new: max(0, total - kept),
          unit: size.unit, member: component.member ?? "")
        line.retired = own.existing - kept
        line.mayRetire = own.mayRetire
        // Hours of a fixed number make the content follow the power; both are named all the same (rule K5).
        guard case .storage(let storage) = component.block, case .hours(let hours) = storage.shape, size.part == .power
        else { return [line] }
        return [line, line.times(hours)]
      }
    }
  }

  /// What stands, what is new, and how it is used.
  func sizesSection() -> Page.Section {
    let lines = sizeLines
    var contents: [Page.Content] = []
    if !lines.isEmpty {
      let hasMembers = !project.members.isEmpty
      let hasExisting = lines.contains { $0.existing > 0 || $0.retired > 0 }
      let hasRetired = lines.contains { $0.retired > 0 }
      var table = Table(
        columns: [.text("Component"), .text("Kind")] + (hasMembers ? [.text("Owner")] : [])
          + (hasRetired ? [.number("Retired")] : [])
          + (hasExisting ? [.number(hasRetired ? "Kept" : "Stands already"), .number("New")] : [])
          + [.number("Total")])
      for line in lines {
        let kind = project.components.first { $0.id == line.id }?.kind ?? ""
        func text(_ value: Double) -> String { value == 0 ? "0" : Scale.text(value, line.unit) }
        table.add(
          [legend.name(line.id) + line.part.after, Legend.plain(kind)]
            + (hasMembers ? [legend.member(line.member)] : [])
            + (hasRetired ? [text(line.retired)] : [])
            + (hasExisting ? [text(line.existing), text(line.new)] : []) + [text(line.capacity)])
      }
      contents.append(.table(table))
    }
    if let table = machineTable { contents.append(.table(table)) }
    if let table = storageTable { contents.append(.table(table)) }
    return Page.Section(id: "sizes", title: "Sizes", contents)
  }

  private var machineTable: Table? {
    let most = accounts.machines.map(\.energy).max() ?? 0
    let used = accounts.machines.filter { Dust.cleaned($0.energy, scale: most) > 0 || $0.capacity > 0 }
    guard !used.isEmpty else { return nil }
    var table = Table(
      "Use of machines, per year",
      columns: [
        .text("Machine"), .number("Energy"), .number("Full-load hours"), .number("Capacity factor"),
        .number("Greatest power"), .number("Losses"), .number("Cost per kWh without fuel"),
      ])
    for machine in used {
      table.add([
        legend.name(machine.id), Scale.text(machine.energy, "kWh"),
        machine.fullLoadHours.map {
          NumberText.significant($0) + (machine.unit == "kW" ? " h" : " kWh/" + Scale.pretty(machine.unit))
        } ?? NumberText.none,
        machine.capacityFactor.map { NumberText.percent($0) } ?? NumberText.none,
        Scale.text(machine.greatest, "kW"), Scale.text(machine.losses, "kWh"),
        machine.levelisedCost.map { money($0, per: "/kWh") } ?? NumberText.none,
      ])
    }
    return table
  }

  private var storageTable: Table? {
    // What an interior point leaves where nothing is built is no storage.
    let used = accounts.storages.filter { $0.energy > 1e-3 }
    guard !used.isEmpty else { return nil }
    var table = Table(
      "Use of storages, per year",
      columns: [
        .text("Storage"), .number("Power"), .number("Content"), .number("Charged"),
        .number("Discharged"), .number("Losses"), .number("Cycles/y"), .number("Hours of load"),
        .number("Life by cycles"),
      ])
    for storage in used {
      table.add([
        legend.name(storage.id), storage.power.map { Scale.text($0, "kW") } ?? NumberText.none,
        Scale.text(storage.energy, "kWh"), Scale.text(storage.charged, "kWh"), Scale.text(storage.discharged, "kWh"),
        Scale.text(storage.losses, "kWh"), NumberText.significant(storage.cycles),
        storage.hoursOfLoad.map { NumberText.significant($0, digits: 3) + " h" } ?? NumberText.none,
        storage.cycleLifeYears.map { NumberText.significant($0, digits: 3) + " years" } ?? NumberText.none,
      ])
    }
    return table
  }
}
