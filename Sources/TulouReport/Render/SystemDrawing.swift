import TulouQuantities

extension SystemDiagram {
  private static let boxWidth = 138.0, boxHeight = 60.0, pitch = 157.0, perRow = 6, rowGap = 20.0, left = 16.0

  /// The diagram as SVG.
  func svg(id: String, title: String) -> String {
    // First where everything stands, then wires, then boxes on top of the wires.
    var y = 8.0
    var barTops: [String: Double] = [:]
    var places: [(box: Box, x: Double, y: Double, bar: Int, isAbove: Bool, isNear: Bool)] = []
    var frames: [(member: String, top: Double, bottom: Double)] = []
    for (index, bar) in bars.enumerated() {
      if !bar.member.isEmpty {
        if frames.last?.member != bar.member {
          y += 12
          frames.append((bar.member, y, y))
          y += 30
        }
      }
      let above = rows(bar.above)
      for (r, row) in above.enumerated() {
        for (i, box) in row.enumerated() {
          places.append((box, Self.left + Double(i) * Self.pitch, y, index, true, r == above.count - 1))
        }
        y += Self.boxHeight + Self.rowGap
      }
      if above.isEmpty { y += 22 }
      barTops[bar.id] = y
      y += 9 + Self.rowGap
      for (r, row) in rows(bar.below).enumerated() {
        for (i, box) in row.enumerated() {
          places.append((box, Self.left + Double(i) * Self.pitch, y, index, false, r == 0))
        }
        y += Self.boxHeight + Self.rowGap
      }
      y += 18
      if !bar.member.isEmpty { frames[frames.count - 1].bottom = y - 10 }
    }
    var drawing = Drawing(width: 960, height: y + 4)
    for frame in frames {
      drawing.rectangle(
        x: 2, y: frame.top, width: 956, height: frame.bottom - frame.top, fill: "", radius: 10, extra: "class=\"group\""
      )
    }
    var lanes: [Int: Int] = [:]
    func lane(_ x: Double) -> Double {
      let column = Int(saturating: ((x - Self.left) / Self.pitch).rounded())
      let used = lanes[column, default: 0]
      lanes[column] = used + 1
      return x + Self.boxWidth + 3 + Double(used % 4) * 4.5
    }
    for place in places {
      let own = barTops[bars[place.bar].id] ?? 0
      let colour = bars[place.bar].colour.hex
      let middle = place.x + Self.boxWidth / 2
      let edge = place.isAbove ? place.y + Self.boxHeight : place.y
      let barEdge = place.isAbove ? own : own + 9
      if place.isNear {
        wire("M\(n(middle)) \(n(edge))V\(n(barEdge))", colour, in: &drawing)
      } else {
        let x = lane(place.x)
        wire("M\(n(place.x + Self.boxWidth)) \(n(place.y + 12))H\(n(x))V\(n(barEdge))", colour, in: &drawing)
      }
      for other in place.box.buses.dropFirst() {
        guard let top = barTops[other], let bar = bars.first(where: { $0.id == other }) else { continue }
        let x = lane(place.x)
        wire(
          "M\(n(place.x + Self.boxWidth)) \(n(place.y + Self.boxHeight - 12))H\(n(x))V\(n(top))", bar.colour.hex,
          in: &drawing)
        drawing.circle(x: x, y: top + 4, radius: 4.5, fill: bar.colour.hex)
      }
    }
    for bar in bars {
      let top = barTops[bar.id] ?? 0
      drawing.rectangle(x: 12, y: top, width: 936, height: 9, fill: bar.colour.hex, title: bar.name, radius: 3)
      drawing.text(
        bar.name.clipped(toWidth: 60), x: 948, y: top - 5, anchor: .end, kind: "halo", extra: "font-weight=\"600\"")
    }
    for frame in frames {
      let name = bars.first { $0.member == frame.member }.map {
        $0.name.split(separator: ",").first.map(String.init) ?? ""
      }
      drawing.text(
        (name ?? frame.member).clipped(toWidth: 50), x: 14, y: frame.top + 20, extra: "font-weight=\"650\"")
    }
    for place in places {
      let box = place.box
      drawing.rectangle(
        x: place.x, y: place.y, width: Self.boxWidth, height: Self.boxHeight, fill: "",
        title: "\(box.name): \(box.detail)", radius: 7, extra: "class=\"box\"")
      drawing.rectangle(
        x: place.x, y: place.y + 6, width: 6, height: Self.boxHeight - 12, fill: box.colour.hex, radius: 2)
      drawing.text(
        box.name.clipped(toWidth: 9.2), x: place.x + 13, y: place.y + 20, extra: "font-weight=\"600\"")
      for (i, line) in box.detail.split(separator: "·").prefix(2).enumerated() {
        drawing.text(
          String(line).trimmed.clipped(toWidth: 11), x: place.x + 13, y: place.y + 36 + Double(i) * 15, kind: "m s")
      }
    }
    return drawing.element(id: id, title: title, summary: summary)
  }

  private func n(_ value: Double) -> String { NumberText.coordinate(value) }

  private func wire(_ commands: String, _ colour: String, in drawing: inout Drawing) {
    drawing.path(commands, style: "fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"")
  }

  private func rows(_ boxes: [Box]) -> [[Box]] {
    stride(from: 0, to: boxes.count, by: Self.perRow).map {
      Array(boxes[$0..<min($0 + Self.perRow, boxes.count)])
    }
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    var part = Substring(self)
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
