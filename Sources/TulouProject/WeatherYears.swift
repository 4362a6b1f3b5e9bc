import TulouDocument

/// One of several weather years that a project is planned over (`weather_years:`).
package struct WeatherYear: Sendable {
  /// Name, e.g. that of its file.
  package var name: String
  /// The whole project with this year's weather (its own `weatherYears` empty).
  package var project: Project
  /// A year.
  package init(name: String, project: Project) {
    self.name = name
    self.project = project
  }
}

/// Weather years as a mapping, as written.
struct WeatherYearsInput: Sendable {
  var years: Node?
  var chained = false

  static let table = FieldTable<WeatherYearsInput>(
    "weather years",
    [
      .node(
        "years", \.years, .list(.either([.reference("file"), .integer, .table("weather year")])), .required,
        "Files or recorded years."),
      .flag(
        "chained", \.chained, .silent("false"),
        "Whether contents of storages go on from year to year, in the order of the list, and close one cycle over all; else each year closes its own."
      ),
    ])
}

struct WeatherYearInput: Sendable {
  var name: String?
  var file: String?
  var year: Int?
  var set: Node?

  static let table = FieldTable<WeatherYearInput>(
    "a weather year",
    [
      Field("name", .text, "Id in results and folders; left out: made of the file's name, or the year.") {
        guard let name = $2.text($1) else { return }
        // It names a folder, so '..' or 'a/b' would lead out of the results.
        if WeatherYearDocuments.isName(name) {
          $0.name = name
        } else {
          $2.error(
            "'\(Node.short(name))' cannot be the name of a weather year.",
            advice: "It is an id of letters, digits, '-' and '_', and may be a number such as 2019.", at: $1.mark)
        }
      },
      Field(
        "file", .reference("file"),
        "File of that year, read wherever the project names another file of the list, else by every 'weather'."
      ) { $0.file = $2.text($1) },
      .integer("year", \.year, in: 1900...2200, "Recorded year that is taken from weather files of several years."),
      .node("set", \.set, .map(.text), "Further changes by key path."),
    ])
}

/// The documents of all weather years.
enum WeatherYearDocuments {
  /// More years than this are refused.
  static let most = 60

  /// A year's whole document.
  struct Year: Sendable {
    var name: String
    var document: Node

    /// The document with the studies of the whole, which a year alone does not have.
    func studied(_ whole: Node) -> Node {
      var result = document
      result["studies"] = whole["studies"]
      return result
    }
  }

  /// The documents of `weather_years`; where no horizon is given, a calendar year is put into `document`.
  ///
  /// - Returns: The years, and whether contents go on from one to the next.
  static func all(_ document: inout Node, _ decoding: inout Decoding) -> (years: [Year], chained: Bool) {
    guard let node = document["weather_years"] else { return ([], false) }
    guard node.entries != nil else { return (all(node, &document, &decoding), false) }
    var input = WeatherYearsInput()
    decoding.within("weather_years") { $0.read(WeatherYearsInput.table, node, into: &input) }
    guard let years = input.years else { return ([], false) }
    return (all(years, &document, &decoding), input.chained)
  }

  /// Whether a text can name a year: an id, or one that begins with a digit.
  static func isName(_ text: String) -> Bool {
    guard let first = text.first, first != "-", first != "_" else { return false }
    return Decoding.isIdentifier("y" + text)
  }

  private static func all(_ node: Node, _ document: inout Node, _ decoding: inout Decoding) -> [Year] {
    if document["horizon"] == nil, document["periods"] == nil {
      document["horizon"] = Node(.mapping([Node.Entry(key: "start", value: .text("2025-01-01", mark: node.mark))]))
      decoding.within("horizon") {
        $0.assume(
          "2025-01-01, 1 y", source: "weather years without a horizon are calendar years of 365 days", kind: .default)
      }
    }
    let whole = document
    return decoding.within("weather_years") { inner in
      if let stages = whole["stages"] {
        inner.error(
          "A project has 'stages' or 'weather_years', not both.",
          advice: "Plan the stages on one year, or one stage over the years.", at: stages.mark)
      }
      guard let items = node.items, !items.isEmpty else {
        inner.error(
          "'weather_years' takes a list of files or of years.",
          advice: "For example '[y2019.csv, y2020.csv]', or '[2019, 2020]' where the weather file holds both.",
          at: node.mark)
        return []
      }
      guard items.count <= most else {
        inner.error("'weather_years' lists more than \(most) years.", at: node.mark)
        return []
      }
      let inputs = items.map { read($0, &inner) }
      let listed = Set(inputs.compactMap(\.file))
      var names: Set<String> = []
      for (item, input) in zip(items, inputs) {
        guard let name = input.name, !names.insert(name).inserted else { continue }
        inner.error(
          "Two weather years are called '\(name)'.", advice: "Names are ids; give each its own.",
          at: (item["name"] ?? item).mark)
      }
      return zip(items, inputs).compactMap { item, input -> Year? in
        let made = input.file.map(identifier) ?? input.year.map(String.init) ?? "year"
        var name = input.name ?? made
        var count = 2
        while input.name == nil, !names.insert(name).inserted {
          name = made + "-\(count)"
          count += 1
        }
        return yearDocument(of: input, listed: listed, whole, item.mark, &inner).map {
          Year(name: name, document: $0)
        }
      }
    }
  }

