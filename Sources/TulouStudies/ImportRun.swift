import Tulou
package import TulouFiles

/// `import`: a look at a file of another program, and how Tulou reads it.
package struct ImportRun: Sendable {
  let file: String
  let listener: StudyListener
  /// Folder for the project that is made; nil: its text is the answer.
  package var out: String?
  /// Currency of a file that names none.
  package var currency: String?
  /// What is known of a table of series beforehand.
  package var series = SeriesImport.Options()

  /// A look at a file.
  package init(_ file: String, listener: StudyListener) {
    self.file = file
    self.listener = listener
  }

  /// Looks; a project is written.
  package func go() throws(StudyEnd) -> StudyAnswer {
    switch try looking({ () throws(ProjectFault) in
      try ForeignProject.find(path: file, currency: currency, netcdf: Parts.netcdf())
    }) {
    case .tariff(let tariff): return answer(tariff)
    case .project(let project): return try answer(project)
    case .partMissing(let message): throw StudyEnd(.partMissing, "tulou: " + message)
    case nil: return try answerOfSeries()
    }
  }

  /// The block to paste, and beside it what was decided.
  private func answer(_ tariff: TariffImport) -> StudyAnswer {
    tell(tariff.notes, questions: [], left: tariff.left)
    let lines = tariff.market.split(separator: "\n").map { "    " + $0 }
    return StudyAnswer(lines: ["markets:", "  grid:", "    bus: ac", "    class: N"] + lines, json: "")
  }

  private func answer(_ project: ForeignProject) throws(StudyEnd) -> StudyAnswer {
    tell(project.notes, questions: project.questions, left: project.left)
    guard let out else { return StudyAnswer(lines: [project.yaml], json: "") }
    try looking { () throws(ProjectFault) in try project.write(to: out) }
    return StudyAnswer(
      lines: ["\(out)/project.yaml: made from \(project.origin); look at it with 'tulou check \(out)/project.yaml'."],
      json: "")
  }

  private func answerOfSeries() throws(StudyEnd) -> StudyAnswer {
    let found = try looking { () throws(ProjectFault) in try SeriesImport.look(path: file, options: series) }
    let isOpen = found.columns.allSatisfy { $0.line == nil }
    return StudyAnswer(lines: [file, found.text], json: "", end: isOpen ? StudyEnd(.projectFault) : nil)
  }

  private func tell(_ notes: [String], questions: [String], left: [String]) {
    for note in notes { listener.tell(.note("note: \(note)")) }
    for question in questions { listener.tell(.note("to answer: \(question)")) }
    for name in left { listener.tell(.note("not carried over: \(name)")) }
  }

  private func looking<Value>(_ look: () throws(ProjectFault) -> Value) throws(StudyEnd) -> Value {
    do throws(ProjectFault) { return try look() } catch {
      throw StudyEnd(.projectFault, messages: error.diagnostics.map(\.description))
    }
  }
}

/// `export`: a project in the words of another program.
package enum ExportRun {
  /// Writes a project as a network of PyPSA.
  package static func pypsa(_ file: String, to folder: String, listener: StudyListener) throws(StudyEnd) -> StudyAnswer
  {
    do throws(ProjectFault) {
      let network = try PypsaExport.network(of: try ProjectReader.read(path: file))
      try network.write(to: folder)
      for note in network.notes { listener.tell(.note("note: \(note)")) }
      for name in network.left { listener.tell(.note("not carried over: \(name)")) }
      let left =
        network.left.isEmpty ? "" : " Its optimum may differ: not carried over: \(network.left.count) in all."
      return StudyAnswer(lines: ["\(folder): a network of PyPSA, made from \(file)." + left], json: "")
    } catch {
      throw StudyEnd(.projectFault, messages: error.diagnostics.map(\.description))
    }
  }
}
