import TulouDocument
import TulouQuantities
import TulouResources

/// Where it is, as written.
struct SiteInput: Sendable {
  var latitude: Double?
  var longitude: Double?
  var altitude = 0.0
  var zone: String?
  var area: Double?
  var offset = 0.0

  static let table = FieldTable<SiteInput>(
    "a site",
    [
      .number(
        "latitude", \.latitude, .angle, in: Bounds(-90, 90, "between -90 deg and 90 deg"), "Latitude, north positive."),
      .number(
        "longitude", \.longitude, .angle, in: Bounds(-180, 180, "between -180 deg and 180 deg"),
        "Longitude, east positive."),
      .number(
        "altitude", \.altitude, .length, .value("0 m", source: "our assumption: at the sea"),
        in: Bounds(-500, 9000, "between -500 m and 9000 m"),
        "Above the sea."),
      .reference(
        "time_zone", to: "time zone", \.zone,
        "Name of the zone, e.g. 'Asia/Shanghai', with its summer time; or 'UTC+5:30', a clock without it."),
      .number("area", \.area, .area, in: .notNegative, "Area of the site."),
      .note("name", "Free text."),
    ])

  /// The place, where both coordinates are given.
  var site: Site? {
    guard let latitude, let longitude else { return nil }
    return Site(
      latitudeDegrees: latitude, longitudeDegrees: longitude, altitudeMetres: altitude, utcOffsetHours: offset)
  }
}

struct HorizonInput: Sendable {
  var start: CivilDate?
  var length: Node?
  var step = 1.0
  var weight = 1.0

  static let step = Field<HorizonInput>.number(
    "step", \.step, .time, .silent("1 h"), in: Bounds(1.0 / 60, 24, "between 1 min and 24 h"), "Length of a step.")
  static let start = Field<HorizonInput>("start", .date, .required, "First day.") { $0.start = $2.date($1) }

  static let table = FieldTable<HorizonInput>(
    "a horizon",
    [
      start,
      .node("length", \.length, .number([.time]), .silent("1 y"), "How long: calendar years or months, days or hours."),
      step,
    ])
  static let period = FieldTable<HorizonInput>(
    "a period",
    [
      start, .node("length", \.length, .number([.time]), .required, "How long."),
      .number("weight", \.weight, .number, .required, in: .positive, "How many such periods it stands for."), step,
      .note("name", "Free text."),
    ])
}

extension ProjectDecoder {
  /// More steps than this are refused: sixty years of hours, or five of five-minute steps.
  static let mostSteps = 600_000

  mutating func readSite(_ node: Node?, _ decoding: inout Decoding) {
    guard let node else { return }
    var input = SiteInput()
    decoding.within("site") { inner in
      inner.read(SiteInput.table, node, into: &input)
      if (input.latitude == nil) != (input.longitude == nil) {
        inner.error("A place needs 'latitude' and 'longitude'.", at: node.mark)
      }
      if let zone = input.zone {
        inner.within("time_zone") { deeper in
          if let rules = deeper.seriesReader.zoneRules(named: zone) {
            self.zone = rules
          } else {
            deeper.error(
              "'\(Node.short(zone))' is not the name of a time zone.",
              advice: "Names look like 'Asia/Shanghai', 'UTC' or 'UTC+8'.",
              at: (node["time_zone"] ?? node).mark)
          }
        }
      } else if let longitude = input.longitude {
        zone = ZoneRules(fixedSeconds: Int(saturating: (longitude / 15).rounded()) * 3600)
        inner.within("time_zone") {
          $0.assume(
            zone.name, source: "nearest whole hour to the longitude, without summer time", kind: .default)
        }
      }
    }
    site = input
  }

  /// A clock that is far from the sun is one of the commonest slips: a wrong zone, or a longitude of the wrong sign.
  func checkClock(_ node: Node?, _ clock: CivilClock, _ decoding: inout Decoding) {
    guard let node, site?.zone != nil, let longitude = site?.longitude,
      let apart = hoursApart(clock.standardHours, longitude: longitude)
    else { return }
    decoding.within("site") { outer in
      outer.within("time_zone") {
        $0.warning(
          "The clock of '\(clock.zone)' is \(clock.standardName), but at \(longitude.plain) deg the sun is \(apart.plain) h away from it.",
          advice: "Check 'time_zone', and the sign of 'longitude' (east is positive).",
          at: (node["time_zone"] ?? node).mark)
      }
    }
  }

  mutating func readHorizon(_ input: ProjectInput, _ document: Node, _ decoding: inout Decoding) -> Horizon? {
    guard let node = input.horizon else {
      guard let periods = input.periods else {
        decoding.error(
          "A project needs 'horizon' or 'periods'.", advice: "For example 'horizon: {start: 2027-01-01}'.",
          at: document.mark)
        return nil
      }
      return decoding.within("periods") { $0.periods(periods) }
    }
    if input.periods != nil {
      decoding.error("A project has 'horizon' or 'periods', not both.", at: node.mark)
      return nil
    }
    return decoding.within("horizon") { inner in
      var horizon = HorizonInput()
      inner.read(HorizonInput.table, node, into: &horizon)
      guard let start = horizon.start, let lengthNode = horizon.length,
        let steps = inner.steps(from: start, lengthNode, step: horizon.step)
      else { return nil }
      return Horizon(periods: [Horizon.Period(start: start, steps: steps)], stepHours: horizon.step)
    }
  }

