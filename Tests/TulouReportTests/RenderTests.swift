import Testing
import TulouReport

@Suite("Text that goes into files") struct RenderTests {
  @Test("names with all sorts of characters are escaped")
  func escaping() {
    #expect("A & B <c> \"d\" 'e' 🏯".escaped == "A &amp; B &lt;c&gt; &quot;d&quot; &#39;e&#39; 🏯")
    #expect("bell\u{7}".escaped == "bell\\u{7}")
  }

  @Test("JSON keeps order, escapes, and has no numbers that JSON lacks")
  func json() {
    let value = JSON.object([
      ("b", .number(0.1)), ("a", .number(.nan)), ("c", .number(-.infinity)), ("whole", .number(5)),
      ("tiny", .number(.leastNormalMagnitude)), ("below", .number(.leastNonzeroMagnitude)),
      ("text", .text("</script> \"q\" \\ \n \u{1}")), ("list", .numbers([1, 2.5])), ("none", .optional(nil)),
    ])
    #expect(
      value.compact
        == "{\"b\":0.1,\"a\":null,\"c\":null,\"whole\":5,\"tiny\":2.2250738585072014e-308,\"below\":0,\"text\":\"\\u003c/script> \\\"q\\\" \\\\ \\n \\u0001\",\"list\":[1,2.5],\"none\":null}"
    )
  }

  @Test("tables line up on a terminal, wide characters included")
  func table() {
    var table = Table("Sizes", columns: [.text("Component"), .number("Size")])
    table.add(["土楼", "1.2 MW"])
    table.add(["pv", "900 kW"])
    #expect(table.lines == ["Sizes", "Component    Size", "---------  ------", "土楼       1.2 MW", "pv         900 kW"])
  }

  @Test("a table of numbers has one unit, drops empty columns and adds up")
  func numbers() {
    let table = Table.numbers(
      "Cost", rowTitle: "Component", columns: ["Capital", "Fuel", "Sum"], unit: "USD/y",
      rows: [("pv", [57_800, 0, 57_800]), ("wind", [1_000, 0, 1_000])], total: "Together")
    #expect(table.caption == "Cost [thousand USD/y]")
    #expect(table.columns.map(\.title) == ["Component", "Capital", "Sum"])
    #expect(table.rows.last == ["Together", "58.80", "58.80"])
  }

  @Test("flows.csv has nine significant digits, times and units")
  func flows() {
    let lines = String(decoding: SyntheticPlan.report(hours: 48).flowsCSV(), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 49)
    #expect(lines[0].hasPrefix("time (UTC standard time),homes.demand [kW],"))
    #expect(lines[0].contains("grid.purchase.0 [kW]"))
    #expect(lines[0].hasSuffix("battery.content [kWh]"))
    #expect(lines[1].hasPrefix("2025-01-01T00,"))
    #expect(lines[25].hasPrefix("2025-01-02T00,"))
    let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false).count
    #expect(lines[1].split(separator: ",", omittingEmptySubsequences: false).count == columns)
  }

  @Test("cashflow.csv keeps full precision")
  func cashFlow() {
    let text = String(decoding: SyntheticPlan.report(hours: 48).cashFlowCSV(), as: UTF8.self)
    #expect(
      text.hasPrefix(
        "time [y],year,id,member,kind,stage,amount [USD],discounted [USD],nominal [USD]\n0,0,pv,,capital,,720000,720000,720000\n"
      ))
    #expect(
      text.contains("1,1,pv,,operation,,10800,10285.714285714284,10800\n")
        || text.contains("1,1,pv,,operation,,10800,10285.714285714286,10800\n"))
  }
}
