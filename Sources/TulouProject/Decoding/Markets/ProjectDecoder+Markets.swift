import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

struct MarketInput: Sendable {
  var name: String?
  var bus: String?
  var energyClass: EnergyClass?
  var metering = Market.Metering.net
  var buy: Node?
  var sell: Node?
  var limit: Node?
  var demandCharge: Node?
  var fixedCharge: Node?
  var minimumCharge = 0.0
  var netMetering: Node?
  var emission: Node?
  var marginalEmission: Node?
  var pollutants: Node?
  var exportCredit = false
  var renewableShare = 0.0
  var serves = Serves.all
  var outages: Node?

  /// Whom a market serves.
  enum Serves: String, CaseIterable { case all, alone }

  static let pollutants = Pollutant.table("a market's pollutants", .series([.pollution]), "per energy bought")
  private static let fixed = Shape.number([.moneyPerMonth, .moneyPerDay])
  static let table = FieldTable<MarketInput>(
    "a market",
    reserved: ["growth": "growth over the years"],
    [
      .reference("name", to: "text", \.name, "Free text."),
      .reference("bus", to: "bus", \.bus, .required, "Bus that it serves."),
      .energyClass(
        \.energyClass, .required,
        "Origin of what is bought: N = outside grid or fossil fuel, or a child of it such as N.coal."),
      .choice(
        "metering", \.metering, .value("net", source: "our assumption"),
        "Whether buying and selling at once is forbidden (net) or allowed (gross)."),
      .node(
        "buy", \.buy, .either([.series([.price]), .table("tariff")]), "Purchase price; left out: nothing can be bought."
      ),
      .node(
        "sell", \.sell, .either([.series([.price]), .table("tariff")]), "Sale price; left out: nothing can be sold."),
      .node("limit", \.limit, .table("market limit"), "Greatest purchase and sale."),
      .node(
        "demand_charge", \.demandCharge, .list(.table("demand charge")),
        "Paid on the highest power of a month or year; a list gives several."),
      .node(
        "fixed_charge", \.fixedCharge, .either([fixed, .list(fixed)]),
        "Paid each month or each day whatever is bought; a list gives several."),
      .number(
        "minimum_charge", \.minimumCharge, .moneyPerMonth, .silent("0 ¤/month"), in: .notNegative,
        "Least that energy, demand and fixed charges of a month come to; sale is paid apart."),
      .node(
        "net_metering", \.netMetering, .table("net metering"),
        "Purchases and sales of a month or a year are set off against each other as energy; left out: each step is paid by itself."
      ),
      .node("emission", \.emission, .series([.emission]), "CO2 per energy bought.").needing("buy", "export_credit"),
      .node(
        "marginal_emission", \.marginalEmission, .series([.emission]),
        "CO2 that one more kWh bought causes: what a change of purchases avoids, beside the mean factor."
      ).needing("buy"),
      .node(
        "pollutants", \.pollutants, .table("market pollutants"),
        "What forms outside for the energy bought; a fuel's stand at its carrier. Sale is credited with nothing."
      ).needing("buy"),
      .flag(
        "export_credit", \.exportCredit, .silent("false"),
        "Whether sale is credited with 'emission', on a line of its own and in no total."
      ).needing("sell").needing("emission"),
      .number(
        "renewable_share", \.renewableShare, .share, .silent("0 %"), in: .share, "Renewable share of what is bought."
      ).needing("buy"),
      .choice("for", \.serves, .silent("all"), "'alone': only what members would have outside."),
      .node(
        "outages", \.outages, .table("outages"), "When it gives and takes nothing: planned hours, random failures."),
    ])
}

struct MarketLimitInput: Sendable {
  var buy: Node?
  var sell: Node?
  static let table = FieldTable<MarketLimitInput>(
    "a market's limit",
    [
      .node("buy", \.buy, .number([.power]), "Greatest purchase."),
      .node("sell", \.sell, .number([.power]), "Greatest sale."),
    ])
}

