import TulouDocument
import TulouQuantities

/// What a questionnaire about a site asks, as a file answers it: place, people, enterprises, what nature gives, what is spare.
///
/// One template grows a project of any site from it (`SiteAnswers.projectFile`), by these answers only.
package struct SiteAnswers: Sendable {
  struct Community: Sendable {
    var id = ""
    var name: String?
    var people = 0.0
    var perHead = 550.0
    var isProtected = false
    var hotWater = false
  }
  struct Enterprise: Sendable {
    var id = ""
    var name: String?
    var kind = ""
    var energy = 0.0
    var roofs = 0.0
    var member = "sme"
  }
  struct River: Sendable {
    var id = ""
    var flow: [Double] = []
    var head = 0.0
    var existing = 0.0
    var most = 0.0
    /// Lake before the station, in the words of the project file.
    var reservoir: Node?
  }
  struct Wind: Sendable {
    var speed = 0.0
    var most = 0.0
    var isAtSea = false
  }
  struct Tide: Sendable {
    var speed = 0.0
    var existing = 0.0
    var most = 0.0
  }
  struct Gas: Sendable {
    var through = 0.0
    var cold = 0.0
    var member: String?
  }
  struct Heat: Sendable {
    var power = 0.0
    var temperature = 0.0
  }
  struct Guests: Sendable {
    var weeks: [Int] = []
    var factor = 1.5
  }
  struct Stream: Sendable {
    var id = ""
    var member = ""
    var temperature = 0.0
    var power = 0.0
    var price = 0.0
  }
  struct Place: Sendable {
    var latitude = 0.0, longitude = 0.0, altitude = 0.0
    var zone = "UTC"
    var area: Double?
  }
  struct Money: Sendable {
    var currency = "CNY"
    var buy = 0.0, sell = 0.0
    var emission = 0.5
    var perEuro = 7.8, perDollar = 7.1
    var connection = 0.0
  }

  var name = ""
  var place = Place()
  var character: Character?
  var money = Money()
  var sun: [Double] = []
  var air: [Double] = []
  var source = "answered"
  var communities: [Community] = []
  var enterprises: [Enterprise] = []
  var rivers: [River] = []
  var wind: Wind?
  var tide: Tide?
  var gas: Gas?
  var geothermal: Heat?
  var guests: Guests?
  var cattle = 0.0
  var field = 0.0
  var spare: [Stream] = []
  var needed: [Stream] = []
  var renewable = 0.0
  var owner: String?
  /// Where things stand and what the cluster means to people, in the words of the project file.
  var layout: Node?, social: Node?
}

/// The questions, as tables of keys.
enum SiteQuestions {
  private static let energy = Measure.energyPerYear

  static let place = FieldTable<SiteAnswers.Place>(
    "a place",
    [
      .number("latitude", \.latitude, .angle, .required, in: Bounds(-90, 90, "a latitude"), "Latitude."),
      .number("longitude", \.longitude, .angle, .required, in: Bounds(-180, 180, "a longitude"), "Longitude."),
      .number(
        "altitude", \.altitude, .length, .silent("0 m"), in: Bounds(-500, 9000, "between -500 m and 9000 m"),
        "Height above the sea."),
      .text("time_zone", \.zone, .required, "Name of the zone."),
      .number(
        "area", \.area, .area, in: Bounds(0, 1e13, aboveLow: true, "above 0 and at most 10000000 km2"),
        "Area of the site."),
    ])

  static let money = FieldTable<SiteAnswers.Money>(
    "money",
    [
      .text("currency", \.currency, .required, "ISO code."),
      .number("buy", \.buy, .price, .required, in: .notNegative, "Price of electricity from outside."),
      .number("sell", \.sell, .price, .required, in: .notNegative, "Price of electricity sold."),
      .number(
        "emission", \.emission, .emission, .required, in: Bounds(0, 5, "between 0 and 5 kg/kWh"),
        "Emission of the grid."),
      .number("connection", \.connection, .power, .required, in: .positive, "What the connection carries."),
      .number("per_euro", \.perEuro, .number, .required, in: .positive, "Units of the currency in a euro."),
      .number("per_dollar", \.perDollar, .number, .required, in: .positive, "Units of the currency in a dollar."),
    ])

  static let community = FieldTable<SiteAnswers.Community>(
    "a community",
    [
      .reference("name", to: "text", \.name, "Free text."),
      .number(
        "people", \.people, .number, .required, in: Bounds(0, 1e8, aboveLow: true, "above 0 and at most 100000000"),
        "How many live there."),
      .number(
        "per_head", \.perHead, .energyPerYear,
        .value("550 kWh/y", source: "homes of small towns in China, approximate"),
        in: Bounds(0, 1e6, aboveLow: true, "above 0 and at most 1 GWh/y"), "Electricity a head and year."),
      .flag("protected", \.isProtected, .silent("false"), "Whether its roofs carry no modules."),
      .flag("hot_water", \.hotWater, .silent("false"), "Whether it gets hot water from the cluster."),
    ])