  private static func read(_ node: Node, _ decoding: inout Decoding) -> WeatherYearInput {
    var input = WeatherYearInput()
    if let text = node.text {
      if let year = Int(text), (1900...2200).contains(year) { input.year = year } else { input.file = text }
    } else {
      decoding.read(WeatherYearInput.table, node, into: &input)
      if input.file == nil, input.year == nil, input.set == nil {
        decoding.error("A weather year needs 'file', 'year' or 'set'.", at: node.mark)
      }
    }
    return input
  }

  private static func yearDocument(
    of input: WeatherYearInput, listed: Set<String>, _ whole: Node, _ mark: Mark,
    _ decoding: inout Decoding
  ) -> Node? {
    var result = whole
    result["weather_years"] = nil
    result["studies"] = nil
    if let file = input.file {
      var isRead = false
      result = replaced(result, listed: listed, by: file, &isRead)
      if !isRead { isRead = change(&result, "file", .text(file, mark: mark)) }
      guard isRead else {
        decoding.error(
          "Nothing in the project reads '\(Node.short(file))' or another file of the list.",
          advice:
            "Name one of the files under 'resources' (weather: {file: ...}), or in a series ({file: ..., column: ...}).",
          at: mark)
        return nil
      }
    }
    if let year = input.year, !change(&result, "year", .text("\(year)", mark: mark)) {
      decoding.error(
        "No resource reads a weather file, so '\(year)' says nothing.",
        advice: "Give the resource 'weather: {file: ...}', or list files.", at: mark)
      return nil
    }
    guard let set = input.set else { return result }
    decoding.within("set") { deeper in
      if set.entries == nil { deeper.error("'set' takes a mapping from key paths to values.", at: set.mark) }
      for entry in set.entries ?? [] {
        result = DocumentOverride(path: entry.key, value: entry.value, mark: entry.mark).applied(to: result, &deeper)
      }
    }
    return result
  }

  /// The document with each file of the list replaced by one of them.
  private static func replaced(_ node: Node, listed: Set<String>, by file: String, _ isRead: inout Bool) -> Node {
    switch node.content {
    case .scalar: return node
    case .sequence(let items):
      return Node(.sequence(items.map { replaced($0, listed: listed, by: file, &isRead) }), mark: node.mark)
    case .mapping(var entries):
      for i in entries.indices {
        if entries[i].key == "file", let text = entries[i].value.text, listed.contains(text) {
          entries[i].value = Node(.scalar(file, quoted: true), mark: entries[i].value.mark)
          isRead = true
        } else {
          entries[i].value = replaced(entries[i].value, listed: listed, by: file, &isRead)
        }
      }
      return Node(.mapping(entries), mark: node.mark)
    }
  }

  /// Sets a key of every weather file under `resources`; false where there is none.
  private static func change(_ document: inout Node, _ key: String, _ value: Node) -> Bool {
    guard var resources = document["resources"], let entries = resources.entries else { return false }
    var any = false
    for entry in entries {
      guard var resource = resources[entry.key], var weather = resource["weather"] else { continue }
      if weather.entries == nil { continue }
      weather[key] = value
      resource["weather"] = weather
      resources[entry.key] = resource
      any = true
    }
    document["resources"] = resources
    return any
  }

  /// `weather/y2019.csv` as `y2019`, `Met 2019 (v2).csv` as `Met-2019-v2`: an id made of a file's name.
  private static func identifier(_ file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    let dot = last.lastIndex(of: ".")
    let stem = dot.map { $0 == last.startIndex ? last : String(last[..<$0]) } ?? last
    let words = stem.unicodeScalars.split { scalar in
      !(scalar == "-" || scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal)
    }
    let name = String(words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-").prefix(60))
    return isName(name) ? name : "year" + name
  }
}
