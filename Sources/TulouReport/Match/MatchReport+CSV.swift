import TulouQuantities
import TulouStreams

extension MatchReport {
  /// Tables with full precision.
  package func tables() -> [(name: String, bytes: [UInt8])] {
    var files = [
      ("matches.csv", matchesCSV), ("rejected.csv", rejectedCSV), ("flows.csv", flowsCSV), ("streams.csv", streamsCSV),
    ]
    if !result.alternatives.isEmpty { files.append(("alternatives.csv", alternativesCSV)) }
    if !result.failures.isEmpty { files.append(("failures.csv", failuresCSV)) }
    return files.map { (name: $0.0, bytes: Array($0.1.utf8)) }
  }

  private func row(_ cells: [String]) -> String { cells.map(CSVText.cell).joined(separator: ",") + "\n" }
  private func digits(_ value: Double?) -> String { value.map { JSON.digits($0) } ?? "" }

  private var matchesCSV: String {
    var text =
      "id,from,to,source,sink,kind,amount_per_y,unit,capacity,value_\(currency)_per_y,marginal,co2_kg_per_y,waste_per_y,investment_\(currency)_per_y,lowest_price,highest_price,proposed_price,why\n"
    for a in built {
      let link = park.links[a], value = result.values[a], source = park.sources[link.source]
      text += row(
        [
          link.id, source.partner, park.taker(of: link), source.id, park.sinks[link.sink].id, source.kind.rawValue,
          digits(value.sent), source.kind.amountUnit,
        ]
          + [
            result.best.sizes[a], value.accounting, result.marginals[a] ?? nil, value.emission, value.waste,
            value.investment, value.lowestPrice, value.highestPrice, value.proposedPrice,
          ].map(digits) + [why(a)])
    }
    return text
  }

  private var rejectedCSV: String {
    result.screening.rejected.reduce(into: "from,to,source,sink,kind,reason\n") { text, pair in
      let source = park.sources[pair.source], sink = park.sinks[pair.sink]
      text += row([source.partner, sink.partner, source.id, sink.id, source.kind.rawValue, pair.reason])
    }
  }

  private var flowsCSV: String {
    var text = "block,hours,id,unit,flow\n"
    for (t, hours) in park.blocks.enumerated() {
      for a in built {
        let unit = park.sources[park.links[a].source].kind.flowUnit
        text += row(["\(t + 1)", digits(hours), park.links[a].id, unit, digits(result.best.flows[a][t])])
      }
    }
    return text
  }

  private var streamsCSV: String {
    var text =
      "id,way,partner,kind,amount_per_y,unit,from_others_per_y,fresh_or_disposed_per_y,since,year,inferred,source\n"
    for (s, source) in park.sources.enumerated() {
      let gone = park.yearly(result.best.disposed[s]), all = park.yearly(source.supply)
      text += row(cells(source.id, "out", source.partner, source.kind, [all, all - gone, gone], source.record))
    }
    for (d, sink) in park.sinks.enumerated() {
      let fresh = park.yearly(result.best.fresh[d]), all = park.yearly(sink.need)
      text += row(cells(sink.id, "in", sink.partner, sink.kind, [all, all - fresh, fresh], sink.record))
    }
    return text
  }

  private func cells(
    _ id: String, _ way: String, _ partner: String, _ kind: StreamKind, _ amounts: [Double], _ record: StreamRecord
  ) -> [String] {
    [id, way, partner, kind.rawValue, digits(amounts[0]), kind.amountUnit, digits(amounts[1]), digits(amounts[2])]
      + [
        record.since.map(String.init) ?? "", record.year.map(String.init) ?? "", "\(record.isInferred)", record.source,
      ]
  }

  private var alternativesCSV: String {
    var text = "list,rank,value,links\n"
    for (name, plans) in [("best", result.alternatives), ("different", result.different)] {
      for (i, plan) in plans.enumerated() {
        text += row([name, "\(i + 1)", digits(result.apart - plan.value), ids(plan).joined(separator: " + ")])
      }
    }
    return text
  }

  private var failuresCSV: String {
    var text = "away,hurt,loss_\(currency)_per_y,stream,missing_share,stock_bridges\n"
    for failure in result.failures {
      for victim in failure.victims {
        text += row([
          failure.partner, victim.partner, digits(victim.loss), victim.sink, digits(victim.missingShare),
          digits(bridged(victim)),
        ])
      }
    }
    return text
  }
}
