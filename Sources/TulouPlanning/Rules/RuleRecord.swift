import TulouProblem
import TulouProject
import TulouTechnologies

/// What a simulated year leaves behind beyond its flows: the rule, and why each hour went as it did.
public struct RuleRecord: Sendable {
  /// Name of the strategy, e.g. `load_following`.
  public var strategy: String
  /// Strategy and settings in words.
  public var words: String
  /// Why each step went as it did, one sentence a step.
  public var reasons: [String]
  /// What each machine did and why: id, and one phrase a step.
  public var machines: [(id: String, phrases: [String])]
  /// Numbers of each step that are no flows (reserve, what stored energy has cost): title with unit, one value a step.
  public var numbers: [(title: String, values: [Double])] = []
  /// Starts and hours on line of each generator component, over the horizon.
  package var generators: [GeneratorUse]
  /// Perfect foresight with the same sizes; nil: not sought.
  package var foresight: Foresight?
  /// How long the system lives with the outside cut off; nil: the longest outage is shorter than a step.
  package var survival: OutageSurvival?
  /// The year with one component missing at a time; nil: not asked for.
  package var contingencies: [Contingency]?
  /// The project year by year; nil: not asked for.
  package var years: MultiYearRecord?

  /// Use of one generator component over the horizon.
  package struct GeneratorUse: Sendable, Equatable {
    /// Component.
    package var id: String
    /// Number of machines.
    package var machines: Int
    /// Starts, all machines together.
    package var starts: Double
    /// Hours on line, all machines together [h].
    package var hours: Double
    /// A use.
    package init(id: String, machines: Int, starts: Double, hours: Double) {
      self.id = id
      self.machines = machines
      self.starts = starts
      self.hours = hours
    }
  }

  /// The dispatch of perfect foresight with the same sizes.
  package struct Foresight: Sendable, Equatable, Codable {
    /// Cash and penalties of its dispatch [currency/y].
    package var value: Double
    /// Proven least value of any dispatch [currency/y].
    package var bound: Double
    /// What the rule costs more, `(rule - foresight) / |foresight|` [-].
    package var excess: Double
    /// Unserved energy of its dispatch [kWh/y].
    package var unserved: Double
    /// Solver, or why there is none.
    package var remark: String
    /// Cost of the rule that is compared, replacements by use left out [currency/y]; nil: the rule's own value.
    package var compared: Double?
    /// A dispatch.
    package init(
      value: Double, bound: Double, excess: Double, unserved: Double, remark: String, compared: Double? = nil
    ) {
      self.compared = compared
      self.value = value
      self.bound = bound
      self.excess = excess
      self.unserved = unserved
      self.remark = remark
    }
  }

  /// A record, e.g. as it was stored.
  package init(
    strategy: String, words: String, reasons: [String], machines: [(id: String, phrases: [String])],
    generators: [GeneratorUse]
  ) {
    self.strategy = strategy
    self.words = words
    self.reasons = reasons
    self.machines = machines
    self.generators = generators
  }
}
