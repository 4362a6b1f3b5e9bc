import TulouQuantities

/// The columns of a block by the names, numbers and units that its heads give them.
struct ColumnNames {
  let layout: TableLayout
  let block: TableLayout.Block

  /// Texts of the heads of a column, from the top.
  func texts(_ column: Int) -> [String] { block.heads.map { $0.text(column) }.filter { !$0.isEmpty } }

  /// The name to write in a project: the first head that no other column has, else its number.
  func name(_ column: Int) -> String {
    let all = 0..<max(layout.width, 1)
    for head in block.heads {
      let text = head.text(column)
      guard !text.isEmpty, block.heads.count == 1 || unit(in: text) != text else { continue }
      if all.filter({ head.text($0) == text }).count == 1 { return text }
    }
    return "\(column + 1)"
  }

  /// Columns that a name means: a head, whole or without its unit; else the number of a column.
  func columns(named name: String, among candidates: [Int]) -> [Int] {
    let wanted = ColumnNames.plain(name)
    for match in [
      { (head: String) in head == name }, { ColumnNames.plain($0) == wanted },
      { ColumnNames.plain(ColumnNames.withoutUnit($0)) == wanted },
    ] {
      let found = candidates.filter { texts($0).contains(where: match) || match(texts($0).joined(separator: " | ")) }
      if !found.isEmpty { return found }
    }
    return Int(name).map { number in candidates.filter { $0 + 1 == number } } ?? []
  }

  private static func plain(_ text: String) -> String {
    text.lowercased().split { $0.isWhitespace || $0 == "_" }.joined(separator: " ")
  }

  private static func withoutUnit(_ text: String) -> String {
    String(text.prefix { $0 != "[" && $0 != "(" })
  }

  /// The unit that a text states in brackets, alone, or as its last word; nil: none.
  func unit(in text: String) -> String? { ColumnNames.unit(in: text) }

  static func unit(in text: String) -> String? {
    for (open, close) in [("[", "]"), ("(", ")")] as [(Character, Character)] {
      var rest = text[...]
      while let a = rest.firstIndex(of: open), let b = rest[a...].firstIndex(of: close) {
        if let unit = known(String(rest[rest.index(after: a)..<b])) { return unit }
        rest = rest[rest.index(after: b)...]
      }
    }
    if text.lowercased().contains("kilowatt-hours") { return "kWh" }
    if let unit = known(text) { return unit }
    let words = text.split { $0 == " " || $0 == "_" || $0 == "," || $0 == "|" }
    // power_w, load_W
    if words.count > 1, words.last?.lowercased() == "w", text.dropLast().last == "_",
      words.dropLast().contains(where: { powerWords.contains($0.lowercased()) })
    {
      return "W"
    }
    guard words.count > 1, let last = words.last, last.count >= 2 else { return nil }
    // `w_per_kw` is a rate: its last word alone is not its unit.
    if words.dropLast().last?.lowercased() == "per" { return nil }
    return known(String(last), isCareful: true)
  }

  /// A unit of power, energy, radiation, price, temperature or speed, as Tulou writes it; nil: none that is certain.
  static func known(_ text: String, isCareful: Bool = false) -> String? {
    let word = text.trimmingSpaces
    let lower = word.lowercased()
    if let unit = names[lower] { return unit }
    if isCareful { return nil }
    for (mark, unit) in [
      ("\u{20AC}/mwh", "EUR/MWh"), ("\u{20AC}/kwh", "EUR/kWh"), ("eur/mwh", "EUR/MWh"), ("eur/kwh", "EUR/kWh"),
      ("usd/mwh", "USD/MWh"), ("usd/kwh", "USD/kWh"), ("$/mwh", "USD/MWh"), ("$/kwh", "USD/kWh"),
      ("gbp/mwh", "GBP/MWh"), ("\u{A3}/mwh", "GBP/MWh"),
    ] where lower == mark {
      return unit
    }
    return single[word]
  }

  private static let powerWords: Set<String> = [
    "power", "load", "p", "demand", "consumption", "production", "generation",
  ]
  private static let names = [
    "wh": "Wh", "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "kw": "kW", "mw": "MW", "gw": "GW", "kilowatt": "kW",
    "megawatt": "MW",
    "kilowatt-hours": "kWh", "w/m2": "W/m2", "w/m\u{B2}": "W/m2", "w/m^2": "W/m2", "kw/m2": "kW/m2", "wh/m2": "Wh/m2",
    "wh/m^2": "Wh/m2", "wh/m\u{B2}": "Wh/m2", "kwh/m2": "kWh/m2", "m/s": "m/s", "km/h": "km/h", "degc": "degC",
    "\u{B0}c": "degC", "kilowatts": "kW", "kj": "kJ", "mj": "MJ", "gj": "GJ",
    // Watt and watt-hours in Cyrillic and Chinese.
    "\u{43A}\u{432}\u{442}": "kW", "\u{43C}\u{432}\u{442}": "MW", "\u{43A}\u{432}\u{442}\u{447}": "kWh",
    "\u{43A}\u{432}\u{442}\u{B7}\u{447}": "kWh", "\u{43A}\u{432}\u{442}*\u{447}": "kWh",
    "\u{43C}\u{432}\u{442}\u{447}": "MWh", "\u{43C}\u{432}\u{442}\u{B7}\u{447}": "MWh",
    "\u{5343}\u{74E6}": "kW", "\u{5343}\u{74E6}\u{65F6}": "kWh", "\u{5343}\u{74E6}\u{6642}": "kWh",
    "\u{5146}\u{74E6}": "MW", "\u{5146}\u{74E6}\u{65F6}": "MWh",
  ]
  private static let single = ["W": "W", "C": "degC", "K": "K", "J/m2": "J/m2", "%": "%", "J": "J"]
}

extension String {
  /// Without blanks around it.
  var trimmingSpaces: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
