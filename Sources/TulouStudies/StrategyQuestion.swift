public import Tulou

/// Which rules run the hours, and their settings; where no rule is named the study of the file speaks.
public struct StrategyQuestion: Sendable {
  /// The rules asked for; nil: none is named.
  public var rules: [Study.Strategy]?
  /// `cycle_charging`: state of charge that it goes on to [-].
  public var setPoint = 0.0
  /// `combined`: share of the running generators below which it charges [-].
  public var threshold = 0.5
  /// `price_threshold`: prices at which the grid charges and the storage serves; nil: quarters of prices.
  public var lowPrice: Double?, highPrice: Double?
  /// `peak_shaving`: greatest purchase [kW]; nil: the least that can be kept.
  public var peak: Double?
  /// `optimal`: hours that it looks ahead, and hours that it does of each plan.
  public var horizon = 48.0, every = 6.0
  /// `optimal`: what it knows of the hours ahead.
  public var knowledge = DispatchStrategy.Knowledge.perfect
  /// Whether each hour takes the cheapest combination of machines.
  public var cheapest = false

  /// Load following, or what the study of the file says.
  public init() {}

  /// The rules with their settings; those of the study where none is named.
  public func dispatches(or study: Study? = nil) -> [DispatchStrategy] {
    guard rules == nil, let study, !study.strategies.isEmpty else { return (rules ?? [.loadFollowing]).map(dispatch) }
    var own = self
    own.setPoint = study.setPoint ?? setPoint
    own.threshold = study.threshold ?? threshold
    return study.strategies.map(own.dispatch)
  }

  /// The one rule asked for; several are a usage error.
  func single() throws(StudyEnd) -> DispatchStrategy {
    let all = dispatches()
    guard all.count == 1 else { throw Self.several }
    return all[0]
  }

  /// What is said where several rules are asked for and one is run.
  static let several = StudyEnd(.usage, "tulou: one year is run by one strategy; 'tulou search' takes several.")

  private func dispatch(_ rule: Study.Strategy) -> DispatchStrategy {
    switch rule {
    case .cycleCharging: .cycleCharging(setPoint: setPoint)
    case .combined: .combined(threshold: threshold)
    case .selfConsumption: .selfConsumption
    case .priceThreshold: .priceThreshold(low: lowPrice, high: highPrice)
    case .peakShaving: .peakShaving(limit: peak)
    case .optimal: .optimal(horizon: horizon, step: every, knowledge: knowledge)
    case .loadFollowing: .loadFollowing
    }
  }
}

/// Which designs a search tries; where it is silent the study of the file speaks.
public struct SearchSpaceQuestion: Sendable, Equatable {
  /// How designs are chosen.
  public var method: Study.Method?
  /// Goals of a front.
  public var goals: [Study.Goal] = []
  /// Points of the grid on a continuous size.
  public var points: Int?
  /// Totals of a size to be tried instead.
  public var candidates: [String: [Double]] = [:]
  /// Designs at most.
  public var most: Int?

  /// Nothing said.
  public init() {}

  /// What the words of the command ask; nil: not given.
  package init(
    method: String?, objectives: String?, points: Int?, candidates: [String], most: Int?
  ) throws(WordFault) {
    if let method {
      guard let known = Study.Method(rawValue: method) else {
        throw WordFault("--method takes auto, grid, optimise, evolve, genetic or nsga2, found '\(method)'.")
      }
      self.method = known
    }
    try WordFault.check("--points", points, in: 2...100_000, takes: "2 to 100000")
    if let most, most < 1 { throw WordFault("--most takes a number from 1, found \(most).") }
    self.points = points
    self.most = most
    self.candidates = try QuestionWords.candidates(candidates)
    if let objectives { goals = try QuestionWords.goalsOfDesigns(objectives) }
  }

  /// What the search is asked.
  func fill(_ asked: inout SearchOptions, _ study: Study?) throws(StudyEnd) {
    asked.method = method ?? study?.method ?? .automatic
    asked.points = points ?? study?.points ?? 6
    asked.candidates = candidates.isEmpty ? study?.candidates ?? [:] : candidates
    if let most { asked.most = most }
    asked.goals = goals.isEmpty ? study?.objectives ?? [] : goals
    if let stray = asked.goals.first(where: { !Study.Goal.ofDesigns.contains($0) }) {
      throw StudyEnd(.usage, "Error: '\(stray.rawValue)' is no goal of designs run under rules.")
    }
    if !asked.goals.isEmpty, asked.method != .nsga2 {
      throw StudyEnd(
        .usage, "Error: Goals of a search are for '--method nsga2', found \(asked.method.rawValue).")
    }
  }

  /// Text of everything that decides what a search finds.
  static func key(_ asked: SearchOptions) -> String {
    let candidates = asked.candidates.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return
      "\(asked.strategies) \(asked.cheapest) \(asked.method) \(asked.points) \(candidates) \(asked.most) \(asked.seed)"
  }
}
