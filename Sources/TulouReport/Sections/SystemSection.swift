import TulouQuantities

extension PlanReport {
  /// The cluster as a drawing.
  func systemSection() -> Page.Section {
    var sizes: [String: String] = [:]
    for line in sizeLines where sizes[line.id] == nil {
      let parts = sizeLines.filter { $0.id == line.id }.map { Scale.text($0.capacity, $0.unit, digits: 3) }
      let isBuilt = sizeLines.contains { $0.id == line.id && $0.capacity > 0 }
      sizes[line.id] = isBuilt ? parts.joined(separator: ", ") : "not built"
    }
    let diagram = SystemDiagram(project, legend: legend, sizes: sizes)
    return Page.Section(
      id: "system", title: "System",
      [
        .picture(
          Page.Picture(
            id: "system-drawing", title: "Buses, machines and demands with planned sizes",
            diagram, name: "System"))
      ])
  }
}
