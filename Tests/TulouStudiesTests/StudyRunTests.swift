import Foundation
import Synchronization
import TestSupport
import Testing
import Tulou
import TulouDispatch
import TulouFiles
import TulouStudies

/// Studies run whole without a terminal: what the command prints is an answer, what it exits with is an end.
@Suite("Study runs") struct StudyRunTests {
  private static let minimal = SharedFolder.packageRoot + "/Examples/minimal.yaml"

  private static func scratch() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("study-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  private static func request(_ file: String = minimal, in folder: String) -> StudyRequest {
    var request = StudyRequest(file: file, version: "test")
    request.out = folder + "/out"
    request.read.hours = 48
    request.solver = .structured
    request.threads = 2
    return request
  }

  @Test("a plan answers in lines, JSON and files, and tells what is under way") func plan() throws {
    let folder = try Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let told = Mutex<[String]>([])
    let listener = StudyListener(progress: { text in told.withLock { $0.append(text ?? "") } })
    let answer = try PlanRun(StudyRun(Self.request(in: folder), listener: listener)).go()
    #expect(answer.end == nil)
    #expect(!answer.lines.isEmpty && answer.json.contains("\"net_present_cost\""))
    #expect(FileManager.default.fileExists(atPath: folder + "/out/report.html"))
    let lines = told.withLock { $0 }
    #expect(lines.contains { $0.hasPrefix("Reading ") } && lines.contains { $0.hasPrefix("Solving") })
    #expect(lines.last == "")
  }

  @Test("a file that is not there ends as a fault of the project") func missing() throws {
    let folder = try Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let run = StudyRun(Self.request(folder + "/none.yaml", in: folder))
    let end = #expect(throws: StudyEnd.self) { try PlanRun(run).go() }
    #expect(end?.kind == .projectFault && end?.kind.rawValue == 1)
    #expect(end?.messages.last == "1 error; nothing was written.")
    #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
  }

  @Test("a sensitivity goes on where it was stopped") func resumed() async throws {
    let folder = try Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var request = Self.request(in: folder)
    request.threads = 1
    let vary = [Study.Variation(path: "components.roof.capital", values: ["x0.8", "x1", "x1.2"])]
    let done = Atomic<Int>(0)
    let stopped = StudyListener(
      progress: { text in if text?.hasPrefix("Sensitivity: 1 of") == true { done.store(1, ordering: .relaxed) } },
      isCancelled: { done.load(ordering: .relaxed) > 0 })
    let first = try await SensitivityRun(StudyRun(request, listener: stopped), vary).go()
    #expect(first.end?.kind == .interrupted)
    let notes = Mutex<[String]>([])
    let listener = StudyListener(tell: { news in if case .note(let text) = news { notes.withLock { $0.append(text) } } }
    )
    let second = try await SensitivityRun(StudyRun(request, listener: listener), vary).go()
    #expect(second.end == nil)
    #expect(notes.withLock { $0 }.contains { $0.contains("are there from an earlier run") })
    request.isFresh = true
    request.out = folder + "/fresh"
    let whole = try await SensitivityRun(StudyRun(request), vary).go()
    func table(_ place: String) throws -> String { try String(contentsOfFile: place + "/cases.csv", encoding: .utf8) }
    #expect(try table(folder + "/out") == table(folder + "/fresh"))
    #expect(whole.lines.count == second.lines.count)
  }
}
