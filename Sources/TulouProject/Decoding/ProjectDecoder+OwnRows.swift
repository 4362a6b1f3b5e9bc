import TulouDocument
import TulouQuantities
import TulouResources
import TulouTechnologies

extension ProjectResources {
  /// A resource at the rows of its own file.
  struct OwnRows: Sendable {
    var entry: Entry
    var grid: StepGrid
  }

  /// All resources at the rows of one of them.
  func ownRows(of resource: String, _ driver: ResourceDriver) -> TulouTechnologies.OwnRows? {
    guard let own = driver == .sun ? sunRows[resource] : windRows[resource] else { return nil }
    var view = self
    view.horizon = own.grid.rows
    view.sunRows = [:]
    view.windRows = [:]
    func rows(_ values: [Double]?) -> [Double]? { values.map { own.grid.toRows($0) } }
    for i in view.entries.indices {
      if view.entries[i].id == resource {
        view.entries[i].entry = own.entry
      } else {
        // What a technology may borrow from other resources: air, wind, and light for the stability of the air.
        view.entries[i].entry.temperature = rows(entries[i].entry.temperature)
        view.entries[i].entry.speed = rows(entries[i].entry.speed)
        view.entries[i].entry.irradiance = rows(entries[i].entry.irradiance)
      }
    }
    return TulouTechnologies.OwnRows(resources: view, grid: own.grid)
  }
}

extension ProjectDecoder {
  /// Keeps sun and wind of a resource at the rows of its file where these are not the project's steps.
  func readOwnRows(
    _ input: ResourceFileInput, _ node: Node.Entry, _ entry: ProjectResources.Entry,
    into resources: inout ProjectResources,
    _ decoding: inout Decoding
  ) {
    guard !decoding.hasErrors else { return }
    if let weather = entry.weather {
      let hasSun = weather.columns[.globalHorizontal] != nil, hasWind = weather.columns[.windSpeed] != nil
      guard hasSun || hasWind,
        let grid = weather.grid(over: decoding.horizon, utcOffsetHours: site?.offset)
      else { return }
      var own = held(entry, grid)
      do throws(ProjectFault) {
        try take(weather, year: entry.weatherYear, input.scale, into: &own, grid.rows)
      } catch {
        decoding.adopt(error, at: node.mark)
        return
      }
      own.height = entry.height
      own.isStation = entry.isStation
      if hasWind, entry.atlasFactor != 1 { own.speed = own.speed?.map { $0 * entry.atlasFactor } }
      let rows = ProjectResources.OwnRows(entry: own, grid: grid)
      if hasSun { resources.sunRows[node.key] = rows }
      if hasWind { resources.windRows[node.key] = rows }
      return
    }
    if input.monthlyGHI == nil, let ghi = input.ghi {
      resources.sunRows[node.key] = rows(of: ghi, "ghi", .irradiance, entry, decoding) { own, values in
        own.irradiance = values.map { $0 * input.scale }
      }
    }
    if input.monthlySpeed == nil, input.meanSpeed == nil, let speed = input.speed {
      resources.windRows[node.key] = rows(of: speed, "speed", .speed, entry, decoding) { own, values in
        own.speed = values.map { $0 * input.scale * entry.atlasFactor }
      }
    }
  }

  /// A resource whose series at `key` is read at its file's rows; nil where they are the steps.
  private func rows(
    of node: Node, _ key: String, _ measure: Measure, _ entry: ProjectResources.Entry, _ decoding: Decoding,
    _ put: (inout ProjectResources.Entry, [Double]) -> Void
  ) -> ProjectResources.OwnRows? {
    // What there is to say was said when the steps were read.
    var silent = decoding
    guard let series = silent.within(key, { $0.series(node, [measure]) }), let hours = series.rowHours,
      let grid = StepGrid(steps: decoding.horizon, rowHours: hours, phase: series.rowPhase), !grid.isSame
    else { return nil }
    silent.horizon = grid.rows
    guard let values = silent.within(key, { $0.series(node, [measure])?.values }), values.count == grid.rows.steps
    else {
      return nil
    }
    var own = held(entry, grid)
    put(&own, values)
    return ProjectResources.OwnRows(entry: own, grid: grid)
  }

  /// A resource with its steps held over rows.
  private func held(_ entry: ProjectResources.Entry, _ grid: StepGrid) -> ProjectResources.Entry {
    var own = entry
    func rows(_ values: [Double]?) -> [Double]? { values.map { grid.toRows($0) } }
    own.irradiance = rows(entry.irradiance)
    own.beam = rows(entry.beam)
    own.diffuse = rows(entry.diffuse)
    own.temperature = rows(entry.temperature)
    own.speed = rows(entry.speed)
    own.pressure = rows(entry.pressure)
    return own
  }
}
