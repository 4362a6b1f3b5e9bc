import TulouDocument
import TulouQuantities
import TulouSharing

/// Plain numbers, lists and words of a question, each told where it is missing or no number.
struct LawNumbers {
  var numbers: [String: Double] = [:]
  var lists: [String: [Double]] = [:]
  var tables: [String: [[Double]]] = [:]
  var flags: [String: Bool] = [:]
  var texts: [String: String] = [:]
  var words: [String: [String]] = [:]
  var days: [String: [Int]] = [:]
  /// Whether every number is there and within its range.
  private(set) var isSound = true

  /// A number; zero where it may be left out and is.
  subscript(name: String) -> Double { numbers[name] ?? 0 }

  init(
    _ node: Node, _ decoding: inout Decoding, _ needed: [String], optional: [String] = [], lists: [String] = [],
    optionalLists: [String] = [], tables: [String] = [], flags: [String] = [], texts: [String] = [],
    words: [String] = [], days: [String] = [], isWhole: Bool = false
  ) {
    let before = decoding.diagnostics.count
    defer { isSound = decoding.diagnostics[before...].allSatisfy { $0.severity != .error } }
    guard let entries = node.entries else {
      decoding.error("'\(decoding.key)' takes a mapping, not \(node.kindName).", at: node.mark)
      return
    }
    let known = needed + optional + lists + optionalLists + tables + flags + texts + words + days
    for entry in entries {
      decoding.within(entry.key) { inner in
        let key = entry.key
        if needed.contains(key) || optional.contains(key) {
          numbers[key] = Self.number(entry.value, key, isWhole, &inner)
        } else if lists.contains(key) || optionalLists.contains(key) {
          self.lists[key] = Self.numbers(entry.value, key, isWhole, &inner)
        } else if tables.contains(key) {
          guard let rows = entry.value.items, !rows.isEmpty else {
            inner.error("'\(key)' takes a list of lists of numbers, not \(entry.value.kindName).", at: entry.value.mark)
            return
          }
          self.tables[key] = rows.compactMap { Self.numbers($0, key, isWhole, &inner) }
        } else if flags.contains(key) {
          self.flags[key] = inner.flag(entry.value)
        } else if texts.contains(key) {
          self.texts[key] = inner.text(entry.value)
        } else if words.contains(key) {
          self.words[key] = inner.texts(entry.value)
        } else if days.contains(key) {
          self.days[key] = inner.date(entry.value).map { [$0.year, $0.month, $0.day] }
        } else {
          inner.unknown(entry, among: known, in: "this question")
        }
      }
    }
    for key in needed + lists + tables + days where node[key] == nil {
      decoding.within(key) { $0.error("The question needs '\(key)'.", at: node.mark) }
    }
  }

  /// What a number of each key may be. Amounts of energy are below 10^15 in any unit, powers below 10^9 kW, prices below 10^6 a kWh.
  private static let ranges: [String: Bounds] = {
    let price = Bounds(0, 1e6, "0 or more and at most 1000000")
    let anyPrice = Bounds(-1e6, 1e6, "between -1000000 and 1000000")
    let power = Bounds(0, 1e9, "0 or more and at most 1000000000 kW")
    return [
      "power": power, "connection": Bounds(0, 1e9, aboveLow: true, "above 0 and at most 1000000000 kW"),
      "price": price, "agreed": price, "charges": price, "supplier": anyPrice, "zone_price": anyPrice,
      "level": Bounds(1, 9, "a level of the grid from 1 to 9"), "year": Bounds(1900, 2300, "a year from 1900 to 2300"),
      "unit": Bounds(0, 1e15, aboveLow: true, "above 0 and at most 10^15"),
      "weight_unit": Bounds(1, 1e15, "1 or more and at most 10^15"),
    ]
  }()

  /// What every amount may be.
  private static let amount = Bounds(0, 1e15, "0 or more and at most 10^15")
  /// Keys that take whole numbers wherever they stand.
  private static let whole: Set<String> = ["level", "year"]

