import TulouProject

extension Page {
  /// The page as one file that needs nothing else: style, pictures, data and script within.
  ///
  /// - Parameters:
  ///   - plotly: text of plotly.js, without `</script`; with it the charts can be zoomed and read off, without it they stay drawings.
  ///   - language: What the fixed words of the page are in: buttons, links, hints; the page itself is `said(in:)` it before.
  ///   - speaker: Who says them; nil: a speaker of the language.
  package func html(
    plotly: String? = nil, in language: Language = .english, by speaker: Speaker? = nil
  ) -> String {
    var writer = HTMLWriter(speaker: speaker ?? Speaker(language, words: cover.words))
    let say = writer.say
    for section in sections { writer.section(section) }
    var text = "<!DOCTYPE html>\n<html lang=\"\(code)\"><head><meta charset=\"utf-8\">"
    text += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
    text += "<meta name=\"color-scheme\" content=\"light dark\"><title>\(title.escaped)</title>"
    text += "<link rel=\"icon\" href=\"data:,\"><style>\n\(PageStyle.css)</style></head>\n<body>"
    text += "<a class=\"skip\" href=\"#main\">\(say("Skip to the contents"))</a>"
    text += "<header><h1>\(title.escaped)</h1><p>\(subtitle.escaped)</p>\(coverLines(say))</header>\n"
    text += "<nav aria-label=\"\(say("Sections"))\"><div>"
    for section in sections { text += "<a href=\"#\(section.id)\">\(section.title.escaped)</a>" }
    text += "</div></nav>\n<main id=\"main\" tabindex=\"-1\">\n" + writer.text + "</main>\n"
    text += "<footer><p>\(footer.escaped)</p></footer>\n"
    if let data = writer.hours {
      text += "<script type=\"application/json\" id=\"hours-data\">\(data.embedded().compact)</script>\n"
    }
    if let plotly {
      let specs = JSON.array(writer.charts.map { $0.plotly() })
      text += "<script type=\"application/json\" id=\"chart-data\">\(writer.speaker.amounts(specs.compact))</script>\n"
      text += "<script>" + plotly + "</script>\n"
    }
    if plotly != nil || writer.hours != nil || writer.hasExplorers {
      text += "<script>\(PageScript.words(in: language))</script>\n"
    }
    if plotly != nil || writer.hours != nil { text += "<script>\n\(PageScript.js)</script>\n" }
    if writer.hasExplorers { text += "<script>\n\(PageScript.explorers)</script>\n" }
    if writer.isSortable { text += "<script>\n\(PageScript.tables)</script>\n" }
    return text + "</body></html>\n"
  }
}

extension Page {
  /// Lines of the cover, each name beside its value.
  private func coverLines(_ say: (String) -> String) -> String {
    let lines = cover.lines.map { "<div><dt>\(say($0.name).escaped)</dt><dd>\($0.value.escaped)</dd></div>" }
    return lines.isEmpty ? "" : "<dl class=\"cover\">" + lines.joined() + "</dl>"
  }
}

/// Turns contents into HTML and remembers what the script needs.
struct HTMLWriter {
  /// Says the fixed words of the page.
  let speaker: Speaker
  private(set) var text = ""
  private(set) var charts: [Chart] = []
  private(set) var hours: HourlyData?
  /// Whether axes are chosen by the reader.
  private(set) var hasExplorers = false
  /// Whether a table is to be sorted and filtered by the reader.
  private(set) var isSortable = false

  init(speaker: Speaker) { self.speaker = speaker }

  func say(_ text: String) -> String { speaker.say(text, isFixed: true) }

  mutating func section(_ section: Page.Section) {
    text += "<section id=\"\(section.id)\" aria-labelledby=\"\(section.id)-h\">"
    text += "<h2 id=\"\(section.id)-h\">\(section.title.escaped)</h2>\n"
    for content in section.contents { add(content) }
    text += "</section>\n"
  }

