import Tulou
import TulouFiles

/// What is said of a file without a study: `check`, `migrate`, `exergy`.
package enum FileLook {
  /// Everything there is to say about a file of any kind that Tulou takes.
  ///
  /// - Parameters:
  ///   - hours: Only the first hours of a project; nil: all.
  ///   - listener: Told each finding.
  package static func check(_ file: String, hours: Int?, listener: StudyListener) throws(StudyEnd) -> StudyAnswer {
    let check = FileCheck.of(path: file, options: ProjectReader.Options(hours: hours))
    for finding in check.findings { listener.tell(.fault(finding.description)) }
    let errors = check.findings.count { $0.severity == .error }
    let warnings = counted(check.findings.count { $0.severity == .warning }, "warning")
    if errors > 0 { throw StudyEnd(.projectFault, "\(file): \(counted(errors, "error")), \(warnings).") }
    let isProject = ["project", "lock file"].contains(check.kind)
    let what = isProject ? "can be planned" : check.kind
    let line =
      check.findings.contains { $0.severity == .warning }
      ? "\(file): \(what); \(warnings) to look at."
      : isProject ? "\(file): all is well." : "\(file): \(check.kind); all is well."
    return StudyAnswer(lines: [line], json: "")
  }

  /// A project file in the newest format.
  package static func migrate(_ file: String) throws(StudyEnd) -> StudyAnswer {
    let errors = ProjectReader.check(path: file).filter { $0.severity == .error }
    guard errors.isEmpty else { throw StudyEnd(.projectFault, messages: errors.map(\.description)) }
    return StudyAnswer(lines: ["\(file) is in format 1, the newest; nothing to change."], json: "")
  }

  /// The exergy of amounts, components and plants that a table states.
  package static func exergy(_ file: String, version: String) throws(StudyEnd) -> StudyAnswer {
    do throws(ProjectFault) {
      let report = ExergyTableReport(try ExergyTableReader.read(path: file), version: version)
      return StudyAnswer(lines: report.answer, json: report.resultJSON)
    } catch {
      throw StudyEnd(error)
    }
  }
}