  mutating func readCalendar(_ node: Node?, _ decoding: inout Decoding) {
    let node = node ?? Node(.mapping([]))
    decoding.within("calendar") { inner in
      var calendar = WorkCalendar()
      inner.read(Self.calendarTable, node, into: &calendar)
      inner.calendar = calendar
    }
  }

  static let calendarTable = FieldTable<WorkCalendar>(
    "a calendar",
    [
      Field(
        "weekend", .list(.choice(dayNames)), .value("saturday, sunday", source: "our assumption"),
        "Days of the weekend."
      ) {
        calendar, node, decoding in
        if node.text == "saturday, sunday" { return }
        guard let names = decoding.texts(node) else { return }
        calendar.weekend = Set(
          names.compactMap { name in
            if let day = dayNames.firstIndex(of: name) { return day }
            decoding.error(
              "'\(Node.short(name))' is not a day of the week.",
              advice: nearestName(to: name, among: dayNames).map { "Did you mean '\($0)'?" }
                ?? "Days are written 'monday'.",
              at: node.mark)
            return nil
          })
      },
      Field("holidays", .list(.text), "Days, or ranges such as '2027-10-01/2027-10-07'.") { calendar, node, decoding in
        guard let items = node.items else {
          decoding.error("'holidays' takes a list of days.", at: node.mark)
          return
        }
        for item in items {
          let parts = (item.text ?? "").split(separator: "/", omittingEmptySubsequences: false)
          if parts.count <= 2, let first = parts.first.flatMap({ CivilDate($0) }),
            let last = parts.last.flatMap({ CivilDate($0) }),
            first <= last
          {
            calendar.holidays.append(first...last)
          } else {
            decoding.error(
              "\(item.kindName) is not a day or a range of days.",
              advice: "Write '2027-10-01' or '2027-10-01/2027-10-07'.", at: item.mark)
          }
        }
      },
    ])

  static let dayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
}

extension Decoding {
  /// Number of steps of a length that begins on a day; nil after a diagnostic.
  mutating func steps(from start: CivilDate, _ node: Node, step: Double) -> Int? {
    within("length") { inner in
      guard let quantity = inner.quantity(node, takes: "a time such as '1 y' or '744 h'"),
        let hours = inner.hours(quantity, from: start, at: node.mark)
      else { return nil }
      guard hours > 0 else {
        inner.error("'length' has to be above 0.", at: node.mark)
        return nil
      }
      let steps = hours / step
      guard steps <= Double(ProjectDecoder.mostSteps) else {
        inner.error(
          "'\(Node.short(quantity.text))' are more than \(ProjectDecoder.mostSteps) steps.",
          advice: "Plan over fewer years, or with longer steps.", at: node.mark)
        return nil
      }
      guard abs(steps - steps.rounded()) < 1e-6, steps >= 1 else {
        inner.error("'\(Node.short(quantity.text))' is not a whole number of steps.", at: node.mark)
        return nil
      }
      return Int(saturating: steps.rounded())
    }
  }

  /// Hours of a time; whole years and months are counted on the calendar.
  private mutating func hours(_ quantity: Quantity, from start: CivilDate, at mark: Mark) -> Double? {
    let number = quantity.number
    let isWhole = number.rounded() == number && abs(number) < 1000
    if isWhole, quantity.unit.text == "y" {
      var end = start
      end.year += Int(saturating: number)
      if end.day == 29 && end.month == 2 && !CivilDate.isLeap(end.year) {
        end = CivilDate(year: end.year, month: 3, day: 1)
      }
      return Double(end.dayNumber - start.dayNumber) * 24
    }
    if isWhole, quantity.unit.text == "month" {
      let months = start.month - 1 + Int(saturating: number)
      let year = start.year + Int(saturating: (Double(months) / 12).rounded(.down))
      let month = ((months % 12) + 12) % 12 + 1
      let day = min(start.day, CivilDate.days(inMonth: month, of: year))
      return Double(CivilDate(year: year, month: month, day: day).dayNumber - start.dayNumber) * 24
    }
    return convert(number, in: quantity.unit, as: quantity.text, [.time], fuel: nil, at: mark)?.value
  }

  mutating func periods(_ node: Node) -> Horizon? {
    guard let items = node.items ?? node.entries?.map(\.value), !items.isEmpty else {
      error(
        "'periods' takes a list of periods.", advice: "For example '[{start: 2025-01-15, length: 24 h, weight: 145}]'.",
        at: node.mark)
      return nil
    }
    var periods: [Horizon.Period] = []
    var step: Double?
    for item in items {
      var input = HorizonInput()
      read(HorizonInput.period, item, into: &input)
      guard let start = input.start, let lengthNode = input.length,
        let steps = steps(from: start, lengthNode, step: input.step)
      else { return nil }
      if step != nil && step != input.step {
        error("All periods have one step.", at: item.mark)
        return nil
      }
      step = input.step
      periods.append(Horizon.Period(start: start, steps: steps, weight: input.weight))
    }
    guard periods.reduce(0, { $0 + $1.steps }) <= ProjectDecoder.mostSteps else {
      error("The periods are more than \(ProjectDecoder.mostSteps) steps.", at: node.mark)
      return nil
    }
    return Horizon(periods: periods, stepHours: step ?? 1)
  }
}

/// How far a clock is from mean solar time [h], where that is more than 2.5 h; nil: no further.
func hoursApart(_ offset: Double, longitude: Double) -> Double? {
  let apart = offset - longitude / 15
  let turned = abs(apart - 24 * (apart / 24).rounded())
  return turned > 2.5 ? (turned * 10).rounded() / 10 : nil
}