  private mutating func add(_ content: Page.Content) {
    switch content {
    case .text(let words): text += "<p>\(words.escaped)</p>\n"
    case .lead(let words): text += "<p class=\"lead\">\(words.escaped)</p>\n"
    case .alert(let words): text += "<p class=\"alert\" role=\"note\">\(words.escaped)</p>\n"
    case .heading(let words): text += "<h3>\(words.escaped)</h3>\n"
    case .list(let points):
      text += "<ul>" + points.map { "<li>\($0.escaped)</li>" }.joined() + "</ul>\n"
    case .tiles(let tiles):
      text += "<dl class=\"tiles\">"
      for tile in tiles {
        text += "<div class=\"tile\"><dt>\(tile.name.escaped)</dt><dd class=\"v\">\(tile.value.escaped)</dd>"
        if !tile.note.isEmpty { text += "<dd class=\"n\">\(tile.note.escaped)</dd>" }
        text += "</div>"
      }
      text += "</dl>\n"
    case .links(let links):
      text += "<ul>"
      for link in links { text += "<li><a href=\"\(link.place.escaped)\">\(link.text.escaped)</a></li>" }
      text += "</ul>\n"
    case .table(let table): add(table)
    case .chart(let chart):
      charts.append(chart)
      figure(
        id: chart.id, title: chart.title, summary: chart.summary, svg: speaker.amounts(chart.svg()),
        wide: chart.width == .full)
    case .picture(let picture):
      text += "<figure class=\"wide\"><figcaption>\(picture.title.escaped)</figcaption>"
      text += "<div class=\"scroll\" tabindex=\"0\">\(speaker.amounts(picture.svg))</div></figure>\n"
    case .pair(let left, let right):
      text += "<div class=\"pair\"><div>"
      add(left)
      text += "</div><div>"
      add(right)
      text += "</div></div>\n"
    case .hours(let data):
      hours = data
      add(hours: data)
    case .rows(let explorer):
      var bar = choice("x", "Across") + choice("y", "Up")
      if explorer.points.contains(where: { $0.group == nil }) {
        bar += "<label><input type=\"checkbox\"> \(say("show rejected designs"))</label>"
      }
      let still = explorer.still
      figure(
        explorer: "rows", id: still.id, title: still.title, summary: still.summary, bar: bar,
        svg: speaker.amounts(still.svg()),
        data: explorer.embedded())
    case .surface(let map):
      let drawing = map.drawing(width: 960).element(id: map.id, title: map.title, summary: map.summary)
      figure(
        explorer: "surface", id: map.id, title: map.title, summary: map.summary,
        bar: choice("x", "Across") + choice("y", "Up") + choice("z", "Colour"), svg: speaker.amounts(drawing),
        data: map.embedded())
    case .folded(let title, let contents):
      text += "<details><summary>\(title.escaped)</summary>"
      for content in contents { add(content) }
      text += "</details>\n"
    }
  }