  static let enterprise = FieldTable<SiteAnswers.Enterprise>(
    "an enterprise",
    [
      .reference("name", to: "text", \.name, "Free text."),
      .choice("kind", \.kind, Answers.kinds, .required, "What it does: shape of its demand."),
      .number("energy", \.energy, energy, .required, in: .positive, "Electricity of a year."),
      .number("roofs", \.roofs, .power, .silent("0 kW"), in: .notNegative, "Modules on its roofs at most."),
      .choice("member", \.member, MemberKinds.all, .silent("sme"), "What kind of member."),
    ])

  static let river = FieldTable<SiteAnswers.River>(
    "a river",
    [
      Field("flow", .list(.number([.number])), .required, "Mean flow of each month, m3/s.") {
        $0.flow = twelve($1, Bounds(0, 250_000, "between 0 and 250000 m3/s"), &$2)
      },
      .number(
        "head", \.head, .length, .required, in: Bounds(0.5, 2500, "between 0.5 m and 2500 m"), "Head of the station."),
      .number("existing", \.existing, .power, .silent("0 kW"), in: .notNegative, "What stands."),
      .number("most", \.most, .power, .required, in: .positive, "What may stand."),
      .node("reservoir", \.reservoir, .table("reservoir"), "Lake before the station, with its room for floods."),
    ])

  static let wind = FieldTable<SiteAnswers.Wind>(
    "wind",
    [
      .number(
        "speed", \.speed, .speed, .required, in: Bounds(0.5, 30, "between 0.5 m/s and 30 m/s"),
        "Mean at 100 m, from a wind atlas."),
      .number("most", \.most, .power, .required, in: .positive, "What may stand."),
      .flag("at_sea", \.isAtSea, .silent("false"), "Whether it stands in the sea."),
    ])

  static let tide = FieldTable<SiteAnswers.Tide>(
    "tide",
    [
      .number(
        "speed", \.speed, .speed, .required, in: Bounds(0, 15, aboveLow: true, "above 0 and at most 15 m/s"),
        "Amplitude of the greatest tide (M2)."),
      .number("existing", \.existing, .power, .silent("0 kW"), in: .notNegative, "What stands."),
      .number("most", \.most, .power, .required, in: .positive, "What may stand."),
    ])

  static let gas = FieldTable<SiteAnswers.Gas>(
    "a terminal of liquid gas",
    [
      .number("through", \.through, energy, .required, in: .positive, "Gas that is made from liquid a year."),
      .number("cold", \.cold, energy, .required, in: .positive, "Cold that is wanted at -25 degC a year."),
      .reference(
        "of", to: "enterprise", \.member, "Enterprise that has cold, cold plant and send-out; left out: nobody."),
    ])

  static let heat = FieldTable<SiteAnswers.Heat>(
    "a hot spring",
    [
      .number("power", \.power, .power, .required, in: .positive, "Heat that it gives."),
      .number(
        "temperature", \.temperature, .temperature, .required, in: Bounds(0, 400, "between 0 degC and 400 degC"),
        "Its temperature."),
    ])

  static let guests = FieldTable<SiteAnswers.Guests>(
    "guests",
    [
      Field("weeks", .list(.integer), .required, "Weeks of the year with guests.") { root, node, decoding in
        root.weeks = (node.items ?? [node]).compactMap { decoding.integer($0, in: 1...53) }
      },
      .number(
        "factor", \.factor, .number, .required, in: Bounds(0, 20, aboveLow: true, "above 0 and at most 20"),
        "By how much demand grows then."),
    ])

  /// The template lets heat to spare leave at 30 degC at least, and heats what needs heat from 25 degC.
  static let spare = stream("heat to spare", above: 30, "What its exhaust fetches today; left out: nothing.")
  static let needed = stream("heat needed", above: 25, "What it pays for heat today.")

  private static func stream(_ title: String, above least: Double, _ price: String) -> FieldTable<SiteAnswers.Stream> {
    let warm = Bounds(least, 2000, aboveLow: true, "above \(shortNumber(least)) degC and at most 2000 degC")
    return FieldTable(
      title,
      [
        .text("of", \.member, .required, "Enterprise or community."),
        .number(
          "temperature", \.temperature, .temperature, .required, in: warm,
          "Temperature at which it is given, or needed."),
        .number("power", \.power, .power, .required, in: .positive, "How much."),
        .number("price", \.price, .price, .silent("0 ¤/kWh"), price),
      ])
  }

  static func twelve(_ node: Node, _ range: Bounds, _ decoding: inout Decoding) -> [Double] {
    let items = node.items ?? []
    let values = items.compactMap { decoding.number($0, .number, in: range) }
    if items.count != 12 {
      decoding.error("'\(decoding.key)' takes twelve numbers, one a month; found \(items.count).", at: node.mark)
    }
    return values.count == 12 ? values : []
  }
}

/// Kinds of members as answers name them.
enum MemberKinds {
  static let all = ["sme", "village", "farm", "energy-station", "state", "producer"]
}
