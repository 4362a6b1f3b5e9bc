/// What one more unit of something would be worth, in plain words.
public struct ShadowPrice: Sendable, Equatable {
  /// Key path of the limit, or the bus.
  public var path: String
  /// Saving per year for one unit of `unit` more room [money/y]; for a bus: what a kWh more of its demand costs [money/kWh].
  public var value: Double
  /// Unit that the value counts per.
  public var unit: String
  /// A sentence.
  public var sentence: String
  /// A price.
  public init(path: String, value: Double, unit: String, sentence: String) {
    self.path = path
    self.value = value
    self.unit = unit
    self.sentence = sentence
  }
}