  private mutating func figure(id: String, title: String, summary: String, svg: String, wide: Bool) {
    text += "<figure\(wide ? " class=\"wide\"" : "") id=\"fig-\(id)\"><figcaption>\(title.escaped)</figcaption>"
    text += "<p>\(summary.escaped)</p><div class=\"scroll\" tabindex=\"0\">\(svg)</div>"
    text += "<div class=\"plot\" id=\"plot-\(id)\"></div></figure>\n"
  }

  private func choice(_ name: String, _ title: String) -> String {
    "<label>\(say(title)) <select data-axis=\"\(name)\"></select></label>"
  }

  private mutating func figure(
    explorer: String, id: String, title: String, summary: String, bar: String, svg: String, data: JSON
  ) {
    hasExplorers = true
    text += "<figure class=\"wide\" id=\"fig-\(id)\" data-explorer=\"\(explorer)\">"
    text += "<figcaption>\(title.escaped)</figcaption><p>\(summary.escaped)</p><div class=\"bar js\">\(bar)</div>"
    text += "<div class=\"scroll\" tabindex=\"0\">\(svg)</div><div class=\"plot js\"></div>"
    text += "<p class=\"tip js\" aria-live=\"polite\"></p></figure>\n"
    text += "<script type=\"application/json\" id=\"fig-\(id)-data\">\(data.compact)</script>\n"
  }

  private mutating func add(_ table: Table) {
    let sorts = !table.keys.isEmpty && table.keys.count == table.rows.count
    if sorts {
      isSortable = true
      text += "<div class=\"bar filter\" hidden><input type=\"search\" placeholder=\"\(say("Filter rows"))\" "
      text += "aria-label=\"\(say("Filter rows"))\"><span class=\"tip\">\(say("Click a heading to sort."))</span></div>"
    }
    text += "<div class=\"table scroll\" tabindex=\"0\"><table\(sorts ? " class=\"sorts\"" : "")>"
    if !table.caption.isEmpty { text += "<caption>\(table.caption.escaped)</caption>" }
    text += "<thead><tr>"
    for column in table.columns {
      text += "<th scope=\"col\"\(column.alignment == .right ? " class=\"r\"" : "")>\(column.title.escaped)</th>"
    }
    text += "</tr></thead><tbody>"
    for (index, row) in table.rows.enumerated() {
      text += table.hasTotal && index == table.rows.count - 1 ? "<tr class=\"total\">" : "<tr>"
      for (i, cell) in row.enumerated() {
        let right = table.columns[i].alignment == .right
        var extra = right ? " class=\"r\"" : ""
        if table.columns[i].isQuoted { extra += " data-quoted" }
        if sorts, table.keys[index].indices.contains(i), let key = table.keys[index][i], key.isFinite {
          extra += " data-v=\"\(key)\""
        }
        text += i == 0 ? "<th scope=\"row\"\(extra)>" : "<td\(extra)>"
        text += cell.escaped + (i == 0 ? "</th>" : "</td>")
      }
      text += "</tr>"
    }
    text += "</tbody></table></div>\n"
  }

  private mutating func add(hours data: HourlyData) {
    let views = data.lines.reduce(into: [String]()) { list, line in
      if line.part != .other && !list.contains(line.view) { list.append(line.view) }
    }
    text += "<figure class=\"wide\" id=\"hours\"><figcaption>\(say("The hours: who supplies, who uses"))</figcaption>"
    text += "<p>\(say("Above the line what supplies, below it what stores or sells; the dark line is demand."))</p>"
    text += "<div class=\"bar js\" role=\"group\" aria-label=\"\(say("Range of hours"))\">"
    if views.count > 1 {
      text += "<select id=\"hours-view\" aria-label=\"\(say("Form of energy"))\">"
      for view in views { text += "<option>\(view.escaped)</option>" }
      text += "</select>"
    }
    for (span, name) in [("day", "Day"), ("week", "Week"), ("month", "Month"), ("all", "All")] {
      text += "<button data-span=\"\(span)\">\(say(name))</button>"
    }
    text += "<button data-move=\"-1\" aria-label=\"\(say("Earlier"))\">◀</button>"
    text += "<button data-move=\"1\" aria-label=\"\(say("Later"))\">▶</button></div>"
    text +=
      "<div class=\"scroll\" tabindex=\"0\">\(data.week(view: views.first ?? "").said(by: speaker).svg())</div>"
    text +=
      "<div class=\"plot js\" id=\"hours-plot\"></div><p class=\"tip js\" id=\"hours-tip\" aria-live=\"polite\"></p></figure>\n"
    text += "<figure class=\"wide\" id=\"map\"><figcaption>\(say("Day by hour"))</figcaption>"
    text += "<p>\(say("Every column is a day, every row an hour of the day; bright is much."))</p>"
    text += "<div class=\"bar js\"><label for=\"map-line\">\(say("Series"))</label><select id=\"map-line\">"
    for (i, line) in data.lines.enumerated() { text += "<option value=\"\(i)\">\(line.name.escaped)</option>" }
    text += "</select></div>"
    if let map = data.map() { text += "<div class=\"scroll\" tabindex=\"0\">\(map.said(by: speaker).svg())</div>" }
    text +=
      "<div class=\"plot js\" id=\"map-plot\"></div><p class=\"tip js\" id=\"map-tip\" aria-live=\"polite\"></p></figure>\n"
    if !data.omitted.isEmpty {
      text += "<p>\(say("Left out here to keep the page small, but in flows.csv")): "
      text += data.omitted.joined(separator: ", ").escaped + ".</p>\n"
    }
  }
}
