import TulouDocument
import TulouQuantities
import TulouResources
import TulouTechnologies

/// A flow-duration curve as written.
struct FlowDurationInput: Sendable {
  var shares: [Double] = []
  var flow: [Double] = []

  static let table = FieldTable<FlowDurationInput>(
    "a flow-duration curve",
    [
      Field("shares", .list(.number([.share])), .required, "Shares of time, ascending from 0 % to 100 %.") {
        $0.shares = $2.numberList($1, .share, in: .share) ?? []
      },
      Field("flow", .list(.number([.flow])), .required, "Flow reached or passed in these shares, falling.") {
        $0.flow = $2.numberList($1, .flow, in: .notNegative) ?? []
      },
      .note("source", "Where it comes from."),
    ])
}

extension ProjectDecoder {
  /// Components with a lake by the reach of the river on which they stand, as the file writes them.
  ///
  /// Reaches are read before components, but which of them a lake regulates is told by the components.
  func lakes(_ components: Node?, _ decoding: inout Decoding) -> [String: String] {
    var found: [String: String] = [:]
    for entry in components?.entries ?? [] where entry.value["kind"]?.text == Hydro.kind {
      guard entry.value["reservoir"] != nil, let reach = entry.value["resource"]?.text else { continue }
      if let first = found[reach] {
        decoding.within("components") { outer in
          outer.within(entry.key) {
            $0.error(
              "'\(first)' has a lake on the reach '\(Node.short(reach))' already.",
              advice: "Give the lower lake a reach of its own with 'upstream: \(Node.short(reach))'.", at: entry.mark)
          }
        }
      } else {
        found[reach] = entry.key
      }
    }
    return found
  }

  /// Brings a flow to a flow-duration curve: the order of the hours stays, the values are the curve's.
  func bring(to node: Node, _ entry: inout ProjectResources.Entry, _ decoding: inout Decoding) {
    decoding.within("flow_duration") { inner in
      var input = FlowDurationInput()
      let before = inner.diagnostics.count
      inner.read(FlowDurationInput.table, node, into: &input)
      guard inner.diagnostics[before...].allSatisfy({ $0.severity != .error }) else { return }
      guard let shape = entry.flow else {
        inner.error(
          "A flow-duration curve does not say when the water comes.",
          advice: "Give 'monthly_flow' or 'flow', also of a neighbouring river, whose order of hours it takes.",
          at: node.mark)
        return
      }
      do throws(ProjectFault) {
        entry.flow = try FlowDurationCurve(exceedance: input.shares, flows: input.flow).series(shapedBy: shape)
        entry.notes.append("Brought to a flow-duration curve of \(input.flow.count) points.")
      } catch {
        inner.adopt(error, at: node.mark)
      }
    }
  }

  /// Water of the reach above: stations without a lake give back all that they take; below a lake come its releases, which
  /// the plan decides, and what passes it by.
  func joinUpstream(
    _ input: ResourceFileInput, _ node: Node.Entry, _ known: ProjectResources, _ lakes: [String: String],
    into entry: inout ProjectResources.Entry, _ decoding: inout Decoding
  ) {
    guard let upstream = input.upstream else { return }
    decoding.within("upstream") { inner in
      let mark = (node.value["upstream"] ?? node.value).mark
      guard let reach = known.entries.first(where: { $0.id == upstream })?.entry, let above = reach.flow else {
        let names = known.entries.filter { $0.entry.flow != nil }.map(\.id)
        inner.error(
          "There is no resource '\(Node.short(upstream))' with a flow above this one in the file.",
          advice: names.isEmpty ? "" : "Rivers so far: \(names.joined(separator: ", ")).", at: mark)
        return
      }
      let own = entry.flow ?? [Double](repeating: 0, count: above.count)
      let natural = zip(own, above).map { $0 + $1 }
      entry.flow = natural
      // No station has to leave more in the bed than nature would bring: with the lake's natural inflow let through, every
      // reach keeps its ecological flow, so this asks for nothing that cannot be.
      let ecological = entry.ecological
      let kept = natural.map { min(ecological, $0) }
      if let lake = lakes[upstream] {
        let passing = above.map { min(reach.ecological, $0) }
        entry.regulated = RegulatedFlow(lake: lake, beside: zip(own, passing).map { $0 + $1 }, ecological: kept)
        entry.notes.append("Takes what the lake of '\(lake)' releases and what joins below it; shown without the lake.")
      } else if let regulated = reach.regulated {
        entry.regulated = RegulatedFlow(
          lake: regulated.lake, beside: zip(own, regulated.beside).map { $0 + $1 }, ecological: kept)
        entry.notes.append(
          "Takes what the lake of '\(regulated.lake)' releases and what joins below it; shown without the lake.")
      } else {
        entry.notes.append("Takes the water of '\(upstream)' and what joins below it.")
      }
    }
  }
}
