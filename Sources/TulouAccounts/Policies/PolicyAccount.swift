package import TulouProject

/// A policy in money: what each member receives or pays, and what it costs the public.
public struct PolicyAccount: Sendable, Equatable {
  /// One flow of money.
  package struct Flow: Sendable, Equatable {
    /// Who pays: a member's id, the public body, or `lenders`.
    package var payer: String
    /// Who receives.
    package var receiver: String
    /// Per year, levelised over the lifetime [money/y]; never below zero.
    package var annual: Double
    /// Present worth at the project's rate [money].
    package var present: Double
  }

  /// Id of the policy.
  public var id: String
  /// Name for people.
  public var name: String
  /// What it is.
  package var kind: Policy.Kind
  /// Public body behind it.
  public var publicBody: String
  /// Its flows; members' by who they are, the commons `commons`.
  package var flows: [Flow] = []
  /// What it gives to members, less what they pay [money/y].
  public var memberBenefit = 0.0
  /// What the public pays, less what it receives [money/y]: the sum of the flows of the public body.
  public var publicCost = 0.0
  /// The same as present worth [money].
  public var publicCostPresent = 0.0

  /// A policy without flows.
  package init(_ policy: Policy) {
    id = policy.id
    name = policy.name
    kind = policy.kind
    publicBody = policy.publicBody
  }

  /// Who pays the interest that a guarantee saves, and receives what guarantors pay.
  public static let lenders = "lenders"
}

extension PolicyAccount {
  /// Accounts of all policies of a project.
  ///
  /// - Parameters:
  ///   - lines: Costs of the plan, those of policies among them.
  ///   - losses: Expected payments of guarantors, as lines of cost.
  static func all(of project: Project, lines: [CostLine], losses: [CostLine]) -> [PolicyAccount] {
    project.policies.map { policy in
      var account = PolicyAccount(policy)
      // The interest that a guarantee saves is what lenders do without, for they risk nothing any more.
      let other = policy.kind == .guarantee ? lenders : policy.shared?.payer ?? policy.publicBody
      let own = lines.filter { $0.kind == .policy && $0.id == policy.id }
      // What is left of a division among all is no flow.
      let dust = 1e-12 * own.reduce(0) { max($0, abs($1.annual)) }
      for line in own where abs(line.annual) > dust {
        account.add(member: line.member.isEmpty ? "commons" : line.member, other, line.annual, line.present)
        account.memberBenefit -= line.annual
      }
      for line in losses where line.id == policy.id && line.annual != 0 {
        // Fees above the losses flow back.
        let isPaid = line.annual > 0
        account.flows.append(
          Flow(
            payer: isPaid ? policy.publicBody : lenders, receiver: isPaid ? lenders : policy.publicBody,
            annual: abs(line.annual), present: abs(line.present)))
      }
      for flow in account.flows {
        let sign = flow.payer == policy.publicBody ? 1.0 : flow.receiver == policy.publicBody ? -1.0 : 0
        account.publicCost += sign * flow.annual
        account.publicCostPresent += sign * flow.present
      }
      return account
    }
  }

  private mutating func add(member: String, _ other: String, _ annual: Double, _ present: Double) {
    let isPaid = annual > 0
    flows.append(
      Flow(
        payer: isPaid ? member : other, receiver: isPaid ? other : member, annual: abs(annual), present: abs(present)))
  }
}

extension Accounts {
  /// What all policies cost the public [money/y].
  public var publicCost: Double { policies.reduce(0) { $0 + $1.publicCost } }
}
