package import TulouPlanning
import TulouQuantities
import TulouReport

extension StoredResult {
  /// The rule of a simulated year as `result.json` and `reasons.csv` hold it; nil where a solver dispatched.
  package var rules: RuleRecord? {
    guard let simulation, let strategy = simulation["strategy"]?.text else { return nil }
    let years = max(horizonYears, 1e-12)
    let (reasons, machines, numbers) = storedReasons()
    var record = RuleRecord(
      strategy: strategy, words: simulation["words"]?.text ?? strategy, reasons: reasons, machines: machines,
      generators: (simulation["generators"]?.values ?? []).map { one in
        RuleRecord.GeneratorUse(
          id: one["id"]?.text ?? "", machines: Int(saturating: one["machines"]?.number ?? 0),
          starts: (one["starts"]?.number ?? 0) * years, hours: (one["hours"]?.number ?? 0) * years)
      })
    record.numbers = numbers
    if let found = simulation["perfect_foresight"], found["remark"] != nil {
      record.foresight = RuleRecord.Foresight(
        value: found["value"]?.number ?? .nan, bound: found["bound"]?.number ?? -.infinity,
        excess: found["excess"]?.number ?? .nan, unserved: found["unserved"]?.number ?? .nan,
        remark: found["remark"]?.text ?? "", compared: found["compared_value"]?.number)
    }
    return record
  }

  /// Every line of `reasons.csv`: the sentence of each step, and what each machine did.
  private func storedReasons() -> (
    reasons: [String], machines: [(id: String, phrases: [String])], numbers: [(title: String, values: [Double])]
  ) {
    guard let bytes = try? FileBytes.read(directory + "/reasons.csv", most: 1 << 30) else { return ([], [], []) }
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: true)
    guard let heading = lines.first else { return ([], [], []) }
    let names = ResultReader.cells(heading)
    guard names.count > 1 else { return ([], [], []) }
    var columns = [[String]](repeating: [], count: names.count)
    for line in lines.dropFirst() {
      let cells = ResultReader.cells(line)
      guard cells.count == names.count else { return ([], [], []) }
      for (i, cell) in cells.enumerated() { columns[i].append(cell) }
    }
    // A heading with a unit is a number, an id never has one.
    let further = names.indices.dropFirst(2)
    return (
      columns[1], further.filter { !names[$0].hasSuffix("]") }.map { (names[$0], columns[$0]) },
      further.filter { names[$0].hasSuffix("]") }.map { (names[$0], columns[$0].map { Double($0) ?? .nan }) }
    )
  }
}