extension ProjectDecoder {
  mutating func readMarkets(_ node: Node?, _ surroundings: Surroundings, _ decoding: inout Decoding) -> [Market] {
    guard let node else { return [] }
    var markets: [Market] = []
    decoding.within("markets") { outer in
      for entry in outer.things(node) {
        outer.within(entry.key) { inner in
          if let market = readMarket(entry, surroundings, &inner) { markets.append(market) }
        }
      }
    }
    return markets
  }

  private func readMarket(_ entry: Node.Entry, _ surroundings: Surroundings, _ decoding: inout Decoding) -> Market? {
    let node = entry.value
    var input = MarketInput()
    decoding.read(MarketInput.table, node, into: &input)
    guard let bus = input.bus, let energyClass = input.energyClass,
      let place = decoding.within("bus", { surroundings.place(bus, of: nil, &$0, at: (node["bus"] ?? node).mark) })
    else { return nil }
    var market = Market(id: entry.key, bus: place.id, energyClass: energyClass)
    market.name = input.name ?? entry.key
    market.metering = input.metering
    market.renewableShare = input.renewableShare
    market.onlyAlone = input.serves == .alone
    readTariff(input, fuel: place.heatingValue, of: &market, &decoding)
    if node["metering"] != nil, market.buy == nil || market.sell == nil {
      decoding.idle(["metering"], of: node, because: "the market has not both 'buy' and 'sell'")
    }
    if let limit = input.limit {
      decoding.within("limit") { inner in
        var value = MarketLimitInput()
        inner.read(MarketLimitInput.table, limit, into: &value)
        market.buyLimit = value.buy.flatMap { n in
          inner.within("buy") { $0.number(n, .power, in: .notNegative, fuel: place.heatingValue) }
        }
        market.sellLimit = value.sell.flatMap { n in
          inner.within("sell") { $0.number(n, .power, in: .notNegative, fuel: place.heatingValue) }
        }
        if node["buy"] == nil { inner.idle(["buy"], of: limit, because: "the market has no price of 'buy'") }
        if node["sell"] == nil { inner.idle(["sell"], of: limit, because: "the market has no price of 'sell'") }
      }
    }
    if let emission = input.emission {
      decoding.within("emission") { inner in
        if let series = inner.series(emission, [.emission], fuel: place.heatingValue, mayGrow: true) {
          market.emission = PathSeries(series.values, escalation: series.escalation)
        }
      }
    }
    if let outages = input.outages {
      decoding.within("outages") { inner in
        if market.onlyAlone {
          inner.error(
            "The market '\(entry.key)' serves only what members would have alone, where outages change nothing.",
            at: outages.mark)
        } else {
          market.outages = readOutages(outages, &inner)
        }
      }
    }
    market.countsExportCredit = input.exportCredit
    if let emission = input.marginalEmission {
      decoding.within("marginal_emission") { inner in
        if let series = inner.series(emission, [.emission], fuel: place.heatingValue, mayGrow: true) {
          market.marginalEmission = PathSeries(series.values, escalation: series.escalation)
        }
      }
    }
    if let pollutants = input.pollutants {
      decoding.within("pollutants") { inner in
        if place.kind == .fuel {
          inner.error(
            "'\(entry.key)' sells a fuel, whose pollutants form where it is burnt.",
            advice: "Say them at the carrier '\(place.carrier)', or at the machine that burns it.", at: pollutants.mark)
          return
        }
        market.pollutants = inner.pollutants(pollutants, MarketInput.pollutants) { node, deeper in
          deeper.series(node, [.pollution], in: .notNegative, fuel: place.heatingValue, mayGrow: true).map {
            PathSeries($0.values, escalation: $0.escalation)
          }
        }
      }
    }
    if market.buy == nil && market.sell == nil && !decoding.hasErrors {
      decoding.warning(
        "The market '\(entry.key)' neither sells nor buys.", advice: "Give it 'buy' or 'sell'.", at: entry.mark)
    }
    return market
  }
}
