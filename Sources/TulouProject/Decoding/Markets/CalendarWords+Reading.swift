import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Decoding {
  /// Hours, days and months as they are written, for bills. `calendarFilter` has found them in order before: what cannot be
  /// read is left out here without another word.
  func calendarWords(hours: Node?, days: Node?, months: Node?) -> CalendarWords {
    var words = CalendarWords()
    if let hours {
      if hours.text == "rest" {
        words.isRest = true
      } else {
        words.hours = (hours.items ?? [hours]).compactMap { item in
          let ends = (item.text ?? "").split(separator: "-").compactMap { Decoding.minuteOfDay($0) }
          return ends.count == 2 ? CalendarWords.Span(from: ends[0], to: ends[1]) : nil
        }
      }
    }
    if let days {
      words.days = (days.items ?? [days]).compactMap { item in
        switch item.text ?? "" {
        case "workdays": .workday
        case "weekend": .weekend
        case "holidays": .holiday
        case let name: ProjectDecoder.dayNames.firstIndex(of: name).map { .weekday($0) }
        }
      }
    }
    if let months {
      words.months = (months.items ?? [months]).compactMap { item in
        let text = (item.text ?? "").lowercased()
        return Int(text) ?? Decoding.monthNames.firstIndex { $0.hasPrefix(text) }.map { $0 + 1 }
      }
    }
    return words
  }

  /// A civil stamp such as `2027-07-17 16:00`; nil after a diagnostic.
  mutating func civilMoment(_ node: Node) -> CivilMoment? {
    let parts = (node.text ?? "").split { $0 == " " || $0 == "T" }
    guard parts.count == 2, let date = CivilDate(parts[0]), let minute = Decoding.minuteOfDay(parts[1]), minute < 1440
    else {
      error(
        "\(node.kindName) is not a time of a day.", advice: "Write \"2027-07-17 16:00\", the begin of the step.",
        at: node.mark)
      return nil
    }
    return CivilMoment(date, minute: minute)
  }
}
