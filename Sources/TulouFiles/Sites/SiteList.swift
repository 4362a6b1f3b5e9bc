import Foundation
package import TulouDocument
package import TulouPlanning
import TulouProject
import TulouQuantities
package import TulouReport

/// Sites to be compared, from a folder of answers or a file that lists them.
package struct SiteList: Sendable {
  /// Files of answers, in order.
  package var files: [String] = []
  /// Weights by criterion; left out: equal.
  package var weights: [Double] = SiteCriterion.allCases.map { _ in 1 }

  /// Reads a folder (every `.yaml` in it), a list (`sites: [a.yaml, ...]`, `weights: {...}`), or one site's answers.
  package static func read(path: String) throws(ProjectFault) -> SiteList {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      var list = SiteList()
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
      list.files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.map { path + "/" + $0 }
      guard !list.files.isEmpty else {
        throw ProjectFault([
          Diagnostic(
            .error, "The folder '\(path)' has no file of answers (.yaml).",
            advice: "Put one file a site into it, as Documentation/how-to/sites.md shows.")
        ])
      }
      return list
    }
    let text = try ProjectReader.text(path: path)
    let document = try YamlDocument.node(text, file: 0, name: path)
    guard document["sites"] != nil else {
      var list = SiteList()
      list.files = [path]
      return list
    }
    let folder = FileBytes.folder(of: path)
    var decoding = Decoding(files: [SourceText(name: path, text: text)], seriesReader: SeriesFolder(folder: folder))
    var list = SiteList()
    decoding.read(table, document, into: &list)
    if list.files.isEmpty { decoding.error("'sites' names no file.", at: document.mark) }
    list.files = list.files.map { $0.hasPrefix("/") ? $0 : (folder.isEmpty ? $0 : folder + "/" + $0) }
    guard !decoding.hasErrors else { throw ProjectFault(Diagnostic.shown(decoding.diagnostics)) }
    return list
  }

  private static let table = FieldTable<SiteList>(
    "a list of sites",
    [
      Field("sites", .list(.text), .required, "Files of answers, one a site.") { $0.files = $2.texts($1) ?? [] },
      Field("weights", .map(.number([.number])), "Weights of isolation, resources and culture.") {
        list, node, decoding in
        for entry in decoding.things(node) {
          guard let index = SiteCriterion.allCases.firstIndex(where: { $0.rawValue == entry.key }) else {
            decoding.error(
              "'\(Node.short(entry.key))' is no criterion.",
              advice: "There are \(SiteCriterion.allCases.map(\.rawValue).joined(separator: ", ")).", at: entry.mark)
            continue
          }
          if let weight = decoding.within(entry.key, { $0.number(entry.value, .number, in: .notNegative) }) {
            list.weights[index] = weight
          }
        }
        if list.weights.reduce(0, +) <= 0 { decoding.error("All weights are 0.", at: node.mark) }
      },
    ])
}

extension StudyJournal {
  /// Plans of sites of an earlier run.
  package var sitePlans: [SitePlan] { lines.compactMap { SitePlan(json: $0) } }
  /// Adds the plan of a site.
  package func add(_ plan: SitePlan) { add(plan.json) }
}

extension StudyFiles {
  /// Writes sites side by side: page, `result.json`, `sites.csv`.
  package static func write(
    _ report: SitesReport, timing: [(String, Double)], to directory: String, plotlyPath: String?,
    language: String? = nil
  ) throws(ResultFault) {
    var page = report.page()
    if let language { page.cover.language = ReportLanguage(rawValue: language) ?? .en }
    try write(
      page: page, json: report.json(timing: timing), further: [("sites.csv", report.csv())], to: directory,
      plotlyPath: plotlyPath)
  }

  /// The text of its `result.json`.
  package static func text(_ report: SitesReport, timing: [(String, Double)]) -> String {
    report.json(timing: timing).indented
  }
}
