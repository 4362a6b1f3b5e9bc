import TulouDocument

/// Who gives how much to whom, drawn as bands whose width is the amount (a Sankey diagram).
package struct FlowDiagram: Sendable {
  /// A place that gives or takes.
  package struct Node: Sendable {
    /// Id, unique.
    package var id: String
    /// Name.
    package var name: String
    /// Colour.
    package var colour: Colour
    /// A node.
    package init(_ id: String, name: String, colour: Colour) {
      self.id = id
      self.name = name
      self.colour = colour
    }
  }
  /// An amount on its way.
  package struct Band: Sendable {
    /// Ids of its ends.
    package var from: String, to: String
    /// Amount, above zero.
    package var amount: Double
    /// Colour.
    package var colour: Colour
    /// A band.
    package init(from: String, to: String, amount: Double, colour: Colour) {
      self.from = from
      self.to = to
      self.amount = amount
      self.colour = colour
    }
  }

  /// Unique within a page.
  package var id: String
  /// Heading.
  package var title: String
  /// Read out in place of the picture.
  package var summary: String
  /// Unit of the amounts.
  package var unit: String
  /// Nodes; their order breaks ties.
  package var nodes: [Node]
  /// Bands.
  package var bands: [Band]

  /// A diagram; bands below a thousandth of a per cent of the largest are left out.
  package init(id: String, title: String, summary: String, unit: String, nodes: [Node], bands: [Band]) {
    self.id = id
    self.title = title
    self.summary = summary
    self.unit = unit
    let least = (bands.map(\.amount).max() ?? 0) * 1e-5
    self.bands = bands.filter { $0.amount > least }
    let used = Set(self.bands.flatMap { [$0.from, $0.to] })
    self.nodes = nodes.filter { used.contains($0.id) }
  }

  /// The same without circles: a band that leads back is cut in two, one end leaving and one arriving, both named
  /// after the node at the other end.
  func withoutCircles() -> FlowDiagram {
    var result = self
    let index = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.id, $0) })
    var following = [[Int]](repeating: [], count: nodes.count)
    for (b, band) in bands.enumerated() { if let from = index[band.from] { following[from].append(b) } }
    // Depth-first; a band to a node still open leads back. Nodes that only give go first.
    var state = [Int](repeating: 0, count: nodes.count)
    var back: Set<Int> = []
    let receives = Set(bands.map(\.to))
    func visit(_ start: Int) {
      var stack: [(node: Int, next: Int)] = [(start, 0)]
      state[start] = 1
      while let (node, next) = stack.last {
        if next == following[node].count {
          state[node] = 2
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let b = following[node][next]
        guard let to = index[bands[b].to] else { continue }
        if state[to] == 1 {
          back.insert(b)
        } else if state[to] == 0 {
          state[to] = 1
          stack.append((to, 0))
        }
      }
    }
    let starts = nodes.indices.filter { !receives.contains(nodes[$0].id) } + Array(nodes.indices)
    for start in starts where state[start] == 0 { visit(start) }
    for b in back.sorted() {
      let band = bands[b]
      guard let from = index[band.from], let to = index[band.to] else { continue }
      let leaving = Node("\(band.from)>\(band.to)", name: "to \(nodes[to].name)", colour: nodes[to].colour)
      let arriving = Node("\(band.to)<\(band.from)", name: "from \(nodes[from].name)", colour: nodes[from].colour)
      result.nodes += [leaving, arriving]
      result.bands[b].to = leaving.id
      result.bands.append(Band(from: arriving.id, to: band.to, amount: band.amount, colour: band.colour))
    }
    return result
  }
}
