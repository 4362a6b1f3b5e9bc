import Foundation
import Tulou
import TulouFiles

extension Run {
  /// Plans at a time; a study's results do not depend on it.
  var workers: Int { options.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// How the project is read, for reading it again with other numbers.
  var readOptions: ProjectReader.Options {
    var asked = ProjectReader.Options(hours: options.hours, seed: options.seed)
    // Validated when the command line was read.
    asked.settings = (try? options.settings()) ?? []
    return asked
  }

  /// Options that change results beside the project itself.
  var inputsOfPlans: [String] {
    [Build.version, options.solver, "\(options.exact)", options.timeLimit.map { "\($0)" } ?? ""]
  }

  /// Folder of a study's results: `--out`, or a folder of its own below that of the project.
  ///
  /// Below, and not in it: a study never takes the place of the plan.
  func studyFolder(_ file: String, _ name: String) -> String {
    options.out ?? folder(file) + "/" + name + (ResultNames.results.contains(name) ? "-study" : "")
  }

  /// Says before anything is solved that results cannot be written, or that the folder is somebody else's.
  ///
  /// - Parameter isPlan: Whether the results are a plan; those of a study go beside a plan, never in its place.
  func reserve(_ folder: String, isPlan: Bool = false) throws {
    do throws(ResultFault) { try WholeFiles.check(folder, isPlan: isPlan) } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.internalError
    }
  }

  /// The study of the file to run: the named one, or the only one of its kind.
  func study(_ id: String?, of kind: Study.Kind, in project: Project, needed: Bool) throws -> Study? {
    let own = project.studies.filter { $0.kind == kind }
    let names = own.map(\.id)
    if let id {
      if let found = own.first(where: { $0.id == id }) { return found }
      let near = nearestName(to: id, among: names).map { " Did you mean '\($0)'?" } ?? ""
      Terminal.error(
        names.isEmpty
          ? "tulou: the file has no study of kind '\(kind.rawValue)' under 'studies'."
          : "tulou: the file has no study '\(id)' of kind '\(kind.rawValue)'; it has \(names.joined(separator: ", ")).\(near)"
      )
      throw Exit.usage
    }
    if own.count > 1, needed {
      Terminal.error("tulou: the file has several studies; name one by --study: \(names.joined(separator: ", ")).")
      throw Exit.usage
    }
    return own.count == 1 ? own[0] : nil
  }

  /// The journal of a study; a folder that cannot be written ends with exit code 4.
  func journal(_ path: String, _ inputs: [String], fresh: Bool) throws -> StudyJournal {
    do throws(ResultFault) {
      return try StudyJournal(path: path, inputs: inputs, fresh: fresh)
    } catch {
      Terminal.error("error: \(error.description)")
      throw Exit.internalError
    }
  }

  /// Says that results of an earlier run are used.
  func tellKnown(_ known: Int, of all: Int, what: String, in folder: String) {
    guard known > 0 else { return }
    Terminal.note(
      "\(min(known, all)) of \(all) \(what) are there from an earlier run in \(folder); --fresh makes them again.",
      quiet: options.quiet)
  }

  /// Says what an interruption left, and how to go on.
  func tellInterrupted(_ found: Int, of all: Int, what: String, in folder: String) {
    Terminal.error(
      "Interrupted: \(found) of \(all) \(what) are in \(folder) (result.json, report.html); the same command goes on.")
  }
}
