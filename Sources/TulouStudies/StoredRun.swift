import Foundation
import Tulou
import TulouFiles

/// What is asked of folders of results that are there already: the report drawn again, an hour in words, several side by side.
public struct StoredRun: Sendable {
  let folder: String
  let result: StoredResult

  /// The result of a folder.
  public init(_ folder: String) throws(StudyEnd) {
    // A run that was killed while it swapped folders is put in order first.
    WholeFiles.recover(folder)
    self.folder = folder
    do throws(ResultFault) { result = try ResultReader.read(directory: folder) } catch {
      throw StudyEnd(error, .projectFault)
    }
  }

  /// Draws the report again from the stored hours; no plan is sought but what owners of existing plant would do alone.
  ///
  /// - Parameters:
  ///   - out: Folder for the report; nil: that of the result.
  ///   - language: Language of the page in place of the project's.
  public func report(to out: String? = nil, language: String? = nil) throws(StudyEnd) -> StudyAnswer {
    let lock = folder + "/project.lock.yaml"
    guard FileManager.default.fileExists(atPath: lock) else {
      throw StudyEnd(
        .projectFault, "error: '\(folder)' holds no project.lock.yaml, so its report cannot be drawn again.")
    }
    let project: Project
    do throws(ProjectFault) { project = try ProjectReader.read(path: lock) } catch { throw StudyEnd(error) }
    do throws(ResultFault) {
      try result.writeReport(
        project: project, standalone: StandaloneStudy.all(of: project, solver: Structured()), to: out,
        plotlyPath: Parts.plotly(), language: language)
    } catch {
      throw StudyEnd(error, .projectFault)
    }
    let json = (try? String(contentsOfFile: folder + "/result.json", encoding: .utf8)) ?? ""
    return StudyAnswer(lines: ["Report            \(out ?? folder)/report.html"], json: json)
  }

  /// All indicators, or one hour with the reasons of its dispatch.
  ///
  /// - Parameter hour: As `flows.csv` names it; nil: the whole.
  public func words(hour: String? = nil) throws(StudyEnd) -> [String] {
    if let hour {
      guard let table = result.hour(hour) else {
        let range = result.stamps.first.map { "from \($0) to \(result.stamps.last ?? $0)" } ?? "no hours"
        throw StudyEnd(.usage, "error: '\(hour)' is no hour of this result, which holds \(range).")
      }
      return [table.caption] + result.reasons(hour).map { "  " + $0 } + table.lines
    }
    var table = Table(columns: [.text("Indicator"), .number("Value"), .text("Unit")])
    for indicator in result.indicatorList {
      guard let value = indicator.value else { continue }
      table.add([
        indicator.key, AtLeast.text(NumberText.significant(value, digits: 6), indicator.isAtLeast),
        indicator.unit == "1" ? "" : indicator.unit,
      ])
    }
    return ["\(result.project): \(result.status), \(result.solver)"] + table.lines
  }

  /// Several results side by side; the first is the base case.
  ///
  /// - Parameters:
  ///   - runs: Two results or more.
  ///   - out: Folder for page and tables; nil: none are written.
  ///   - version: Version that the files name.
  ///   - language: Language of the page; nil: that of the projects where all name the same, else English.
  public static func comparison(
    _ runs: [StoredRun], to out: String?, version: String, language: String? = nil
  ) throws(StudyEnd) -> [String] {
    let results = runs.map(\.result)
    if let out {
      do throws(ResultFault) { try WholeFiles.check(out, isPlan: false) } catch { throw StudyEnd(error) }
    }
    let tables = Comparison.tables(results) + [Comparison.investmentTable(results)].compactMap(\.self)
    var lines = tables.flatMap { ($0.caption.isEmpty ? [] : [""]) + $0.lines }
    guard let out else { return lines }
    do throws(ResultFault) {
      try Comparison.write(results, version: version, to: out, plotlyPath: Parts.plotly(), language: language)
    } catch {
      throw StudyEnd(error)
    }
    lines.append("\nReport            \(out)/report.html, numbers in comparison.csv and comparison.json")
    return lines
  }
}
