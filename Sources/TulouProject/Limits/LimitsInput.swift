import TulouDocument
import TulouQuantities
import TulouTechnologies

/// Limits as the file writes them: a table for each limit, made from its declaration.
struct LimitsInput: Sendable {
  var limits = Limits()

  static let penaltySentence =
    "Price of each unit by which the limit is broken (a share: per kWh); left out: it holds whatever it costs."

  static let table = FieldTable<LimitsInput>(
    "limits",
    (LimitKey.all + LimitKey.ofOwnPower).compactMap(\.field) + [
      Field("pollutants", .table("pollutant limits"), "Greatest emission of pollutants a year.") {
        input, node, decoding in decoding.read(pollutants, node, into: &input.limits)
      },
      Field("siting", .map(.table(LimitKey.placeTable)), "Area that turbines may stand on, by wind resource.") {
        input, node, decoding in
        for entry in decoding.things(node) {
          decoding.within(entry.key) { $0.read(LimitKey.siting(entry.key).table, entry.value, into: &input.limits) }
        }
      },
      Field("protected", .map(.table("protected zone")), "Zones that forbid some components to some members.") {
        input, node, decoding in
        for entry in decoding.things(node) {
          decoding.within(entry.key) { inner in
            var zone = Limits.ProtectedZone(id: entry.key, forbids: [], members: [])
            inner.read(zoneTable, entry.value, into: &zone)
            input.limits.protectedZones.append(zone)
          }
        }
      },
    ])

  /// `{NOx: {max: 3 t/y, penalty: 2000 USD/t}}`.
  static let pollutants = FieldTable<Limits>(
    "pollutant limits",
    Pollutant.all.map { pollutant in
      let key = LimitKey.pollutant(pollutant)
      return Field(pollutant.name, .table(key.tableName), key.sentence) { limits, node, decoding in
        decoding.read(key.table, node, into: &limits)
      }
    } + [.note("source", "Where the numbers are from.")])

  static let zoneTable = FieldTable<Limits.ProtectedZone>(
    "a protected zone",
    [
      Field("forbids", .list(.text), .required, "Catalogue entries or kinds.") { $0.forbids = $2.texts($1) ?? [] },
      Field("members", .list(.reference("member")), "Whom it holds for; left out: all.") {
        $0.members = $2.texts($1) ?? []
      },
    ])
}

extension LimitKey {
  /// Name of its table in schema and reference; pollutants share one, and so do places.
  var tableName: String {
    place != nil ? LimitKey.placeTable : name.contains(".") ? "limit of a pollutant" : "limit '\(name)'"
  }

  /// Name of the table that the limits of places share.
  static let placeTable = "limit of a place"

  /// Its keys.
  var table: FieldTable<Limits> {
    let bounds: Bounds = quantity.isShare ? .share : .notNegative
    var fields: [Field<Limits>] = [
      Field(sense.rawValue, .number([quantity.measure]), .required, sentence) {
        $0[self] = $2.number($1, quantity.measure, in: bounds)
      }
    ]
    if self == .renewableFraction {
      fields.append(
        Field(
          "of", .choice(EnergyScope.allCases.map(\.rawValue)), .silent(EnergyScope.electricity.rawValue), "Of what."
        ) {
          limits, node, decoding in
          let word = decoding.choice(node, EnergyScope.allCases.map(\.rawValue))
          if let scope = word.flatMap(EnergyScope.init) { limits.renewableFractionOf = scope }
        })
    }
    // What no linear row holds cannot be broken at a price.
    if isLinear {
      fields.append(
        Field("penalty", .number([quantity.penalty]), LimitsInput.penaltySentence) {
          $0.prices[self] = $2.number($1, quantity.penalty, in: .notNegative)
        })
    }
    return FieldTable("the limit '\(name.split(separator: ".").last.map(String.init) ?? name)'", fields)
  }

  /// Its key below `limits`; nil for a pollutant, which stands below `limits.pollutants`.
  var field: Field<LimitsInput>? {
    guard !name.contains(".") else { return nil }
    return Field(name, .table(tableName), sentence) { input, node, decoding in
      decoding.read(table, node, into: &input.limits)
    }
  }
}

extension ProjectDecoder {
  func readLimits(_ node: Node?, _ decoding: inout Decoding) -> Limits {
    guard let node else { return Limits() }
    var input = LimitsInput()
    decoding.within("limits") { inner in
      inner.read(LimitsInput.table, node, into: &input)
      let names = members.map(\.id)
      for zone in input.limits.protectedZones {
        for member in zone.members where !names.contains(member) {
          inner.within("protected.\(zone.id)") {
            $0.error(
              "There is no member '\(Node.short(member))'.",
              advice: nearestName(to: member, among: names).map { "Did you mean '\($0)'?" } ?? "",
              at: (node["protected"]?[zone.id]?["members"] ?? node).mark)
          }
        }
      }
    }
    return input.limits
  }
}
