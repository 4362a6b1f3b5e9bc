import TulouDocument
import TulouFinance
import TulouQuantities
import TulouTechnologies

struct EconomyInput: Sendable {
  var currency = "USD"
  var exchange: Node?
  var economy = Economy()
  var real: Double?
  var nominal: Double?
  var inflation: Double?
  var salvage = "linear"
  var priceYear: Int?
  var carbonPrice: Node?
  var carbonPriceOn: Node?
  var pollutantPrices: Node?
  var lifetime = 25.0

  static let rate = Bounds(-0.5, 1, "between -50 % and 100 %")
  static let pollutantPrices = Pollutant.table(
    "pollutant prices", .number([.pricePerMass]), "per mass, with 'escalation' if the price grows")

  static let table = FieldTable<EconomyInput>(
    "an economy",
    reserved: ["finance": "loans and taxes"],
    [
      Field("currency", .text, .required, "ISO code of the currency.") { input, node, decoding in
        guard let code = decoding.text(node) else { return }
        if Currencies.codes.contains(code) {
          input.currency = code
        } else {
          decoding.error(
            "'\(Node.short(code))' is not the code of a currency.",
            advice: nearestName(to: code, among: Currencies.codes.sorted(), within: 1).map { "Did you mean '\($0)'?" }
              ?? "Codes are those of ISO 4217, such as 'CNY'.", at: node.mark)
        }
      },
      .integer("price_year", \.priceYear, in: 1900...2200, "Year whose prices are meant."),
      .node("exchange", \.exchange, .map(.text), "Worth of other currencies, such as 'EUR: 7.8 CNY/EUR'."),
      Field("real_discount_rate", .number([.share]), "Real yearly discount rate.") {
        $0.real = $2.number($1, .share, in: rate)
      },
      Field("nominal_discount_rate", .number([.share]), "Nominal yearly discount rate, with 'inflation'.") {
        $0.nominal = $2.number($1, .share, in: rate)
      },
      Field("inflation", .number([.share]), "Yearly inflation.") { $0.inflation = $2.number($1, .share, in: rate) },
      .number(
        "lifetime", \.lifetime, .years, .value("25 y", source: "Tulou's convention"),
        in: Bounds(1, 200, "between 1 y and 200 y"), "Lifetime of the project."),
      .choice(
        "salvage", \.salvage, ["linear", "none", "annuity"], .value("linear", source: "Tulou's convention"),
        "Salvage value at the end."),
      .node(
        "carbon_price", \.carbonPrice, .either([.number([.pricePerMass]), .table("carbon price")]),
        "Price of emission, with 'escalation' if it grows, or its path over the years."),
      .node(
        "carbon_price_on", \.carbonPriceOn, .list(.choice(["fuel", "grid"])), "Who pays it; left out: fuel and grid."),
      .node(
        "pollutant_prices", \.pollutantPrices, .table("pollutant prices"),
        "Prices of pollutants, paid on fuel burnt and energy bought."),
    ])
}

extension ProjectDecoder {
  mutating func readEconomy(_ node: Node, _ decoding: inout Decoding) -> Economy? {
    decoding.within("economy") { inner in
      // The currency has to be known before any money is read.
      if let code = node["currency"]?.text, Currencies.codes.contains(code) { inner.currency = code }
      var input = EconomyInput()
      inner.read(EconomyInput.table, node, into: &input)
      inner.currency = input.currency
      if let exchange = input.exchange { inner.within("exchange") { $0.readExchange(exchange) } }
      var economy = Economy()
      economy.currency = input.currency
      economy.exchange = inner.exchange
      economy.priceYear = input.priceYear
      economy.lifetime = input.lifetime
      economy.salvage = Salvage(rawValue: input.salvage) ?? .linear
      switch (input.real, input.nominal) {
      case (let real?, nil):
        economy.realDiscountRate = real
        if input.inflation != nil {
          inner.error(
            "'inflation' belongs to 'nominal_discount_rate'; a real rate has none.",
            at: (node["inflation"] ?? node).mark)
        }
      case (nil, let nominal?):
        guard let inflation = input.inflation else {
          inner.error("'nominal_discount_rate' needs 'inflation'.", at: node.mark)
          return economy
        }
        economy.realDiscountRate = (nominal - inflation) / (1 + inflation)
        economy.inflation = inflation
      case (nil, nil):
        inner.error(
          "An economy needs 'real_discount_rate', or 'nominal_discount_rate' with 'inflation'.", at: node.mark)
      default: inner.error("An economy has a real discount rate or a nominal one, not both.", at: node.mark)
      }
      if let price = input.carbonPrice {
        inner.within("carbon_price") { deeper in
          if price["path"] != nil {
            deeper.readPath(price, into: &economy)
          } else if let amount = deeper.amount(price, [.pricePerMass]) {
            economy.carbonPrice = YearPath(amount.value, escalation: amount.escalation)
            if amount.value < 0 { deeper.error("'carbon_price' is below zero.", at: price.mark) }
          }
        }
      }
      if input.carbonPrice != nil {
        inner.assume("carbon_price_on", "fuel and grid", in: node)
      } else {
        inner.idle(["carbon_price_on"], of: node, because: "there is no carbon price")
      }
      if let on = input.carbonPriceOn {
        inner.within("carbon_price_on") { deeper in
          let words = (on.items ?? [on]).compactMap { deeper.choice($0, ["fuel", "grid"]) }
          economy.carbonPriceOnFuel = words.contains("fuel")
          economy.carbonPriceOnGrid = words.contains("grid")
        }
      }
      if let prices = input.pollutantPrices {
        inner.within("pollutant_prices") { deeper in
          economy.pollutantPrices = deeper.pollutants(prices, EconomyInput.pollutantPrices) { node, deepest in
            guard let amount = deepest.amount(node, [.pricePerMass]) else { return nil }
            if amount.value < 0 { deepest.error("'\(deepest.key)' is below zero.", at: node.mark) }
            return YearPath(amount.value, escalation: amount.escalation)
          }
        }
      }
      return economy
    }
  }
}

extension Decoding {
  /// `EUR: 7.8 CNY/EUR`: units of the project's currency per unit of the other.
  mutating func readExchange(_ node: Node) {
    for entry in node.entries ?? [] {
      within(entry.key) { inner in
        guard Currencies.codes.contains(entry.key) else {
          inner.error("'\(Node.short(entry.key))' is not the code of a currency.", at: entry.mark)
          return
        }
        guard let quantity = inner.quantity(entry.value, takes: "a rate such as '7.8 \(inner.currency)/\(entry.key)'")
        else { return }
        let wanted = [Unit.Currency(code: inner.currency, power: 1), Unit.Currency(code: entry.key, power: -1)]
        guard quantity.unit.currencies == wanted, quantity.number > 0 else {
          inner.error(
            "'\(Node.short(quantity.text))' is not an exchange rate of \(entry.key).",
            advice: "Write it as '7.8 \(inner.currency)/\(entry.key)'.", at: entry.value.mark)
          return
        }
        inner.exchange[entry.key] = quantity.number * quantity.unit.numerator / quantity.unit.denominator
      }
    }
    if node.entries == nil { error("'exchange' takes a mapping, not \(node.kindName).", at: node.mark) }
  }
}
