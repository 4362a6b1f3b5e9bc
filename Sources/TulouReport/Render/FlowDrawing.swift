import TulouQuantities

extension FlowDiagram {
  /// The diagram as SVG.
  func svg() -> String {
    let flow = withoutCircles()
    let count = flow.nodes.count
    let index = Dictionary(uniqueKeysWithValues: flow.nodes.enumerated().map { ($1.id, $0) })
    let ends = flow.bands.map { (from: index[$0.from] ?? 0, to: index[$0.to] ?? 0) }
    var drawing = Drawing(width: 960, height: 40)
    guard count > 0 else { return drawing.element(id: id, title: title, summary: summary) }
    let layer = layers(count: count, ends: ends)
    let last = layer.max() ?? 0
    var given = [Double](repeating: 0, count: count), taken = given
    for (b, end) in ends.enumerated() {
      given[end.from] += flow.bands[b].amount
      taken[end.to] += flow.bands[b].amount
    }
    let size = (0..<count).map { max(given[$0], taken[$0]) }
    var columns = (0...last).map { l in (0..<count).filter { layer[$0] == l } }
    order(&columns, ends: ends, amounts: flow.bands.map(\.amount))
    let gap = 30.0
    let fullest = columns.map(\.count).max() ?? 1
    let largest = columns.map { $0.reduce(0) { $0 + size[$1] } }.max() ?? 1
    let height = max(300, min(900, Double(fullest) * 62))
    let perUnit = (height - gap * Double(fullest)) / largest
    drawing = Drawing(width: 960, height: height + 20)
    let nodeWidth = 14.0, left = 4.0, right = 956.0
    func x(_ l: Int) -> Double { last == 0 ? left : left + (right - left - nodeWidth) * Double(l) / Double(last) }
    var top = [Double](repeating: 0, count: count)
    for column in columns {
      let needed = column.reduce(0) { $0 + max(3, size[$1] * perUnit) } + gap * Double(max(0, column.count - 1))
      var y = 14 + (height - needed) / 2
      for node in column {
        top[node] = y
        y += max(3, size[node] * perUnit) + gap
      }
    }
    // Bands leave and arrive in the order of the other ends, so that they cross as little as may be.
    var outOffset = [Double](repeating: 0, count: count), inOffset = outOffset
    var starts = [Double](repeating: 0, count: ends.count), arrivals = starts
    for b in ends.indices.sorted(by: { top[ends[$0].to] < top[ends[$1].to] }) {
      let node = ends[b].from
      starts[b] = top[node] + outOffset[node]
      outOffset[node] += flow.bands[b].amount * perUnit
    }
    for b in ends.indices.sorted(by: { top[ends[$0].from] < top[ends[$1].from] }) {
      let node = ends[b].to
      arrivals[b] = top[node] + inOffset[node]
      inOffset[node] += flow.bands[b].amount * perUnit
    }
    for (b, end) in ends.enumerated() {
      let thickness = max(0.8, flow.bands[b].amount * perUnit)
      let x0 = x(layer[end.from]) + nodeWidth, x1 = x(layer[end.to])
      let y0 = starts[b] + thickness / 2, y1 = arrivals[b] + thickness / 2
      let middle = (x0 + x1) / 2
      let n = drawing.number
      drawing.path(
        "M\(n(x0)) \(n(y0))C\(n(middle)) \(n(y0)) \(n(middle)) \(n(y1)) \(n(x1)) \(n(y1))",
        style:
          "fill=\"none\" stroke=\"\(flow.bands[b].colour.hex)\" stroke-opacity=\".42\" stroke-width=\"\(n(thickness))\"",
        title: "\(flow.nodes[end.from].name) → \(flow.nodes[end.to].name): \(Scale.text(flow.bands[b].amount, unit))")
    }
    for (i, node) in flow.nodes.enumerated() {
      let amount = Scale.text(size[i], unit, digits: 3)
      drawing.rectangle(
        x: x(layer[i]), y: top[i], width: nodeWidth, height: max(3, size[i] * perUnit), fill: node.colour.hex,
        title: "\(node.name): \(amount)")
      let atEnd = layer[i] == last && last > 0
      // Where columns stand close together the amount is left to the tip, so that labels do not run into each other.
      let room = last == 0 ? 60 : (right - left - nodeWidth) / Double(last) / Frame.font
      let both = "\(node.name) \(amount)"
      let label =
        both.drawnWidth <= room
        ? both
        : room > amount.drawnWidth + 9
          ? node.name.clipped(toWidth: room - amount.drawnWidth - 1) + " " + amount : node.name.clipped(toWidth: room)
      drawing.text(
        label, x: atEnd ? right : x(layer[i]), y: top[i] - 5, anchor: atEnd ? .end : .start,
        kind: "halo")
    }
    return drawing.element(id: id, title: title, summary: summary)
  }

  /// The column of every node: after all that give to it; what only takes stands last, what only gives just before
  /// its first taker.
  private func layers(count: Int, ends: [(from: Int, to: Int)]) -> [Int] {
    var layer = [Int](repeating: 0, count: count)
    // No circles are left, so `count` rounds suffice.
    for _ in 0..<count {
      var changed = false
      for end in ends where layer[end.to] < layer[end.from] + 1 {
        layer[end.to] = layer[end.from] + 1
        changed = true
      }
      if !changed { break }
    }
    let last = layer.max() ?? 0
    for node in 0..<count {
      let out = ends.filter { $0.from == node }, into = ends.contains { $0.to == node }
      if out.isEmpty { layer[node] = last }
      if !into, let first = out.map({ layer[$0.to] }).min() { layer[node] = max(0, first - 1) }
    }
    return layer
  }

  /// Sorts each column by the middle of its neighbours, back and forth.
  private func order(_ columns: inout [[Int]], ends: [(from: Int, to: Int)], amounts: [Double]) {
    for sweep in 0..<6 {
      var place: [Int: Double] = [:]
      for column in columns {
        for (i, node) in column.enumerated() { place[node] = (Double(i) + 0.5) / Double(column.count) }
      }
      let forward = sweep % 2 == 0
      for l in forward ? Array(columns.indices) : columns.indices.reversed() {
        let middles = columns[l].map { node -> Double in
          var weight = 0.0, sum = 0.0
          for (b, end) in ends.enumerated() {
            let other = forward ? (end.to == node ? end.from : -1) : (end.from == node ? end.to : -1)
            guard other >= 0 else { continue }
            weight += amounts[b]
            sum += amounts[b] * (place[other] ?? 0.5)
          }
          return weight > 0 ? sum / weight : place[node] ?? 0.5
        }
        let sorted = columns[l].indices.sorted {
          middles[$0] != middles[$1] ? middles[$0] < middles[$1] : $0 < $1
        }
        columns[l] = sorted.map { columns[l][$0] }
        for (i, node) in columns[l].enumerated() { place[node] = (Double(i) + 0.5) / Double(columns[l].count) }
      }
    }
  }
}