  private static func number(_ node: Node, _ key: String, _ isWhole: Bool, _ decoding: inout Decoding) -> Double? {
    guard let value = decoding.plainNumber(node) else { return nil }
    let range = ranges[key] ?? amount
    guard range.contains(value) else {
      decoding.error("'\(key)' is \(Node.short(node.text ?? "")), but has to be \(range.words).", at: node.mark)
      return nil
    }
    guard value == value.rounded() || !(isWhole || whole.contains(key)) else {
      decoding.error("'\(key)' is \(Node.short(node.text ?? "")), but has to be a whole number.", at: node.mark)
      return nil
    }
    return value
  }

  private static func numbers(_ node: Node, _ key: String, _ isWhole: Bool, _ decoding: inout Decoding) -> [Double]? {
    guard let items = node.items, !items.isEmpty else {
      decoding.error("'\(key)' takes a list of numbers, not \(node.kindName).", at: node.mark)
      return nil
    }
    let numbers = items.compactMap { number($0, key, isWhole, &decoding) }
    return numbers.count == items.count ? numbers : nil
  }

  /// Whether one number is at most another of which it is a part; else an error.
  func keeps(_ part: String, within all: String, _ node: Node, _ decoding: inout Decoding) -> Bool {
    guard self[part] > self[all] * (1 + 1e-9) else { return true }
    decoding.within(part) {
      $0.error(
        "'\(part)' is \(shortNumber(self[part])); expected at most '\(all)', which is \(shortNumber(self[all])).",
        at: (node[part] ?? node).mark)
    }
    return false
  }
}

extension LawRecord {
  /// Whether the law's premium knows the place of solar plant; else an error, as in a project.
  static func pays(_ law: Law, _ n: LawNumbers, _ node: Node, _ decoding: inout Decoding) -> Bool {
    let zone = n.texts["zone"] ?? ""
    guard !law.corrections.isEmpty, law.corrections[zone] == nil, n.flags["solar"] ?? true || !zone.isEmpty else {
      return true
    }
    decoding.within("zone") {
      $0.error(
        "'\(law.id)' pays solar plant by place, and 'zone' is \(zone.isEmpty ? "missing" : "'\(Node.short(zone))'").",
        advice: "Places: \(law.corrections.keys.sorted().joined(separator: ", ")); or 'solar: false'.",
        at: (node["zone"] ?? node).mark)
    }
    return false
  }

  /// Word for members who share nothing of the grid: the whole charge stays.
  private static let apart = "none"

  /// Whether the law knows what members share of the grid; else an error, as in a project.
  static func letsOff(_ law: Law, _ n: LawNumbers, _ node: Node, _ decoding: inout Decoding) -> Bool {
    guard !law.discounts.isEmpty else { return true }
    let stations = n.words["stations"] ?? [], known = Set(law.discounts.map(\.reach)).sorted()
    let reach = stations.isEmpty ? n.texts["reach"] ?? "" : law.reach(stations: stations)
    if reach == apart { return true }
    guard known.contains(reach) else {
      let key = stations.isEmpty ? "reach" : "stations"
      decoding.within(key) {
        $0.error(
          reach.isEmpty
            ? "'\(law.id)' lets a charge fall away by what members share of the grid, and "
              + (stations.isEmpty ? "nothing says that." : "that is not by stations.")
            : "'\(Node.short(reach))' is no reach of '\(law.id)'.",
          advice: "Give 'reach': \((known + [apart]).joined(separator: ", ")).", at: (node[key] ?? node).mark)
      }
      return false
    }
    guard law.discount(reach: reach, level: n.numbers["level"].map { Int(saturating: $0) }) == 0,
      law.discounts.contains(where: { $0.reach == reach && $0.part > 0 })
    else { return true }
    let levels = law.discounts.filter { $0.reach == reach }.flatMap(\.levels)
    decoding.within("level") {
      $0.error(
        "'\(law.id)' has no discount for the reach '\(reach)' on this level.",
        advice: "Levels: \(levels.map(String.init).joined(separator: ", ")).", at: (node["level"] ?? node).mark)
    }
    return false
  }
}
