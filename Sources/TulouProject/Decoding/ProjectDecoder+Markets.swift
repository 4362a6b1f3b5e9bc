import TulouQuantities
import TulouTechnologies

struct MarketInput: Sendable {
  var name: String?
  var bus: String?
  var energyClass: EnergyClass?
  var metering = "net"
  var buy: Node?
  var sell: Node?
  var limit: Node?
  var demandCharge: Node?
  var fixedCharge = 0.0
  var emission: Node?
  var marginalEmission: Node?
  var pollutants: Node?
  var exportCredit = false
  var renewableShare = 0.0
  var serves = "all"
  var outages: Node?

  static let pollutants = Pollutant.table("a market's pollutants", .series([.pollution]), "per energy bought")
  static let table = FieldTable<MarketInput>(
    "a market",
    reserved: ["growth": "growth over the years"],
    [
      .reference("name", to: "text", \.name, "Free text."),
      .reference("bus", to: "bus", \.bus, .required, "Bus that it serves."),
      .energyClass(\.energyClass, .required, "Class of what is bought, usually N or a child such as N.coal."),
      .choice(
        "metering", \.metering, ["net", "gross"], .silent("net"),
        "Whether buying and selling at once is forbidden (net) or allowed (gross)."),
      .node("buy", \.buy, .table("tariff"), "Purchase price; left out: nothing can be bought."),
      .node("sell", \.sell, .table("tariff"), "Sale price; left out: nothing can be sold."),
      .node("limit", \.limit, .table("market limit"), "Greatest purchase and sale."),
      .node(
        "demand_charge", \.demandCharge, .table("demand charge"),
        "Paid on the highest purchase of a month; a list gives several."),
      .number(
        "fixed_charge", \.fixedCharge, .moneyPerMonth, .silent("0 ¤/month"), in: .notNegative,
        "Paid each month whatever is bought."),
      .node("emission", \.emission, .series([.emission]), "CO2 per energy bought."),
      .node(
        "marginal_emission", \.marginalEmission, .series([.emission]),
        "CO2 that one more kWh bought causes: what a change of purchases avoids, beside the mean factor."),
      .node(
        "pollutants", \.pollutants, .table("market pollutants"),
        "What forms outside for the energy bought; a fuel's stand at its carrier. Sale is credited with nothing."),
      .flag(
        "export_credit", \.exportCredit, .silent("false"),
        "Whether sale is credited with 'emission', on a line of its own and in no total."),
      .number(
        "renewable_share", \.renewableShare, .share, .silent("0 %"), in: .share, "Renewable share of what is bought."),
      .choice("for", \.serves, ["all", "alone"], .silent("all"), "'alone': only what members would have outside."),
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

struct DemandChargeInput: Sendable {
  var rate: Node?
  var minimum = 0.0
  var ratchet = 0.0
  var interval: Double?
  var hours: Node?
  var days: Node?
  var months: Node?
  static let table = FieldTable<DemandChargeInput>(
    "a demand charge",
    [
      .node(
        "rate", \.rate, .number([.demandRate]), .required, "Per highest power and month, with 'escalation' if it grows."
      ),
      .number("minimum", \.minimum, .power, .silent("0 kW"), in: .notNegative, "Least billed power."),
      .number(
        "ratchet", \.ratchet, .share, .silent("0 %"), in: .share,
        "Share of the highest month that each month is billed at least."),
      .number("interval", \.interval, .time, in: .positive, "Interval over which the power is measured."),
      .node("hours", \.hours, .list(.text), "Hours in which it counts."),
      .node("days", \.days, .list(.text), "Days on which it counts."),
      .node("months", \.months, .list(.text), "Months in which it counts."),
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
    market.metering = Market.Metering(rawValue: input.metering) ?? .net
    market.fixedChargePerMonth = input.fixedCharge
    market.renewableShare = input.renewableShare
    market.onlyAlone = input.serves == "alone"
    if let buy = input.buy { market.buy = decoding.within("buy") { $0.tariff(buy, fuel: place.heatingValue) } }
    if let sell = input.sell { market.sell = decoding.within("sell") { $0.tariff(sell, fuel: place.heatingValue) } }
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
      }
    }
    if let emission = input.emission {
      decoding.within("emission") { inner in
        if let series = inner.series(emission, [.emission], fuel: place.heatingValue) {
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
        if let series = inner.series(emission, [.emission], fuel: place.heatingValue) {
          market.marginalEmission = PathSeries(series.values, escalation: series.escalation)
        }
      }
    }
    if let pollutants = input.pollutants {
      decoding.within("pollutants") { inner in
        if place.kind == "fuel" {
          inner.error(
            "'\(entry.key)' sells a fuel, whose pollutants form where it is burnt.",
            advice: "Say them at the carrier '\(place.carrier)', or at the machine that burns it.", at: pollutants.mark)
          return
        }
        market.pollutants = inner.pollutants(pollutants, MarketInput.pollutants) { node, deeper in
          deeper.series(node, [.pollution], in: .notNegative, fuel: place.heatingValue).map {
            PathSeries($0.values, escalation: $0.escalation)
          }
        }
      }
    }
    if let charge = input.demandCharge {
      decoding.within("demand_charge") { inner in
        market.demandCharges = (charge.items ?? [charge]).compactMap { readDemandCharge($0, &inner) }
      }
    }
    if market.buy == nil && market.sell == nil && !decoding.hasErrors {
      decoding.warning(
        "The market '\(entry.key)' neither sells nor buys.", advice: "Give it 'buy' or 'sell'.", at: entry.mark)
    }
    return market
  }

  private func readDemandCharge(_ node: Node, _ decoding: inout Decoding) -> Market.DemandCharge? {
    var input = DemandChargeInput()
    decoding.read(DemandChargeInput.table, node, into: &input)
    guard let rateNode = input.rate, let rate = decoding.within("rate", { $0.amount(rateNode, [.demandRate]) }) else {
      return nil
    }
    if rate.value < 0 { decoding.error("'rate' is below nought.", at: rateNode.mark) }
    var charge = Market.DemandCharge(rate: rate.value)
    charge.escalation = rate.escalation
    charge.minimum = input.minimum
    charge.ratchet = input.ratchet
    if let interval = input.interval, interval < decoding.horizon.stepHours {
      decoding.within("interval") {
        $0.assume(
          "\(Node.short(node["interval"]?.text ?? "")) read as one step",
          source: "means over a step hide the peaks within it", kind: "relaxation")
      }
    }
    if input.hours != nil || input.days != nil || input.months != nil {
      guard
        let filter = decoding.calendarFilter(hours: input.hours, days: input.days, months: input.months, at: node.mark)
      else {
        return nil
      }
      let calendar = decoding.calendar
      charge.steps = decoding.horizon.civilMoments.map { filter.contains($0, calendar) }
    }
    return charge
  }
}
