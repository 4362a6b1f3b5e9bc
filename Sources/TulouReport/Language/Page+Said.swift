import TulouProject

extension Page {
  /// The page in a language: every text of its tree; numbers, and names that the file gave, as they are.
  package func said(in language: Language) -> Page {
    said(by: Speaker(language, words: cover.words), code: language.code)
  }

  /// The page as a speaker says it.
  package func said(by speaker: Speaker, code: String) -> Page {
    var page = self
    page.code = code
    page.title = speaker.say(title)
    page.subtitle = speaker.say(subtitle)
    page.footer = speaker.say(footer)
    page.sections = sections.map { section in
      var section = section
      section.title = speaker.say(section.title, isFixed: true)
      section.contents = section.contents.map { $0.said(by: speaker) }
      return section
    }
    return page
  }
}

extension Page.Content {
  fileprivate func said(by speaker: Speaker) -> Page.Content {
    func say(_ text: String) -> String { speaker.say(text) }
    switch self {
    case .text(let words): return .text(say(words))
    case .lead(let words): return .lead(say(words))
    case .alert(let words): return .alert(say(words))
    case .heading(let words): return .heading(say(words))
    case .list(let points): return .list(points.map(say))
    case .tiles(let tiles):
      return .tiles(tiles.map { Page.Tile(speaker.say($0.name, isFixed: true), say($0.value), note: say($0.note)) })
    case .links(let links): return .links(links.map { (say($0.text), $0.place) })
    case .table(let table): return .table(table.said(by: speaker))
    case .chart(let chart): return .chart(chart.said(by: speaker))
    case .pair(let left, let right): return .pair(left.said(by: speaker), right.said(by: speaker))
    case .picture(let picture): return .picture(picture.said(by: speaker))
    case .hours(let data): return .hours(data.said(by: speaker))
    case .rows(let explorer): return .rows(explorer.said(by: speaker))
    case .surface(let map): return .surface(map.said(by: speaker))
    case .folded(let title, let contents):
      return .folded(say(title), contents.map { $0.said(by: speaker) })
    }
  }
}

extension Page.Picture {
  fileprivate func said(by speaker: Speaker) -> Page.Picture {
    var picture = self
    picture.title = speaker.say(title)
    switch drawing {
    case .drawn(let svg): picture.drawing = .drawn(Markup.said(svg) { speaker.say($0) })
    case .flow(let flow): picture.drawing = .flow(flow.said(by: speaker))
    case .system(let diagram, let title):
      picture.drawing = .system(diagram.said(by: speaker), title: speaker.say(title))
    }
    return picture
  }
}

extension Table {
  func said(by speaker: Speaker) -> Table {
    var table = self
    table.caption = speaker.say(caption)
    for i in table.columns.indices { table.columns[i].title = speaker.say(columns[i].title, isFixed: true) }
    table.rows = rows.map { row in
      zip(columns, row).map { $0.isQuoted ? $1 : speaker.say($1) }
    }
    return table
  }
}

extension HourlyData {
  fileprivate func said(by speaker: Speaker) -> HourlyData {
    var data = self
    for i in lines.indices {
      data.lines[i].name = speaker.say(lines[i].name)
      data.lines[i].view = speaker.say(lines[i].view)
      data.lines[i].unit = speaker.unit(lines[i].unit)
    }
    data.omitted = omitted.map { speaker.say($0) }
    return data
  }
}

extension ExplorerColumn {
  fileprivate func said(by speaker: Speaker) -> ExplorerColumn {
    ExplorerColumn(speaker.say(title, isFixed: true), speaker.unit(unit))
  }
}

extension RowExplorer {
  fileprivate func said(by speaker: Speaker) -> RowExplorer {
    var explorer = self
    explorer.columns = columns.map { $0.said(by: speaker) }
    explorer.groups = groups.map { (speaker.say($0.name), $0.colour) }
    for i in points.indices {
      explorer.points[i].name = speaker.say(points[i].name)
      explorer.points[i].note = speaker.say(points[i].note)
    }
    explorer.still = still.said(by: speaker)
    return explorer
  }
}

extension SurfaceExplorer {
  fileprivate func said(by speaker: Speaker) -> SurfaceExplorer {
    var map = self
    map.title = speaker.say(title)
    map.summary = speaker.say(summary)
    map.broken = speaker.say(broken)
    map.sizes = sizes.map { ($0.column.said(by: speaker), $0.places) }
    map.measures = measures.map { $0.said(by: speaker) }
    for i in cells.indices { map.cells[i].name = speaker.say(cells[i].name) }
    return map
  }
}

extension FlowDiagram {
  fileprivate func said(by speaker: Speaker) -> FlowDiagram {
    // What is named after the other end of a band stands there already.
    var diagram = withoutCircles()
    diagram.title = speaker.say(title)
    diagram.summary = speaker.say(summary)
    for i in diagram.nodes.indices { diagram.nodes[i].name = speaker.say(diagram.nodes[i].name) }
    return diagram
  }
}

extension SystemDiagram {
  fileprivate func said(by speaker: Speaker) -> SystemDiagram {
    var diagram = self
    diagram.summary = speaker.say(summary)
    for i in bars.indices {
      diagram.bars[i].name = speaker.say(bars[i].name)
      diagram.bars[i].above = bars[i].above.map { $0.said(by: speaker) }
      diagram.bars[i].below = bars[i].below.map { $0.said(by: speaker) }
    }
    return diagram
  }
}

extension SystemDiagram.Box {
  fileprivate func said(by speaker: Speaker) -> SystemDiagram.Box {
    var box = self
    box.name = speaker.say(name)
    box.detail = speaker.say(detail)
    return box
  }
}
