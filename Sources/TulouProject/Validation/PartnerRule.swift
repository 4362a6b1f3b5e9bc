import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Keys whose partner would stand in another section and is missing there, so that they do nothing. Partners in the same
  /// mapping are declared at the field (`Field.needing`).
  static let partnerRule: Rule = { project, document, decoding in
    func tell(_ path: [String], _ message: String, _ advice: String) {
      let node = path.reduce(Optional(document)) { $0?[$1] }
      // Numbers of the catalogue come whether they are asked for or not.
      guard let node, node.mark.file <= 0 else { return }
      decoding.within(path.joined(separator: ".")) { $0.warning(message, advice: advice, at: node.mark) }
    }
    for component in project.components {
      guard let placement = component.placement, project.limits[.siting(placement.place)] == nil else { continue }
      tell(
        ["components", component.id, "spacing"],
        "'spacing' does nothing here: no limit is set on the area of '\(placement.place)'.",
        "Give 'limits: {siting: {\(placement.place): {max: ...}}}', or take it out.")
    }
    if project.reference?.heatEfficiency != nil,
      !project.demands.contains(where: { project.carrier(ofBus: $0.bus)?.kind == .heat })
    {
      tell(["reference", "heat"], "'heat' does nothing here: nothing wants heat.", "Take it out.")
    }
    let horizon = decoding.wholeHorizon ?? project.horizon
    let holidays = project.calendar.holidays
    if let first = horizon.periods.first, !holidays.isEmpty, horizon.periods.count == 1,
      Double(horizon.steps) * horizon.stepHours >= 365 * 24
    {
      let days = first.start...horizon.civil(horizon.steps - 1).date
      if !holidays.contains(where: { $0.overlaps(days) }) {
        tell(
          ["calendar", "holidays"], "None of the holidays lies in the horizon, so they do nothing.",
          "The horizon is \(days.lowerBound) to \(days.upperBound).")
      }
    }
  }
}
