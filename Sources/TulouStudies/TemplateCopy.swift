import Foundation
import TulouFiles

/// A template of the shelf, copied into a folder to start from.
public enum TemplateCopy {
  /// Copies a template; nothing is written over.
  public static func copy(_ template: String, to folder: String) throws(StudyEnd) {
    guard let shelf = Shelf.folder else {
      throw StudyEnd(.partMissing, "tulou: the templates are not beside this program (folder Shelf).")
    }
    let names = Shelf.names(in: "templates")
    guard names.contains(template) else {
      throw StudyEnd(.usage, "error: '\(template)' is no template; there are \(names.joined(separator: ", ")).")
    }
    let source = "\(shelf)/templates/\(template)"
    let manager = FileManager.default
    let files = (try? manager.contentsOfDirectory(atPath: source))?.sorted() ?? []
    try refuse(files, in: folder)
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in files { try manager.copyItem(atPath: "\(source)/\(file)", toPath: "\(folder)/\(file)") }
    } catch {
      throw StudyEnd(.internalError, "error: '\(folder)' cannot be written: \(error.localizedDescription)")
    }
  }

  /// Writes the text of a project file that was made from answers; nothing is written over.
  public static func write(_ projectFile: String, to folder: String) throws(StudyEnd) {
    try refuse(["project.yaml"], in: folder)
    do throws(ResultFault) {
      try WholeFiles.write(
        [(name: "project.yaml", bytes: Array(projectFile.utf8))], to: folder, names: ResultNames.project)
    } catch {
      throw StudyEnd(error)
    }
  }

  /// Refuses a folder that holds one of the files.
  public static func refuse(_ files: [String], in folder: String) throws(StudyEnd) {
    for file in files where FileManager.default.fileExists(atPath: "\(folder)/\(file)") {
      throw StudyEnd(.usage, "error: '\(folder)/\(file)' is there already; name another folder with --out.")
    }
  }
}
