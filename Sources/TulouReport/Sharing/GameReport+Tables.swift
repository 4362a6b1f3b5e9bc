import TulouProblem
import TulouQuantities
package import TulouSharing

extension GameReport {
  /// An amount as people see it: below a millionth of the largest group's value it is zero (`Dust`); files keep what adds up.
  func shown(_ amount: Double) -> Double {
    abs(amount) <= 2 * uncertainty ? 0 : Dust.cleaned(amount, scale: game?.scale ?? abs(total))
  }

  /// An amount as a share of what all gain; nil where that is nothing.
  func shareOfAll(_ amount: Double) -> Double? { shown(total) == 0 ? nil : Dust.ratio(amount, of: total) }

  /// Whether no shares keep every group: by more than what is left open.
  var coreIsEmpty: Bool? { core.map { $0.coreIsEmpty && shown($0.surplus) != 0 } }

  /// Methods as rows, members as columns; a terminal names methods as files write them.
  package func table(named name: (SharingMethod) -> String = \.rawValue) -> Table {
    let caption = "Benefit of each member" + (unit.isEmpty ? "" : " [\(unit)]")
    var table = Table(
      caption, columns: [.text("Method")] + members.map { .number($0) } + [.text("Worst group"), .number("Shortfall")])
    for one in shares {
      guard let amounts = one.amounts else {
        table.add([name(one.method)] + members.map { _ in NumberText.none } + [one.remark, ""])
        continue
      }
      let worst =
        shown(one.stability?.shortfall ?? 0) > 0
        ? one.stability?.worstGroup.flatMap { game?.names($0).joined(separator: "+") } : nil
      table.add(
        [name(one.method)] + amounts.map { NumberText.significant(shown($0), digits: 6) }
          + [
            worst ?? (one.stability == nil ? one.proof.rawValue : "none"),
            one.stability.map { NumberText.significant(shown($0.shortfall)) } ?? "",
          ])
    }
    return table
  }

  /// What is to be said of the core, a sentence.
  package var coreSentence: String? {
    guard let core, let game else { return nil }
    if coreIsEmpty == true {
      let leaving =
        LeastCore.evenest(game).map { Stability(game, $0) }?.worstGroup.map { game.names($0).joined(separator: ", ") }
        ?? ""
      return
        "The core is empty: whatever the shares, some group gains by leaving, at the best \(NumberText.significant(-core.surplus))\(unit.isEmpty ? "" : " " + unit) a group (\(leaving) among the first). A subsidy of that amount to each group that would leave keeps all together."
    }
    guard shown(core.surplus) != 0 else {
      return "The core is not empty: shares exist with which no group is better off by itself."
    }
    return
      "The core is not empty: shares exist with which every group is at least \(NumberText.significant(core.surplus))\(unit.isEmpty ? "" : " " + unit) better off than by itself."
  }

  /// The answer for a terminal.
  package var lines: [String] {
    var lines = name.isEmpty ? [] : [name]
    lines += members.count <= 12 ? table().lines : narrow().lines
    if let coreSentence { lines.append(coreSentence) }
    return lines + remarks
  }

  /// Members as rows, for more members than fit a line.
  package func narrow(named name: (SharingMethod) -> String = \.rawValue) -> Table {
    var table = Table(
      "Benefit of each member" + (unit.isEmpty ? "" : " [\(unit)]"),
      columns: [.text("Member")] + shares.filter { $0.amounts != nil }.map { .number(name($0.method)) })
    for index in members.indices {
      table.add(
        [members[index]]
          + shares.compactMap { one in
            one.amounts.map { amounts in
              NumberText.significant(shown(amounts[index]))
                + (one.intervals.isEmpty ? "" : " ±" + NumberText.significant(one.intervals[index], digits: 2))
            }
          })
    }
    return table
  }

  /// Methods and members as rows of CSV.
  package func csv() -> [UInt8] {
    var text = "method,member,benefit,interval,share\n"
    for one in shares {
      guard let amounts = one.amounts else { continue }
      for index in members.indices {
        let interval = one.intervals.isEmpty ? "" : JSON.digits(one.intervals[index])
        let share = shareOfAll(amounts[index]).map(JSON.digits) ?? ""
        text += "\(one.method.rawValue),\(cell(members[index])),\(JSON.digits(amounts[index])),\(interval),\(share)\n"
      }
    }
    return Array(text.utf8)
  }

  private func cell(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
