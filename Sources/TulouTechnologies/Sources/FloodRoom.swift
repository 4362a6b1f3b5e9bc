package import TulouDocument
import TulouQuantities

/// Room of a lake that is kept free for floods in some months, and what that is worth to those who live below.
package struct FloodRoom: Sendable, Equatable {
  /// Room [m3].
  package var volume = 0.0
  /// Months of the year in which it is kept, 1...12.
  package var months: [Int] = []
  /// What a cubic metre of it is worth a year: damage that it spares [money/m3/y].
  package var worth = 0.0
  /// Where the worth is from.
  package var source = ""
  /// No room.
  package init() {}

  private static let moneyPerVolume = Measure("money per volume", in: "¤/m3", example: "0.02 USD/m3")

  /// `{volume: 300000 m3, months: [5, 6, 7], worth: 0.02 USD/m3, source: ...}`.
  package static let table = FieldTable<FloodRoom>(
    "a room for floods",
    [
      .number("volume", \.volume, .volume, .required, in: .positive, "Room that is kept free."),
      Field("months", .list(.integer), .required, "Months in which it is kept, 1 to 12.") { root, node, decoding in
        root.months = (node.items ?? [node]).compactMap { decoding.integer($0, in: 1...12) }
      },
      .number(
        "worth", \.worth, moneyPerVolume, .absent, in: .notNegative,
        "Damage that a cubic metre spares in a year, as stated; it stands beside the plan, not within its cost."),
      Field("source", .text, "Where the worth is from.") { root, node, decoding in
        root.source = decoding.text(node) ?? ""
        decoding.note(node)
      },
    ])

  /// A room fits into its lake, and the content at the start leaves it.
  func check(volume lake: Double, initial: Double?, _ node: Node, _ decoding: inout Decoding) {
    let place = (node["reservoir"]?["flood"] ?? node).mark
    decoding.within("reservoir.flood") { inner in
      if volume > lake {
        inner.error(
          "The room for floods (\(shortNumber(volume)) m3) is larger than the lake (\(shortNumber(lake)) m3).",
          advice: "Give a lesser 'volume'.", at: place)
      }
      if months.isEmpty {
        inner.error("The room for floods is kept in no month.", advice: "For example months: [5, 6, 7].", at: place)
      }
      tellOfMonths(place, &inner)
      if worth > 0, source.isEmpty {
        inner.warning(
          "The worth of the room for floods has no source.", advice: "Say where it is from: 'source'.", at: place)
      }
      if let initial, months.contains(inner.horizon.civil(0).date.month), initial * lake > lake - volume + 1e-9 * lake {
        inner.error(
          "The lake starts at \(shortNumber(initial * 100)) %, within the room for floods of the first month.",
          advice: "Start at \(shortNumber((1 - volume / lake) * 100)) % at the most.", at: place)
      }
    }
  }

  /// Months outside the horizon cost the plan nothing, so their worth has nothing to stand against.
  private func tellOfMonths(_ place: Mark, _ decoding: inout Decoding) {
    let held = Set(decoding.horizon.civilMoments.map(\.date.month))
    let outside = Set(months).subtracting(held).sorted()
    guard !outside.isEmpty else { return }
    let isAll = outside.count == Set(months).count
    guard isAll || worth > 0 else { return }
    let named = (outside.count == 1 ? "month " : "months ") + outside.map(String.init).joined(separator: ", ")
    decoding.warning(
      "The horizon holds no hour of \(named), in which room for floods is kept: "
        + (isAll
          ? "the room costs nothing here, and no worth of it is counted."
          : "what it costs there is not counted, while its worth is that of all its months."),
      advice: "Take a horizon that holds the months of 'flood'.", at: place)
  }
}
