import TulouPlanning
import TulouProblem
import TulouProject
import TulouSimulation
import TulouTechnologies

extension RuleRecord {
  /// What a simulated year leaves behind.
  init(system: SimulatedSystem, dispatch: RuleDispatch, plan: Plan, cheapest: Bool) {
    let hours = HourWords(system: system, dispatch: dispatch)
    self.init(
      strategy: dispatch.strategy.name, words: dispatch.words + (cheapest ? ", cheapest machines first" : ""),
      reasons: hours.sentences, machines: hours.machines,
      generators: system.generators.map { part in
        GeneratorUse(
          id: system.project.components[part.component].id, machines: part.machines.count,
          starts: part.machines.reduce(0) { $0 + dispatch.starts[$1] },
          hours: part.machines.reduce(0) { $0 + dispatch.hours[$1] })
      })
    numbers = HourNumbers(system: system, dispatch: dispatch, currency: system.project.economy.currency).columns
    survival = OutageSurvival(system, dispatch)
  }
}
