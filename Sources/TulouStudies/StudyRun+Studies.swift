import Foundation
import Tulou
import TulouFiles

extension StudyRun {
  /// Options that change results beside the project itself.
  var inputsOfPlans: [String] {
    [
      request.version, request.solver.rawValue, "\(request.isExact)", request.timeLimit.map { "\($0)" } ?? "",
    ]
  }

  /// The lock file of what was read.
  func lock(_ reading: ProjectReading) -> LockFile { reading.lock(version: request.version) }

  /// Folder of a study's results: as asked, or a folder of its own below that of the project.
  ///
  /// Below, and not in it: a study never takes the place of the plan.
  public func studyFolder(_ name: String) -> String {
    request.out ?? folder + "/" + name + (ResultNames.results.contains(name) ? "-study" : "")
  }

  /// Says before anything is solved that results cannot be written, or that the folder is somebody else's.
  ///
  /// - Parameter isPlan: Whether the results are a plan; those of a study go beside a plan, never in its place.
  public func reserve(_ folder: String, isPlan: Bool = false) throws(StudyEnd) {
    try writing { () throws(ResultFault) in try WholeFiles.check(folder, isPlan: isPlan) }
  }

  /// The study of the file to run: the named one, or the only one of its kind.
  func study(_ id: String?, of kind: Study.Kind, in project: Project, needed: Bool) throws(StudyEnd) -> Study? {
    let own = project.studies.filter { $0.kind == kind }
    let names = own.map(\.id)
    if let id {
      if let found = own.first(where: { $0.id == id }) { return found }
      let near = nearestName(to: id, among: names).map { " Did you mean '\($0)'?" } ?? ""
      throw StudyEnd(
        .usage,
        names.isEmpty
          ? "tulou: the file has no study of kind '\(kind.rawValue)' under 'studies'."
          : "tulou: the file has no study '\(id)' of kind '\(kind.rawValue)'; it has \(names.joined(separator: ", ")).\(near)"
      )
    }
    if own.count > 1, needed {
      throw StudyEnd(
        .usage, "tulou: the file has several studies; name one by --study: \(names.joined(separator: ", ")).")
    }
    return own.count == 1 ? own[0] : nil
  }

  /// The journal of a study in the folder of its context.
  func journal(_ name: String, _ context: StudyContext, _ inputs: [String]) throws(StudyEnd) -> StudyJournal {
    let checkpoint = context.checkpoint ?? StudyCheckpoint(folder: folder, isFresh: request.isFresh)
    do throws(ResultFault) {
      return try StudyJournal(
        path: checkpoint.folder + "/" + name, inputs: inputs + inputsOfPlans, fresh: checkpoint.isFresh)
    } catch {
      throw StudyEnd(error)
    }
  }

  /// Says that results of an earlier run are used.
  func tellKnown(_ known: Int, of all: Int, what: String, in folder: String) {
    guard known > 0 else { return }
    listener.tell(
      .note(
        "\(min(known, all)) of \(all) \(what) are there from an earlier run in \(folder); --fresh makes them again."))
  }

  /// What an interruption left, and how to go on.
  func interrupted(_ found: Int, of all: Int, what: String, in folder: String) -> StudyEnd {
    StudyEnd(
      .interrupted,
      "Interrupted: \(found) of \(all) \(what) are in \(folder) (result.json, report.html); the same command goes on.")
  }

  /// Tells findings at once, each once.
  ///
  /// - Parameter place: Which of many plans they concern; empty: there is one.
  func tell(_ found: [Diagnostic], of place: String = "", but known: [Diagnostic]) {
    for var one in found.news(but: known) {
      if !place.isEmpty { one.message = place + ": " + one.message }
      listener.tell(.finding(one))
    }
  }

  /// How a case with other numbers is read: from what was read before, in memory.
  func reader(_ reading: ProjectReading) -> @Sendable ([String: String]) throws(ProjectFault) -> Project {
    let (sources, base) = (reading.sources, request.read)
    return { (settings) throws(ProjectFault) in
      var options = base
      options.overrides = settings.sorted { $0.key < $1.key }.map { (path: $0.key, value: $0.value) }
      return try sources.open(options).project
    }
  }
}
