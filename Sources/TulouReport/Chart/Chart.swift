/// A picture of numbers: what is shown, in which unit and colours. How it is drawn is the renderers' affair.
package struct Chart: Sendable {
  /// How wide it stands on a desktop page.
  package enum Width: Sendable { case half, full }

  /// What is drawn.
  package enum Body: Sendable {
    /// Bars side by side or on top of each other.
    case bars(Bars)
    /// Lines and areas over a numeric axis or over time.
    case lines(Lines)
    /// Colours over day and hour.
    case heat(HeatMap)
    /// Steps from one value to another.
    case waterfall(Waterfall)
    /// Ranges around a base value, widest first.
    case tornado(Tornado)
    /// Points over two axes.
    case scatter(Scatter)
  }

  /// Unique within a page; letters, digits and strokes.
  package var id: String
  /// Heading.
  package var title: String
  /// What a reader should see in it; read out in place of the picture.
  package var summary: String
  /// Width on the page.
  package var width: Width
  /// What is drawn.
  package var body: Body

  /// A chart.
  package init(id: String, title: String, summary: String, width: Width = .full, body: Body) {
    self.id = id
    self.title = title
    self.summary = summary
    self.width = width
    self.body = body
  }
}

/// Named values in one colour.
package struct Series: Sendable {
  /// How a series of a line chart is drawn.
  package enum Style: Sendable, Equatable { case line, dashed, area, step }
  /// Name in the legend.
  package var name: String
  /// Values, one a category or point, base unit; not-a-number leaves a gap.
  package var values: [Double]
  /// Colour.
  package var colour: Colour
  /// Line or area.
  package var style: Style
  /// A series.
  package init(_ name: String, _ values: [Double], colour: Colour, style: Style = .line) {
    self.name = name
    self.values = values
    self.colour = colour
    self.style = style
  }
}

/// Bars over categories; negative values stack downwards.
package struct Bars: Sendable {
  /// Which way the bars grow.
  package enum Direction: Sendable { case upright, lying }
  /// How several series share a category.
  package enum Arrangement: Sendable { case stacked, grouped }
  /// Names of the categories.
  package var categories: [String]
  /// One or more series, `values.count == categories.count`.
  package var series: [Series]
  /// Unit of the values.
  package var unit: String
  /// What the values are, e.g. `Cost per year`.
  package var quantity: String
  /// Way.
  package var direction: Direction
  /// Arrangement.
  package var arrangement: Arrangement
  /// A line over the bars (upright only), e.g. the running sum of a cash flow.
  package var line: Series?
  /// Bars.
  package init(
    categories: [String], series: [Series], quantity: String, unit: String, direction: Direction = .upright,
    arrangement: Arrangement = .stacked, line: Series? = nil
  ) {
    self.categories = categories
    self.series = series
    self.quantity = quantity
    self.unit = unit
    self.direction = direction
    self.arrangement = arrangement
    self.line = line
  }
}

/// Lines and areas.
package struct Lines: Sendable {
  /// The horizontal axis.
  package enum Axis: Sendable {
    /// Numbers with a quantity and a unit.
    case numbers([Double], quantity: String, unit: String)
    /// Moments, evenly spaced; `2027-01-31T13`.
    case moments([String])
  }
  /// Horizontal axis.
  package var axis: Axis
  /// Areas are stacked in their order, lines drawn over them.
  package var series: [Series]
  /// What the values are.
  package var quantity: String
  /// Their unit.
  package var unit: String
  /// Whether the vertical axis begins at zero.
  package var fromZero: Bool
  /// Lines.
  package init(axis: Axis, series: [Series], quantity: String, unit: String, fromZero: Bool = true) {
    self.axis = axis
    self.series = series
    self.quantity = quantity
    self.unit = unit
    self.fromZero = fromZero
  }

  /// Number of points.
  var count: Int {
    switch axis {
    case .numbers(let x, _, _): x.count
    case .moments(let stamps): stamps.count
    }
  }
}

