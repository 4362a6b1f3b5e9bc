import TulouQuantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension ResourceReport.Rose {
  /// The rose as SVG: a petal a direction, its length the share of time, its rings the speeds.
  func svg() -> String {
    let size = 420.0, middle = size / 2, reach = 165.0
    var drawing = Drawing(width: 640, height: size)
    let largest = shares.map { $0.reduce(0, +) }.max() ?? 0
    guard largest > 0, !shares.isEmpty else {
      return drawing.element(id: "rose", title: "Wind rose", summary: "No wind directions are known.")
    }
    let ticks = Ticks(from: 0, to: largest * 100, count: 4)
    let full = ticks.high / 100
    for tick in ticks.places where tick > 0 {
      let radius = reach * tick / ticks.high
      drawing.raw(
        "<circle cx=\"\(drawing.number(middle))\" cy=\"\(drawing.number(middle))\" r=\"\(drawing.number(radius))\" fill=\"none\" class=\"grid\"/>"
      )
      drawing.text(ticks.text(tick) + " %", x: middle + 4, y: middle - radius - 2, kind: "m s")
    }
    let width = 2 * Double.pi / Double(shares.count) * 0.8
    for (sector, classes) in shares.enumerated() {
      let angle = 2 * Double.pi * Double(sector) / Double(shares.count)
      var inner = 0.0
      for (index, share) in classes.enumerated() where share > 0 {
        let a = inner / full * reach, b = (inner + share) / full * reach
        inner += share
        func point(_ radius: Double, _ turn: Double) -> String {
          "\(drawing.number(middle + radius * sin(turn))) \(drawing.number(middle - radius * cos(turn)))"
        }
        let left = angle - width / 2, right = angle + width / 2
        let n = drawing.number
        drawing.path(
          "M\(point(a, left))L\(point(b, left))A\(n(b)) \(n(b)) 0 0 1 \(point(b, right))L\(point(a, right))A\(n(a)) \(n(a)) 0 0 0 \(point(a, left))Z",
          style: "fill=\"\(colour(index).hex)\"",
          title:
            "\(direction(sector)), \(self.classes.indices.contains(index) ? self.classes[index] : ""): \(NumberText.percent(share))"
        )
      }
    }
    for (name, x, y, anchor) in [
      ("N", middle, middle - reach - 22, Drawing.Anchor.middle), ("E", middle + reach + 14, middle + 5, .start),
      ("S", middle, middle + reach + 26, .middle), ("W", middle - reach - 14, middle + 5, .end),
    ] { drawing.text(name, x: x, y: y, anchor: anchor, extra: "font-weight=\"600\"") }
    for (index, name) in classes.enumerated() {
      let y = 60 + Double(index) * 22
      drawing.rectangle(x: 470, y: y - 11, width: 13, height: 13, fill: colour(index).hex, radius: 2)
      drawing.text(name, x: 490, y: y)
    }
    let main = shares.indices.max { shares[$0].reduce(0, +) < shares[$1].reduce(0, +) } ?? 0
    return drawing.element(
      id: "rose", title: "Wind rose",
      summary: "The wind comes most often from \(direction(main)), \(NumberText.percent(largest)) of the time.")
  }

  private func colour(_ index: Int) -> Colour {
    Ramp.colour(classes.count > 1 ? Double(index) / Double(classes.count - 1) : 0.5)
  }

  private func direction(_ sector: Int) -> String {
    let names = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"]
    return names[Int(saturating: (Double(sector) / Double(max(1, shares.count)) * 8).rounded()) % 8]
  }
}
