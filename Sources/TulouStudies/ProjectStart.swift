import Tulou
package import TulouFiles

/// `init`: a project file to start from, by a template, by answers about a site, or by questions.
package enum ProjectStart {
  /// The project that a template or a file of answers gives; nil: neither is named, and questions are to be asked.
  ///
  /// - Parameters:
  ///   - template: Name of a template, as an argument.
  ///   - named: The same as an option.
  ///   - answers: File of answers about a site.
  ///   - folder: Where to; nil: a folder of the template's or the site's name.
  package static func stated(
    template: String?, named: String?, answers: String?, to folder: String?
  ) throws(StudyEnd) -> StudyAnswer? {
    if let answers {
      guard template == nil, named == nil else {
        throw StudyEnd(
          .usage, "error: --answers grows a project from its own template; leave the name of a template out.")
      }
      return try site(answers, to: folder)
    }
    if let template, let named, template != named {
      throw StudyEnd(.usage, "error: two templates, '\(template)' and '\(named)'; name one.")
    }
    guard let name = template ?? named else { return nil }
    return try self.template(name, to: folder)
  }

  private static func template(_ name: String, to folder: String?) throws(StudyEnd) -> StudyAnswer {
    try TemplateCopy.copy(name, to: folder ?? name)
    return answer(folder ?? name)
  }

  /// The project of a site, grown from a file of answers.
  private static func site(_ file: String, to folder: String?) throws(StudyEnd) -> StudyAnswer {
    let answers: SiteAnswers
    do throws(ProjectFault) { answers = try SiteAnswers.read(path: file) } catch { throw StudyEnd(error) }
    return try write(answers.projectFile, to: folder ?? answers.folder)
  }

  /// The project that questions lead to.
  ///
  /// - Parameter refused: The question whose answer will not do where nobody can be asked again; nil: all will.
  package static func questions(
    _ questionnaire: Questionnaire, to folder: String?, refused: () -> String? = { nil }
  ) throws(StudyEnd) -> StudyAnswer {
    // A folder that holds a project already is told of before anybody answers thirty questions.
    if let folder { try TemplateCopy.refuse(["project.yaml"], in: folder) }
    var questionnaire = questionnaire
    let answers = questionnaire.run()
    if let question = refused() {
      throw StudyEnd(
        .projectFault,
        "tulou: the answer to '\(question)' will not do; nothing was written. Correct it in the file of answers.")
    }
    return try write(answers.projectFile, to: folder ?? answers.folder)
  }

  private static func write(_ text: String, to folder: String) throws(StudyEnd) -> StudyAnswer {
    try TemplateCopy.write(text, to: folder)
    return answer(folder)
  }

  private static func answer(_ folder: String) -> StudyAnswer {
    let file = folder + "/project.yaml"
    return StudyAnswer(
      lines: ["\(file) is written. Next: tulou check \(file); tulou resource \(file); tulou plan \(file)"], json: "")
  }
}