/// One value a step, drawn as colours: a column a day, a row a step of the day.
package struct HeatMap: Sendable {
  /// Values in order of time; not-a-number where there is none.
  package var values: [Double]
  /// Rows: steps of a day (24 for hours).
  package var rows: Int
  /// Labels under columns: column index and text, e.g. the first days of months.
  package var columnTicks: [(column: Int, text: String)]
  /// Labels beside rows.
  package var rowTicks: [(row: Int, text: String)]
  /// What the values are.
  package var quantity: String
  /// Their unit.
  package var unit: String
  /// A map.
  package init(
    values: [Double], rows: Int, columnTicks: [(column: Int, text: String)], rowTicks: [(row: Int, text: String)],
    quantity: String, unit: String
  ) {
    self.values = values
    self.rows = rows
    self.columnTicks = columnTicks
    self.rowTicks = rowTicks
    self.quantity = quantity
    self.unit = unit
  }
}

/// Steps that lead from zero to a result.
package struct Waterfall: Sendable {
  /// A step.
  package struct Step: Sendable {
    /// Name.
    package var name: String
    /// Change, or for a sum the level.
    package var value: Double
    /// Whether the bar stands on zero.
    package var isSum: Bool
    /// Colour.
    package var colour: Colour
    /// A step.
    package init(_ name: String, _ value: Double, colour: Colour, isSum: Bool = false) {
      self.name = name
      self.value = value
      self.isSum = isSum
      self.colour = colour
    }
  }
  /// Steps in order.
  package var steps: [Step]
  /// What the values are.
  package var quantity: String
  /// Their unit.
  package var unit: String
  /// A waterfall.
  package init(steps: [Step], quantity: String, unit: String) {
    self.steps = steps
    self.quantity = quantity
    self.unit = unit
  }
}

/// How far a result moves when one input moves.
package struct Tornado: Sendable {
  /// An input.
  package struct Bar: Sendable {
    /// Name of the input.
    package var name: String
    /// Input values as printed, low and high.
    package var lowText: String, highText: String
    /// Result at the low and high input.
    package var low: Double, high: Double
    /// A bar.
    package init(name: String, lowText: String, low: Double, highText: String, high: Double) {
      self.name = name
      self.lowText = lowText
      self.highText = highText
      self.low = low
      self.high = high
    }
  }
  /// Bars in any order; drawn widest first.
  package var bars: [Bar]
  /// Result of the base case.
  package var base: Double
  /// What the result is.
  package var quantity: String
  /// Its unit.
  package var unit: String
  /// Names of the two ends in the legend.
  var lowName = "input low", highName = "input high"
  /// A tornado.
  package init(bars: [Bar], base: Double, quantity: String, unit: String) {
    self.bars = bars
    self.base = base
    self.quantity = quantity
    self.unit = unit
  }
}

/// Points, with or without a line through them.
package struct Scatter: Sendable {
  /// A set of points.
  package struct Set: Sendable {
    /// Name in the legend.
    package var name: String
    /// Places.
    package var points: [(x: Double, y: Double, name: String)]
    /// Colour.
    package var colour: Colour
    /// Whether a line joins them in order.
    package var joined: Bool
    /// Whether the set is a dashed line alone, its corners unmarked.
    package var isDashedLine = false
    /// A set.
    package init(_ name: String, points: [(x: Double, y: Double, name: String)], colour: Colour, joined: Bool = false) {
      self.name = name
      self.points = points
      self.colour = colour
      self.joined = joined
    }
  }
  /// Sets.
  package var sets: [Set]
  /// What the axes are.
  package var xQuantity: String, yQuantity: String
  /// Their units.
  package var xUnit: String, yUnit: String
  /// A scatter.
  package init(sets: [Set], xQuantity: String, xUnit: String, yQuantity: String, yUnit: String) {
    self.sets = sets
    self.xQuantity = xQuantity
    self.xUnit = xUnit
    self.yQuantity = yQuantity
    self.yUnit = yUnit
  }
}
