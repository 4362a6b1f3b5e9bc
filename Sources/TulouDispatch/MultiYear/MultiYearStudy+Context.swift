package import TulouDocument
package import TulouPlanning
import TulouProblem
package import TulouProject

extension MultiYearStudy {
  /// Simulates the years of a project, with its weather years, on the threads of a context.
  ///
  /// - Parameters:
  ///   - project: As read.
  ///   - options: Rule and sizes.
  ///   - asked: Years and paths.
  ///   - context: Who may stop it, who is told, and the threads.
  /// - Returns: The record; nil where it was stopped.
  package static func run(
    project: Project, options: SimulateOptions, asked: MultiYearOptions, in context: StudyContext
  ) throws(ProjectFault) -> MultiYearRecord? {
    let weather = project.weatherYears.map { (name: $0.name, project: $0.project) }
    return try run(
      project: weather.first?.project ?? project, weather: weather, options: options, asked: asked,
      isCancelled: context.plans.solve.isCancelled,
      progress: { done, all in context.progress("Drawing  \(done) of \(all) years") }, spread: context.spread)
  }
}
