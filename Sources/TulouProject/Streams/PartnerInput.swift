import TulouDocument
import TulouQuantities
import TulouStreams

/// A partner as written.
struct PartnerInput: Sendable {
  var name: String?
  var trade = ""
  var role = PartnerRole.private
  var at: Node?
  var away: Double?

  static let table = FieldTable<PartnerInput>(
    "a partner",
    [
      .reference("name", to: "text", \.name, "Free text."),
      .text("kind", \.trade, "What the partner does, free text, e.g. 'energy-station'."),
      Field(
        "role", .choice(PartnerRole.self), "Private firm, public body, or neighbour without a seat; left out: private."
      ) {
        if let role = $2.choice($1, PartnerRole.self) { $0.role = role }
      },
      .number(
        "away", \.away, .share, in: .share,
        "Share of the time in which the partner is away, which 'tulou match --robust shares' weighs failures by; left out: 0."
      ),
      .node("at", \.at, .list(.number([.angle])), "Latitude and longitude; distances and the map come from it."),
    ])
}

/// The body of partners as written.
struct AssociationInput: Sendable {
  var association = Association()
  var board: Node?
  var projects: Node?

  static let table = FieldTable<AssociationInput>(
    "an association",
    [
      .text("name", \.association.name, "Free text."),
      .integer("founded", \.association.founded, in: 1800...2200, "Year of its founding."),
      .node("board", \.board, .list(.reference("partner")), "Partners with a seat on the board."),
      .node("projects", \.projects, .map(.table("project of an association")), "What it has set out to do."),
    ])
}

/// A project of the association as written.
struct AssociationProjectInput: Sendable {
  var name = ""
  var state = Association.Project.State.idea
  var year: Int?

  static let table = FieldTable<AssociationProjectInput>(
    "a project of an association",
    [
      .text("name", \.name, "Free text."),
      Field("state", .choice(Association.Project.State.self), "How far it is; left out: idea.") {
        if let state = $2.choice($1, Association.Project.State.self) { $0.state = state }
      },
      .integer("year", \.year, in: 1900...2200, "Year in which it is to be done."),
    ])
}

/// A machine of several owners as written.
struct EquipmentInput: Sendable {
  var name = ""
  var owners: Node?
  var days: Node?
  var available = 365.0
  var cost: Double?

  static let daysPerYear = Measure("days per year", in: "d/y", example: "40 d/y")

  static let table = FieldTable<EquipmentInput>(
    "shared equipment",
    [
      .text("name", \.name, "Free text."),
      .node("owners", \.owners, .map(.number([.share])), .required, "Share of each owner, by partner."),
      .node("days", \.days, .map(.number([daysPerYear])), "Calendar of use: days a year, by partner."),
      Field("available", .number([daysPerYear]), "Days a year on which it can be used; left out: 365.") {
        if let days = $2.number($1, daysPerYear, in: Bounds(0, 366, "between 0 d/y and 366 d/y")) {
          $0.available = days
        }
      },
      Field("cost", .number([StreamUnits.moneyPerYear]), "What it costs a year, shared by days of use.") {
        $0.cost = $2.number($1, StreamUnits.moneyPerYear, in: .notNegative)
      },
    ])
}

extension StreamDecoder {
  mutating func readPartners(_ node: Node?, _ decoding: inout Decoding) {
    guard let node else { return }
    decoding.within("partners") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          var input = PartnerInput()
          inner.read(PartnerInput.table, entry.value, into: &input)
          var partner = Partner(id: entry.key, name: input.name)
          partner.trade = input.trade
          partner.role = input.role
          partner.away = input.away ?? 0
          if let at = input.at {
            inner.within("at") { deeper in
              guard let items = at.items, items.count == 2 else {
                deeper.error("'at' takes [latitude, longitude].", at: at.mark)
                return
              }
              partner.latitude = deeper.number(items[0], .angle, in: Bounds(-90, 90, "a latitude"))
              partner.longitude = deeper.number(items[1], .angle, in: Bounds(-180, 180, "a longitude"))
            }
          }
          park.partners.append(partner)
        }
      }
    }
  }

  /// A partner by its id; an error where there is none.
  func checkPartner(_ id: String, at mark: Mark, _ decoding: inout Decoding) {
    let names = park.partners.map(\.id)
    guard !names.contains(id) else { return }
    decoding.error(
      "There is no partner '\(Node.short(id))'.",
      advice: nearestName(to: id, among: names).map { "Did you mean '\($0)'?" }
        ?? (names.isEmpty ? "Name partners under 'partners'." : "Partners: \(names.joined(separator: ", "))."), at: mark
    )
  }

  mutating func readAssociation(_ node: Node?, _ decoding: inout Decoding) -> Association? {
    guard let node else { return nil }
    return decoding.within("association") { outer in
      var input = AssociationInput()
      outer.read(AssociationInput.table, node, into: &input)
      if let board = input.board {
        outer.within("board") { inner in
          for item in board.items ?? [board] {
            guard let id = inner.text(item) else { continue }
            checkPartner(id, at: item.mark, &inner)
            if input.association.board.contains(id) {
              inner.error("'\(Node.short(id))' has two seats; each partner has one.", at: item.mark)
            }
            input.association.board.append(id)
          }
        }
      }
      if let projects = input.projects {
        outer.within("projects") { inner in
          for entry in inner.things(projects) {
            inner.within(entry.key) { deepest in
              var one = AssociationProjectInput()
              deepest.read(AssociationProjectInput.table, entry.value, into: &one)
              var project = Association.Project(id: entry.key)
              project.name = one.name
              project.state = one.state
              project.year = one.year
              input.association.projects.append(project)
            }
          }
        }
      }
      return input.association
    }
  }

  mutating func readEquipment(_ node: Node?, _ decoding: inout Decoding) -> [SharedEquipment] {
    guard let node else { return [] }
    return decoding.within("equipment") { outer in
      outer.things(node).map { entry in
        outer.within(entry.key) { inner in
          var input = EquipmentInput()
          inner.read(EquipmentInput.table, entry.value, into: &input)
          var machine = SharedEquipment(id: entry.key)
          machine.name = input.name
          machine.available = input.available
          machine.yearlyCost = input.cost ?? 0
          machine.owners = byPartner(input.owners, "owners", .share, &inner)
          machine.days = byPartner(input.days, "days", EquipmentInput.daysPerYear, &inner)
          let owned = machine.owners.values.reduce(0, +), used = machine.days.values.reduce(0, +)
          if let owners = input.owners, abs(owned - 1) > 1e-6 {
            inner.within("owners") {
              $0.error("The shares of the owners add up to \((100 * owned).plain) %, not 100 %.", at: owners.mark)
            }
          }
          if let days = input.days, used > machine.available + 1e-9 {
            inner.within("days") {
              $0.error(
                "\(used.plain) days of use do not fit into \(machine.available.plain) days a year.", at: days.mark)
            }
          }
          return machine
        }
      }
    }
  }

  private func byPartner(
    _ node: Node?, _ key: String, _ measure: Measure, _ decoding: inout Decoding
  ) -> [String: Double] {
    guard let node else { return [:] }
    return decoding.within(key) { inner in
      var values: [String: Double] = [:]
      for entry in inner.things(node) {
        checkPartner(entry.key, at: entry.mark, &inner)
        values[entry.key] = inner.within(entry.key) { $0.number(entry.value, measure, in: .notNegative) }
      }
      return values
    }
  }
}
