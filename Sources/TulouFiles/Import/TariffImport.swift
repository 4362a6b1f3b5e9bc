import TulouDocument
import TulouQuantities
import TulouReport

/// A tariff of the OpenEI Utility Rate Database (URDB, version 3 of its JSON) in the words of a Tulou market.
package struct TariffImport: Sendable {
  /// The block under `markets`, as YAML.
  package var market: String
  /// Keys of the file that are not carried over, by name, and why.
  package var left: [String]
  /// What was assumed.
  package var notes: [String]

  /// Whether a JSON object is such a tariff, alone or as the only item of a query's answer.
  static func isTariff(_ root: JSON) -> Bool { rates(root) != nil }

  private static func rates(_ root: JSON) -> JSON? {
    if root["energyratestructure"] != nil || root["flatdemandstructure"] != nil || root["demandratestructure"] != nil {
      return root
    }
    guard let items = root["items"]?.values, items.count == 1 else { return nil }
    return rates(items[0])
  }

  /// - Throws: a structure that contradicts itself.
  static func read(_ root: JSON, currency: String = "USD") throws(ProjectFault) -> TariffImport {
    guard let rates = rates(root) else {
      throw ProjectFault([Diagnostic(.error, "The JSON holds no tariff: 'energyratestructure' is missing.")])
    }
    var reader = Reader(rates: rates, currency: currency)
    return try reader.read()
  }

  /// One price of a tier.
  private struct Tier {
    var price: Double, sell: Double?, most: Double?, unit: String
  }

  private struct Reader {
    let rates: JSON
    let currency: String
    var left: [String] = []
    var notes: [String] = []
    var used: Set<String> = []

    init(rates: JSON, currency: String) {
      self.rates = rates
      self.currency = currency
    }

    mutating func read() throws(ProjectFault) -> TariffImport {
      var lines: [String] = []
      let energy = try structure("energyratestructure")
      let sells = energy.contains { $0.contains { ($0.sell ?? 0) != 0 } }
      if !energy.isEmpty {
        lines += try price("buy", sells: false)
        if sells { lines += try price("sell", sells: true) }
      }
      let charges = try self.charges()
      if !charges.isEmpty { lines += ["demand_charge:"] + charges.map { "  - {\($0)}" } }
      fixed(&lines)
      let rule = text("dgrules") ?? ""
      if rule.lowercased().contains("net metering") {
        lines.append("net_metering: {period: month, surplus: carried}")
        notes.append(
          "dgrules '\(rule)': net metering by the month, what is left over is carried on; say 'true_up' for what is paid for it at the end of the year"
        )
      } else if !rule.isEmpty {
        notes.append(
          "dgrules '\(rule)': sales of each hour are paid at 'sell'"
            + (sells ? "" : "; the file has no price of sale, so nothing is sold"))
      }
      used.insert("dgrules")
      let silent: Set<String> = [
        "label", "name", "utility", "uri", "source", "sourceparent", "startdate", "enddate", "sector", "servicetype",
        "country",
        "approved", "eiaid", "description", "revisions", "demandunits", "flatdemandunit", "demandrateunit",
        "energycomments",
        "demandcomments", "basicinformationcomments", "supersedes", "is_default", "latest_update", "version",
      ]
      for (key, value) in rates.fields ?? [] where !used.contains(key) && !silent.contains(key) {
        left.append("\(key)" + (value.text.map { " ('\(Node.short($0))')" } ?? ""))
      }
      return TariffImport(market: lines.joined(separator: "\n"), left: left, notes: notes)
    }

    private mutating func text(_ key: String) -> String? {
      used.insert(key)
      return rates[key]?.text
    }
    private mutating func number(_ key: String) -> Double? {
      used.insert(key)
      return rates[key]?.number
    }

    private mutating func structure(_ key: String) throws(ProjectFault) -> [[Tier]] {
      used.insert(key)
      var periods: [[Tier]] = []
      for (p, period) in (rates[key]?.values ?? []).enumerated() {
        var tiers: [Tier] = []
        let all = period.values ?? []
        for (t, tier) in all.enumerated() {
          func amount(_ name: String) throws(ProjectFault) -> Double? {
            switch tier[name] {
            case nil, .null?: return nil
            case let value?:
              if let number = value.number ?? value.text.flatMap(Double.init), number.isFinite { return number }
              throw fault(
                "'\(name)' of tier \(t + 1) in period \(p) of '\(key)' is no number"
                  + (value.text.map { ": '\(Node.short($0))'." } ?? "."), "Write the number alone, in dollars.")
            }
          }
          let most = try amount("max")
          if most == nil, t < all.count - 1 {
            throw fault(
              "Tier \(t + 1) in period \(p) of '\(key)' has no 'max', and is not the last.",
              "Only the last tier goes on without end; complete the file.")
          }
          tiers.append(
            Tier(
              price: (try amount("rate") ?? 0) + (try amount("adj") ?? 0), sell: try amount("sell"), most: most,
              unit: tier["unit"]?.text ?? ""))
        }
        periods.append(tiers)
      }
      return periods
    }

    private func fault(_ message: String, _ advice: String) -> ProjectFault {
      ProjectFault([Diagnostic(.error, message, advice: advice)])
    }

    /// What one unit of power of a structure's rates is in kW; told where it is another, refused where it is none.
    private mutating func kilowatts(_ keys: [String], of structure: String) throws(ProjectFault) -> Double {
      for key in keys {
        guard let unit = text(key), !unit.isEmpty, unit.lowercased() != "kw" else { continue }
        switch unit.lowercased() {
        case "hp":
          notes.append("\(key) 'hp': rates of '\(structure)' are turned into rates per kW (1 hp is 0.7457 kW)")
          return 0.745_699_87
        case "kva":
          notes.append(
            "\(key) 'kVA': rates of '\(structure)' are taken per kW, which is right at a power factor of 1; divide them by yours"
          )
          return 1
        default:
          throw fault(
            "Rates of '\(structure)' are per '\(Node.short(unit))' (\(key)), which Tulou's charges by the month do not count.",
            "Write the charge by hand: 'demand_charge' counts the highest kW of a month.")
        }
      }
      return 1
    }

    private mutating func schedule(_ key: String, of count: Int) throws(ProjectFault) -> [[Int]]? {
      used.insert(key)
      guard let months = rates[key]?.values else { return nil }
      let table = months.map { ($0.values ?? []).compactMap { $0.number.map { Int(saturating: $0) } } }
      guard table.count == 12, table.allSatisfy({ $0.count == 24 && $0.allSatisfy { (0..<count).contains($0) } }) else {
        throw ProjectFault([
          Diagnostic(
            .error, "'\(key)' is not twelve months of 24 hours that name one of \(count) periods.",
            advice: "Correct the file; hours are from 0 to 23 of the clock.")
        ])
      }
      return table
    }

    private mutating func price(_ key: String, sells: Bool) throws(ProjectFault) -> [String] {
      let periods = try structure("energyratestructure")
      let units = Set(periods.filter { $0.count > 1 }.flatMap { $0.map(\.unit) }).subtracting(["", "kWh"])
      let isDaily = units == ["kWh daily"]
      if !isDaily, let odd = units.sorted().first {
        throw ProjectFault([
          Diagnostic(
            .error, "Tiers of 'energyratestructure' count '\(odd)', which Tulou's tiers do not.",
            advice: odd == "kWh/kW"
              ? "Tiers of Tulou count kWh of the month; limits that grow with the month's peak have no words here."
              : "Tiers of Tulou count kWh of the month, all alike.")
        ])
      }
      let currency = currency
      func words(_ tiers: [Tier], days: Double = 1) -> String {
        if sells { return "price: \((tiers.first?.sell ?? 0).plain) \(currency)/kWh" }
        if tiers.count == 1 { return "price: \(tiers[0].price.plain) \(currency)/kWh" }
        let list = tiers.enumerated().map { i, tier in
          "{" + (i < tiers.count - 1 ? tier.most.map { "up_to: \(($0 * days).plain) kWh, " } ?? "" : "")
            + "price: \(tier.price.plain) \(currency)/kWh}"
        }
        return "tiers: [" + list.joined(separator: ", ") + "]"
      }
      if isDaily, !sells { return try daily(periods) { words($0, days: $1) } }
      if periods.count == 1 {
        _ = try schedule("energyweekdayschedule", of: 1)
        _ = try schedule("energyweekendschedule", of: 1)
        let only = words(periods[0])
        return ["\(key): " + (only.hasPrefix("price: ") ? String(only.dropFirst(7)) : "{\(only)}")]
      }
      guard let weekday = try schedule("energyweekdayschedule", of: periods.count),
        let weekend = try schedule("energyweekendschedule", of: periods.count)
      else { throw noSchedule(periods.count) }
      let rest = TariffImport.commonest(weekday + weekend)
      var lines = ["\(key):", "  bands:"]
      for (i, time) in TariffImport.times(weekday, weekend, rest: rest).enumerated() {
        lines.append("    band\(i + 1): {\(words(periods[time.period])), \(time.words)}")
      }
      lines.append("    others: {\(words(periods[rest])), hours: rest}")
      return lines
    }

    /// Tiers of so many kWh a day: bands of months of 31, 30 and 28 days, each with tiers of its own.
    private mutating func daily(
      _ periods: [[Tier]], _ words: ([Tier], Double) -> String
    ) throws(ProjectFault) -> [String] {
      let always = [[Int]](repeating: [Int](repeating: 0, count: 24), count: 12)
      var weekday = always, weekend = always
      if periods.count > 1 {
        guard let own = try schedule("energyweekdayschedule", of: periods.count),
          let free = try schedule("energyweekendschedule", of: periods.count)
        else { throw noSchedule(periods.count) }
        (weekday, weekend) = (own, free)
      } else {
        used.formUnion(["energyweekdayschedule", "energyweekendschedule"])
      }
      notes.append(
        "tiers of kWh a day are those of the month: times 31, 30 or 28 days (February of a leap year has 29)")
      var lines = ["buy:", "  bands:"]
      var count = 0
      for (days, months) in [(31, [1, 3, 5, 7, 8, 10, 12]), (30, [4, 6, 9, 11]), (28, [2])] {
        // Months of other lengths are left to their own bands.
        func only(_ schedule: [[Int]]) -> [[Int]] {
          schedule.enumerated().map { months.contains($0.offset + 1) ? $0.element : [] }
        }
        for time in TariffImport.times(only(weekday), only(weekend), rest: nil) {
          count += 1
          lines.append("    band\(count): {\(words(periods[time.period], Double(days))), \(time.words)}")
        }
      }
      return lines
    }

    private func noSchedule(_ count: Int) -> ProjectFault {
      ProjectFault([
        Diagnostic(
          .error,
          "The tariff has \(count) periods of energy, but no 'energyweekdayschedule' and 'energyweekendschedule'.",
          advice: "Complete the file: twelve months of 24 hours each.")
      ])
    }

    private mutating func charges() throws(ProjectFault) -> [String] {
      var charges: [String] = []
      let flat = try structure("flatdemandstructure")
      used.insert("flatdemandmonths")
      let months = (rates["flatdemandmonths"]?.values ?? []).compactMap { $0.number.map { Int(saturating: $0) } }
      let share = number("lookbackPercent") ?? number("lookbackpercent") ?? 0
      let range = number("lookbackRange") ?? number("lookbackrange")
      used.insert("lookbackMonths")
      if share <= 0, (range ?? 0) > 0 { left.append("lookbackRange (there is no lookbackPercent)") }
      let own = (rates["lookbackMonths"] ?? rates["lookbackmonths"])?.values
      if !flat.isEmpty, flat.contains(where: { $0.contains { $0.price != 0 } }) {
        guard months.count == 12, months.allSatisfy({ flat.indices.contains($0) && !flat[$0].isEmpty }) else {
          throw fault(
            "'flatdemandmonths' does not name one of \(flat.count) periods of 'flatdemandstructure' for each of twelve months.",
            "Complete the file: twelve numbers, the first period is 0.")
        }
        let kilowatts = try kilowatts(["flatdemandunit"], of: "flatdemandstructure")
        var terms = ""
        if share > 0 {
          terms = ", ratchet: \((100 * share).plain) %"
          if let range { terms += ", look_back: \(Int(saturating: range))" }
          if let own {
            let named = (1...12).filter { $0 <= own.count && own[$0 - 1].number == 1 }
            if !named.isEmpty { terms += ", ratchet_months: \(named)" }
            // A ratchet that looks at no month is none.
            if named.isEmpty, range == nil { terms = "" }
          }
        }
        if months.contains(where: { flat[$0].count > 1 }) {
          // A charge for each season: peaks that a ratchet looks at are those of all months.
          for season in Set(months).sorted() {
            let own = months.indices.filter { months[$0] == season }.map { $0 + 1 }
            charges.append(powers(flat[season], kilowatts) + (own.count == 12 ? "" : ", months: \(own)") + terms)
          }
        } else {
          charges.append(
            "monthly_rate: {values: [\(months.map { (flat[$0][0].price / kilowatts).plain }.joined(separator: ", "))], unit: \(currency)/kW/month}"
              + terms)
        }
      }
      let periods = try structure("demandratestructure")
      guard periods.contains(where: { $0.contains { $0.price != 0 } }) else {
        used.formUnion(["demandweekdayschedule", "demandweekendschedule"])
        return charges
      }
      guard let weekday = try schedule("demandweekdayschedule", of: periods.count),
        let weekend = try schedule("demandweekendschedule", of: periods.count)
      else {
        throw fault(
          "'demandratestructure' has rates, but 'demandweekdayschedule' and 'demandweekendschedule' are not there.",
          "Complete the file: twelve months of 24 hours each.")
      }
      let kilowatts = try kilowatts(["demandrateunit", "demandunits"], of: "demandratestructure")
      for (period, months, times) in TariffImport.measured(weekday, weekend)
      where periods[period].contains(where: { $0.price > 0 }) {
        let own = months.count == 12 ? "" : ", months: \(months)"
        charges.append(powers(periods[period], kilowatts) + own + (times.isEmpty ? "" : ", \(times)"))
      }
      return charges
    }

    /// The rate of power, or its tiers.
    private func powers(_ tiers: [Tier], _ kilowatts: Double) -> String {
      if tiers.count == 1 { return "rate: \((tiers[0].price / kilowatts).plain) \(currency)/kW/month" }
      let list = tiers.enumerated().map { i, tier in
        "{" + (i < tiers.count - 1 ? tier.most.map { "up_to: \(($0 * kilowatts).plain) kW, " } ?? "" : "")
          + "rate: \((tier.price / kilowatts).plain) \(currency)/kW/month}"
      }
      return "tiers: [" + list.joined(separator: ", ") + "]"
    }

    /// Charges of each month and of each day.
    private mutating func fixed(_ lines: inout [String]) {
      if let charge = number("fixedchargefirstmeter"), charge > 0 {
        let unit = text("fixedchargeunits") ?? "$/month"
        lines.append(
          "fixed_charge: \(charge.plain) \(currency)/"
            + (unit.contains("day") ? "d" : unit.contains("year") ? "y" : "month"))
      }
      used.insert("fixedchargeunits")
      if let old = number("fixedmonthlycharge"), old > 0 {
        lines.append("fixed_charge: \(old.plain) \(currency)/month")
      }
      if let least = number("mincharge"), least > 0 {
        let unit = text("minchargeunits") ?? "$/month"
        lines.append(
          "minimum_charge: \(least.plain) \(currency)/"
            + (unit.contains("day") ? "d" : unit.contains("year") ? "y" : "month"))
      }
      used.insert("minchargeunits")
      if let least = number("minmonthlycharge"), least > 0 {
        lines.append("minimum_charge: \(least.plain) \(currency)/month")
      }
    }
  }

  private static func commonest(_ schedule: [[Int]]) -> Int {
    var counts: [Int: Int] = [:]
    for period in schedule.flatMap(\.self) { counts[period, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }

  /// Hours of each period by months and kind of day, but for one that takes the rest.
  private static func times(_ weekday: [[Int]], _ weekend: [[Int]], rest: Int?) -> [(period: Int, words: String)] {
    var found: [(period: Int, words: String)] = []
    for (schedule, days) in [
      (weekday, "[monday, tuesday, wednesday, thursday, friday]"), (weekend, "[saturday, sunday]"),
    ] {
      var months: [String: [Int]] = [:]
      var periods: [String: Int] = [:]
      for (m, hours) in schedule.enumerated() {
        for period in Set(hours) where period != rest {
          let key = "\(period) [" + spans(hours, period).map { "\"\($0)\"" }.joined(separator: ", ") + "]"
          months[key, default: []].append(m + 1)
          periods[key] = period
        }
      }
      for (key, own) in months.sorted(by: { $0.key < $1.key }) {
        found.append((periods[key] ?? 0, "months: \(own), days: \(days), hours: \(key.drop { $0 != "[" })"))
      }
    }
    return found.sorted { $0.period < $1.period }
  }

  /// Times in which each period's highest power counts, by months in which they are the same: one charge for each, so that a
  /// period of workdays and weekends is paid once.
  private static func measured(
    _ weekday: [[Int]], _ weekend: [[Int]]
  ) -> [(period: Int, months: [Int], times: String)] {
    let workdays = "[monday, tuesday, wednesday, thursday, friday]", free = "[saturday, sunday]"
    var found: [(period: Int, months: [Int], times: String)] = []
    for month in 0..<12 {
      for period in Set(weekday[month] + weekend[month]).sorted() {
        func hours(_ schedule: [[Int]]) -> String {
          "[" + spans(schedule[month], period).map { "\"\($0)\"" }.joined(separator: ", ") + "]"
        }
        let (own, others) = (hours(weekday), hours(weekend))
        let times =
          if own == others { own == "[\"00:00-24:00\"]" ? "" : "hours: \(own)" } else if others == "[]" {
            "days: \(workdays), hours: \(own)"
          } else if own == "[]" { "days: \(free), hours: \(others)" } else {
            "times: [{days: \(workdays), hours: \(own)}, {days: \(free), hours: \(others)}]"
          }
        if let i = found.firstIndex(where: { $0.period == period && $0.times == times }) {
          found[i].months.append(month + 1)
        } else {
          found.append((period, [month + 1], times))
        }
      }
    }
    return found.sorted { ($0.period, $0.months[0]) < ($1.period, $1.months[0]) }
  }

  /// Hours of a day in which a period holds, as spans: `08:00-21:00`.
  private static func spans(_ hours: [Int], _ period: Int) -> [String] {
    func clock(_ hour: Int) -> String { (hour < 10 ? "0" : "") + "\(hour):00" }
    var spans: [String] = []
    var start: Int?
    for hour in 0...24 {
      let holds = hour < hours.count && hours[hour] == period
      if holds, start == nil { start = hour }
      if !holds, let from = start {
        spans.append("\(clock(from))-\(clock(hour))")
        start = nil
      }
    }
    return spans
  }
}
