import TulouQuantities

/// A vector drawing under construction: SVG elements in a box of fixed size, text escaped.
struct Drawing {
  /// Where a text stands relative to its place.
  enum Anchor: String { case start, middle, end }

  /// Size of the box.
  let width: Double, height: Double
  private(set) var body = ""

  /// An empty box.
  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// A filled rectangle; `title` is shown on hovering and read out.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, title: String = "", radius: Double = 0,
    extra: String = ""
  ) {
    body += "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(max(0, width)))\""
    body += " height=\"\(number(max(0, height)))\" fill=\"\(fill)\""
    if radius > 0 { body += " rx=\"\(number(radius))\"" }
    if !extra.isEmpty { body += " " + extra }
    close("rect", title)
  }

  /// A straight line.
  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
    body += "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" \(style)/>"
  }

  /// A path given in SVG's own letters.
  mutating func path(_ commands: String, style: String, title: String = "") {
    body += "<path d=\"\(commands)\" \(style)"
    close("path", title)
  }

  /// A circle.
  mutating func circle(x: Double, y: Double, radius: Double, fill: String, title: String = "") {
    body += "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" fill=\"\(fill)\""
    close("circle", title)
  }

  /// A line of text; `kind` is a class of the page's style: `t` plain, `m` muted, `s` small.
  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, kind: String = "t", extra: String = ""
  ) {
    body += "<text x=\"\(number(x))\" y=\"\(number(y))\" class=\"\(kind)\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if !extra.isEmpty { body += " " + extra }
    body += ">" + text.escaped + "</text>"
  }

  /// Anything else, already SVG.
  mutating func raw(_ markup: String) { body += markup }

  /// The whole element with its title and description for those who cannot see it.
  func element(id: String, title: String, summary: String) -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\""
      + " aria-labelledby=\"\(id)-t \(id)-d\"><title id=\"\(id)-t\">" + title.escaped + "</title><desc id=\"\(id)-d\">"
      + summary.escaped + "</desc>" + body + "</svg>"
  }

  /// A number as it stands in attributes.
  func number(_ value: Double) -> String { NumberText.coordinate(value) }

  private mutating func close(_ name: String, _ title: String) {
    if title.isEmpty { body += "/>" } else { body += "><title>" + title.escaped + "</title></\(name)>" }
  }
}
