public import TulouDocument
import TulouProject

/// All that a project is read from: its file, the catalogue, and the data files beside it, each read once from the disk.
///
/// What a run changes of it (other numbers, stages, weather years, cases of a sensitivity) changes the document in memory, so a hundred
/// cases read no file again, and a file that is written to meanwhile changes none of them.
///
/// ```swift
/// let sources = try SourceBundle(path: "park.yaml")
/// let dear = try sources.open(ProjectReader.Options(overrides: [(path: "components.wind.capital", value: "x1.5")]))
/// ```
public struct SourceBundle: Sendable {
  /// The project file as it was named.
  public let path: String
  /// The document as it stands in the file.
  let document: Node
  /// Texts that marks point into: the project file, then the catalogue.
  private let texts: [SourceText]
  private let catalogue: CatalogueExpansion
  private let laws: LawExpansion
  private let folder: SeriesFolder

  /// A file with its digest.
  public struct Source: Sendable, Equatable {
    /// As the project names it.
    public var path: String
    /// SHA-256 of its bytes, in hexadecimal digits.
    public var digest: String
  }

  /// Data files that readings so far have used, in the order of their names.
  public var sources: [Source] { folder.all.map { Source(path: $0.path, digest: $0.digest) } }

  /// Reads a project file; throws what is no text or no document.
  public init(path: String) throws(ProjectFault) {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileBytes.read(path, most: YamlDocument.mostBytes)
    } catch {
      throw ProjectFault([Diagnostic(.error, error.message(path), at: Diagnostic.Place(file: path))])
    }
    try self.init(bytes: bytes, path: path)
  }

  /// Takes bytes that stand at `path`.
  init(bytes: [UInt8], path: String) throws(ProjectFault) {
    guard bytes.count <= YamlDocument.mostBytes else {
      let fault = FileFault.tooLarge(bytes: bytes.count, most: YamlDocument.mostBytes)
      throw ProjectFault([Diagnostic(.error, fault.message(path), at: Diagnostic.Place(file: path))])
    }
    let text = try ProjectReader.utf8Text(bytes, path).get()
    let shelf = Shelf.catalogue()
    let laws = Shelf.laws(after: shelf.files.count)
    self.path = path
    texts = [SourceText(name: path, text: text)] + shelf.files + laws.files
    document = try YamlDocument.node(text, file: 0, name: path)
    catalogue = CatalogueExpansion(entries: shelf.entries)
    self.laws = LawExpansion(entries: laws.entries)
    let beside = FileBytes.folder(of: path)
    // Whatever is wrong with a lock section is said where its digests are compared.
    var unheard = Decoding(files: texts, seriesReader: SeriesFolder(folder: beside))
    let locked = LockSection.read(document, &unheard)?.files ?? []
    let copies = Dictionary(
      locked.compactMap { file in file.copy.map { (file.path, $0) } }, uniquingKeysWith: { first, _ in first })
    folder = SeriesFolder(folder: beside, copies: copies)
  }

  /// The project with what a run changes, and what a lock file needs; throws everything that is wrong with it at once.
  public func open(_ options: ProjectReader.Options = ProjectReader.Options()) throws(ProjectFault) -> ProjectReading {
    let (found, diagnostics) = reading(options)
    guard let found else {
      throw ProjectFault(diagnostics.isEmpty ? [Diagnostic(.error, "The project cannot be read.")] : diagnostics)
    }
    return found
  }

  /// Everything there is to say about the project with what a run changes.
  public func check(_ options: ProjectReader.Options = ProjectReader.Options()) -> [Diagnostic] { reading(options).1 }

  /// The reading, nil where there is an error, with all findings.
  func reading(_ options: ProjectReader.Options) -> (ProjectReading?, [Diagnostic]) {
    var texts = texts
    var document = document
    var settings: [DocumentOverride] = []
    do throws(ProjectFault) {
      if let study = options.study {
        let node = try YamlDocument.node(study.text, file: texts.count, name: "command line")
        texts.append(SourceText(name: "command line", text: study.text))
        document["studies"] = Node(.mapping([Node.Entry(key: study.id, mark: node.mark, value: node)]), mark: node.mark)
      }
      for (path, value) in options.settings {
        let source = SourceText(name: "--set", text: "\(path)=\(value)")
        settings.append(try Self.setting(path, value, file: texts.count))
        texts.append(source)
      }
    } catch {
      return (nil, error.diagnostics)
    }
    let series = SeriesFolder(sharing: folder)
    var decoding = Decoding(files: texts, seriesReader: series)
    var changes = ProjectDecoder.Changes()
    changes.hours = options.hours
    changes.seed = options.seed
    changes.registry = options.registry
    changes.overrides = settings + options.overrides.map { DocumentOverride(path: $0.path, value: .text($0.value)) }
    let clock = ContinuousClock()
    let begin = clock.now
    let result = ProjectDecoder.project(document, catalogue: catalogue, laws: laws, changes: changes, &decoding)
    let resourceSeconds = (clock.now - begin) / .seconds(1)
    Self.checkDigests(document, series, &decoding)
    let findings = Diagnostic.shown(decoding.diagnostics)
    guard var project = result.project, !decoding.hasErrors else { return (nil, findings) }
    project.cover.file = path.split(separator: "/").last.map(String.init) ?? path
    let reading = ProjectReading(
      project: project, document: result.document, decoding: decoding, files: series.files,
      hours: options.hours, seed: options.seed, resourceSeconds: resourceSeconds, sources: self)
    return (reading, findings)
  }

  /// A value of the command line: a list or a mapping as YAML writes it, else a word or a number.
  private static func setting(_ path: String, _ value: String, file: Int) throws(ProjectFault) -> DocumentOverride {
    let mark = Mark(file: file, line: 1, column: path.unicodeScalars.count + 2, length: value.unicodeScalars.count)
    var node = Node.text(value, mark: mark)
    if let first = value.first, "[{".contains(first) {
      // As far to the right as it stands behind its path, so that carets point at it.
      let margin = String(repeating: " ", count: path.unicodeScalars.count + 1)
      node = try YamlDocument.node(margin + value, file: file, name: "--set \(path)")
    }
    return DocumentOverride(path: path, value: node, mark: Mark(file: file, line: 1, length: path.unicodeScalars.count))
  }

  /// Data files of a lock file have to be those that it was written with.
  private static func checkDigests(_ document: Node, _ series: SeriesFolder, _ decoding: inout Decoding) {
    guard let section = LockSection.read(document, &decoding) else { return }
    let found = Dictionary(series.files.map { ($0.path, $0.digest) }) { first, _ in first }
    for file in section.files {
      if let digest = found[file.path], digest != file.digest {
        decoding.within("lock.files") {
          $0.error(
            "The data file '\(file.path)' is not the one that the lock file was written with.",
            advice: "Plan from the project file again, or bring the old data back.",
            at: (document["lock"] ?? document).mark)
        }
      }
    }
  }
}
