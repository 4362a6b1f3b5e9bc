package import TulouAssembly
public import TulouDocument
public import TulouProblem
package import TulouProject

/// A project planned through its stages.
public struct StagedOutcome: Sendable {
  /// How stages look at each other.
  public enum Mode: String, Sendable, CaseIterable {
    /// All stages in one problem.
    case foresight
    /// One after the other, each as if it lasted to the end; what is built stays.
    case myopic
  }

  /// One stage.
  package struct Stage: Sendable {
    /// Id.
    package var id: String
    /// Calendar year in which it begins.
    package var year: Int
    /// The project as it is in this stage.
    package var project: Project
    /// Sizes and flows, on the stage's own problem (labels without stage), tidied.
    package var plan: Plan
    /// The stage's own problem with its forms.
    package var assembled: Assembled
    /// What this stage adds to each size, by label.
    package var added: [Label: Double]
    /// Present worth of what this stage builds, at the start of the project [currency].
    package var investment: Double
  }

  /// Which.
  public var mode: Mode
  /// How it ended.
  public var status: Solution.Status
  /// The stages in order; empty without a plan.
  package var stages: [Stage]
  /// Net present cost of the whole path, cash only [currency]; nan without a plan.
  public var netPresentCost: Double
  /// Proof for the whole path (foresight), per year; nil for myopic paths, which have no bound of their own.
  public var certificate: Certificate?
  /// Why nothing holds, and in which stage.
  public var infeasibility: (stage: String, report: InfeasibilityReport)?
  /// Machines of which no whole number is on line in some step of some stage; see `Outcome.approximated`.
  public var approximated: [String] = []
  /// What the solver had to say where it found no path; empty mostly.
  public var message = ""
  /// How whole numbers were found.
  public var integers: IntegerReport?
  /// What a person should know.
  public var warnings: [Diagnostic]
  /// What was relaxed or derived.
  public var assumptions: [Assumption]
  /// Seconds spent in solvers.
  public var solveSeconds: Double

  /// Who asks for whole numbers is told 'optimal' of whole machines only.
  mutating func noteApproximation(asked: PlanOptions.WholeNumbers) {
    if asked == .exact, !approximated.isEmpty, status == .optimal { status = .feasible }
  }
}
