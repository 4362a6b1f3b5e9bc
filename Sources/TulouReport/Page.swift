package import TulouProject

/// A report: a headline, then sections, each of text, tables and pictures. Independent of how it is rendered.
package struct Page: Sendable {
  /// A number that stands out, with what it means.
  package struct Tile: Sendable {
    /// Name in plain words.
    package var name: String
    /// Value with unit.
    package var value: String
    /// What it means, one short sentence; may be empty.
    package var note: String
    /// A tile.
    package init(_ name: String, _ value: String, note: String = "") {
      self.name = name
      self.value = value
      self.note = note
    }
  }

  /// A picture that is drawn when the page is written, or is SVG already.
  package struct Picture: Sendable {
    /// What is drawn.
    enum Drawing: Sendable {
      case drawn(String)
      case flow(FlowDiagram)
      /// A system with what a reader hears in place of the drawing.
      case system(SystemDiagram, title: String)
    }
    /// Unique within the page.
    package var id: String
    /// Heading.
    package var title: String
    var drawing: Drawing
    /// The drawing as SVG.
    package var svg: String {
      switch drawing {
      case .drawn(let svg): svg
      case .flow(let diagram): diagram.svg()
      case .system(let diagram, let title): diagram.svg(id: id, title: title)
      }
    }
    /// A picture.
    package init(id: String, title: String, svg: String) {
      self.id = id
      self.title = title
      drawing = .drawn(svg)
    }
    /// A diagram of flows.
    init(_ diagram: FlowDiagram) {
      id = diagram.id
      title = diagram.title
      drawing = .flow(diagram)
    }
    /// A diagram of a system; `name` is read out in its place.
    init(id: String, title: String, _ diagram: SystemDiagram, name: String) {
      self.id = id
      self.title = title
      drawing = .system(diagram, title: name)
    }
  }

  /// A part of a section.
  package indirect enum Content: Sendable {
    /// A paragraph.
    case text(String)
    /// A paragraph in the voice of the summary, larger.
    case lead(String)
    /// A remark that must be seen.
    case alert(String)
    /// Numbers that stand out.
    case tiles([Tile])
    /// Points.
    case list([String])
    /// A table.
    case table(Table)
    /// A chart.
    case chart(Chart)
    /// Two things side by side where there is room.
    case pair(Content, Content)
    /// A drawing.
    case picture(Picture)
    /// The hours, zoomable, and the map of any of their series.
    case hours(HourlyData)
    /// Rows over two axes that the reader chooses.
    case rows(RowExplorer)
    /// The best over two sizes that the reader chooses.
    case surface(SurfaceExplorer)
    /// Something that is folded away under a title.
    case folded(String, [Content])
    /// Links to other files of the same results: text and relative place.
    case links([(text: String, place: String)])
    /// A lesser heading.
    case heading(String)
  }

  /// A section with its heading.
  package struct Section: Sendable {
    /// Id for links, unique.
    package var id: String
    /// Heading.
    package var title: String
    /// Parts in order.
    package var contents: [Content]
    /// A section.
    package init(id: String, title: String, _ contents: [Content]) {
      self.id = id
      self.title = title
      self.contents = contents
    }
  }

  /// Code of the language that the page is in.
  package var code = "en"
  /// Heading of the page.
  package var title: String
  /// Line under it.
  package var subtitle: String
  /// Client, author, date and version, where the project names them.
  package var cover: Cover
  /// Sections; those without contents are left out.
  package var sections: [Section]
  /// Last line: what made it, from what.
  package var footer: String

  /// A page.
  package init(title: String, subtitle: String, cover: Cover = Cover(), sections: [Section], footer: String) {
    self.title = title
    self.subtitle = subtitle
    self.cover = cover
    self.sections = sections.filter { !$0.contents.isEmpty }
    self.footer = footer
  }
}
