package import TulouDocument
package import TulouPlanning
package import TulouProject

extension SearchStudy {
  /// Searches a project's free sizes on the threads of a context.
  ///
  /// - Parameters:
  ///   - project: Typed and complete.
  ///   - options: Strategy, method, grid, how many rows are kept.
  ///   - before: A search that was interrupted, to go on with.
  ///   - context: Who finds the bound, and the threads.
  /// - Throws: What rules cannot run, or what a search cannot know, named.
  package static func run(
    project: Project, options: SearchOptions, resuming before: SearchProgress? = nil, in context: StudyContext
  ) throws(ProjectFault) -> SearchOutcome {
    try run(project: project, options: options, solver: context.solver, resuming: before, spread: context.spread)
  }
}
