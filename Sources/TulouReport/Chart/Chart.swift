/// A picture of numbers: what is shown, in which unit and colours. How it is drawn is the renderers' affair.
public struct Chart: Sendable {
  /// How wide it stands on a desktop page.
  public enum Width: Sendable { case half, full }

  /// What is drawn.
  public enum Body: Sendable {
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
  public var id: String
  /// Heading.
  public var title: String
  /// What a reader should see in it; read out in place of the picture.
  public var summary: String
  /// Width on the page.
  public var width: Width
  /// What is drawn.
  public var body: Body

  /// A chart.
  public init(id: String, title: String, summary: String, width: Width = .full, body: Body) {
    self.id = id
    self.title = title
    self.summary = summary
    self.width = width
    self.body = body
  }
}

/// Named values in one colour.
public struct Series: Sendable {
  /// How a series of a line chart is drawn.
  public enum Style: Sendable, Equatable { case line, dashed, area, step }
  /// Name in the legend.
  public var name: String
  /// Values, one a category or point, base unit; not-a-number leaves a gap.
  public var values: [Double]
  /// Colour.
  public var colour: Colour
  /// Line or area.
  public var style: Style
  /// A series.
  public init(_ name: String, _ values: [Double], colour: Colour, style: Style = .line) {
    self.name = name
    self.values = values
    self.colour = colour
    self.style = style
  }
}

/// Bars over categories; negative values stack downwards.
public struct Bars: Sendable {
  /// Which way the bars grow.
  public enum Direction: Sendable { case upright, lying }
  /// How several series share a category.
  public enum Arrangement: Sendable { case stacked, grouped }
  /// Names of the categories.
  public var categories: [String]
  /// One or more series, `values.count == categories.count`.
  public var series: [Series]
  /// Unit of the values.
  public var unit: String
  /// What the values are, e.g. `Cost per year`.
  public var quantity: String
  /// Way.
  public var direction: Direction
  /// Arrangement.
  public var arrangement: Arrangement
  /// A line over the bars (upright only), e.g. the running sum of a cash flow.
  public var line: Series?
  /// Bars.
  public init(
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
public struct Lines: Sendable {
  /// The horizontal axis.
  public enum Axis: Sendable {
    /// Numbers with a quantity and a unit.
    case numbers([Double], quantity: String, unit: String)
    /// Moments, evenly spaced; `2027-01-31T13`.
    case moments([String])
  }
  /// Horizontal axis.
  public var axis: Axis
  /// Areas are stacked in their order, lines drawn over them.
  public var series: [Series]
  /// What the values are.
  public var quantity: String
  /// Their unit.
  public var unit: String
  /// Whether the vertical axis begins at zero.
  public var fromZero: Bool
  /// Lines.
  public init(axis: Axis, series: [Series], quantity: String, unit: String, fromZero: Bool = true) {
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
public struct HeatMap: Sendable {
  /// Values in order of time; not-a-number where there is none.
  public var values: [Double]
  /// Rows: steps of a day (24 for hours).
  public var rows: Int
  /// Labels under columns: column index and text, e.g. the first days of months.
  public var columnTicks: [(column: Int, text: String)]
  /// Labels beside rows.
  public var rowTicks: [(row: Int, text: String)]
  /// What the values are.
  public var quantity: String
  /// Their unit.
  public var unit: String
  /// A map.
  public init(
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
public struct Waterfall: Sendable {
  /// A step.
  public struct Step: Sendable {
    /// Name.
    public var name: String
    /// Change, or for a sum the level.
    public var value: Double
    /// Whether the bar stands on zero.
    public var isSum: Bool
    /// Colour.
    public var colour: Colour
    /// A step.
    public init(_ name: String, _ value: Double, colour: Colour, isSum: Bool = false) {
      self.name = name
      self.value = value
      self.isSum = isSum
      self.colour = colour
    }
  }
  /// Steps in order.
  public var steps: [Step]
  /// What the values are.
  public var quantity: String
  /// Their unit.
  public var unit: String
  /// A waterfall.
  public init(steps: [Step], quantity: String, unit: String) {
    self.steps = steps
    self.quantity = quantity
    self.unit = unit
  }
}

/// How far a result moves when one input moves.
public struct Tornado: Sendable {
  /// An input.
  public struct Bar: Sendable {
    /// Name of the input.
    public var name: String
    /// Input values as printed, low and high.
    public var lowText: String, highText: String
    /// Result at the low and high input.
    public var low: Double, high: Double
    /// A bar.
    public init(name: String, lowText: String, low: Double, highText: String, high: Double) {
      self.name = name
      self.lowText = lowText
      self.highText = highText
      self.low = low
      self.high = high
    }
  }
  /// Bars in any order; drawn widest first.
  public var bars: [Bar]
  /// Result of the base case.
  public var base: Double
  /// What the result is.
  public var quantity: String
  /// Its unit.
  public var unit: String
  /// A tornado.
  public init(bars: [Bar], base: Double, quantity: String, unit: String) {
    self.bars = bars
    self.base = base
    self.quantity = quantity
    self.unit = unit
  }
}

/// Points, with or without a line through them.
public struct Scatter: Sendable {
  /// A set of points.
  public struct Set: Sendable {
    /// Name in the legend.
    public var name: String
    /// Places.
    public var points: [(x: Double, y: Double, name: String)]
    /// Colour.
    public var colour: Colour
    /// Whether a line joins them in order.
    public var joined: Bool
    /// Whether the set is a dashed line alone, its corners unmarked.
    public var isDashedLine = false
    /// A set.
    public init(_ name: String, points: [(x: Double, y: Double, name: String)], colour: Colour, joined: Bool = false) {
      self.name = name
      self.points = points
      self.colour = colour
      self.joined = joined
    }
  }
  /// Sets.
  public var sets: [Set]
  /// What the axes are.
  public var xQuantity: String, yQuantity: String
  /// Their units.
  public var xUnit: String, yUnit: String
  /// A scatter.
  public init(sets: [Set], xQuantity: String, xUnit: String, yQuantity: String, yUnit: String) {
    self.sets = sets
    self.xQuantity = xQuantity
    self.xUnit = xUnit
    self.yQuantity = yQuantity
    self.yUnit = yUnit
  }
}
