import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouPlanning
import TulouProblem
import TulouProject
import TulouQuantities
import TulouSolvers

/// Mutants of good and bad files never crash or hang the reader; `TULOU_MUTANTS` sets their number.
@Suite("Mutants of project files")
struct MutantTests {
  static let count = ProcessInfo.processInfo.environment["TULOU_MUTANTS"].flatMap { Int($0) } ?? 500

  /// Files to change: those of the tests, the examples, and the shared design files where they are present.
  static let files: [(path: String, text: String)] = {
    var folders = ["Tests/TulouFilesTests/bad", "Tests/TulouFilesTests/good", "Examples"].map {
      SharedFolder.packageRoot + "/" + $0
    }
    if let shared = SharedFolder.path { folders += [shared + "/design/format", shared + "/design"] }
    var all: [(String, String)] = []
    for folder in folders {
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
      for name in names.sorted() where name.hasSuffix(".yaml") {
        let path = folder + "/" + name
        if let text = try? String(contentsOfFile: path, encoding: .utf8) { all.append((path, text)) }
      }
    }
    return all
  }()

  static let words = [
    "-1", "0", "1e308", "-1e-308", "1e9 h", "99999999999999999999", "nan", "x", "x2", "true", "[]", "{}", "[[]]", "~",
    "''", "\"", "'",
    "*a", "&a", "<<", "? ", ": ", "- ", "#", "%", "\t", "\u{0}", "🍵", "é", "kW", "kWh", "USD/kWh", "100 %", "-5 %",
    "1 y", "0 h", "1e6 y",
    "2025-02-29", "rest", "file", "value", "scale", "use", "member", "inf kW", "0 kW", "1/0", "kW/kW/kW/kW", "m99",
    "\\", "|", ">", "!!float",
    "2147483648", "-9223372036854775808", "9223372036854775807", "{value: 1 kW, scale: x}", "{min: 5 h, max: 1 h}",
  ]

  static func mutant(of text: String, _ random: inout SeededRandom) -> [UInt8] {
    var bytes = Array(text.utf8)
    func index() -> Int { bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random) }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      guard !bytes.isEmpty else { break }
      switch Int.random(in: 0..<9, using: &random) {
      case 0: bytes.remove(at: index())
      case 1: bytes[index()] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.insert(contentsOf: Array(words.randomElement(using: &random)?.utf8 ?? "".utf8), at: index())
      case 3:
        let start = index()
        bytes.removeSubrange(start..<min(bytes.count, start + Int.random(in: 1...40, using: &random)))
      case 4: bytes.removeLast(Int.random(in: 0..<max(1, bytes.count / 2), using: &random))
      case 5:
        // A value is replaced: what stands between a colon and the next comma, brace or end of line.
        let start = index()
        guard let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) else { continue }
        let end = bytes[(colon + 1)...].firstIndex { ",}\n".utf8.contains($0) } ?? bytes.count
        bytes.replaceSubrange((colon + 1)..<end, with: Array((" " + (words.randomElement(using: &random) ?? "")).utf8))
      case 6:
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let i = Int.random(in: 0..<lines.count, using: &random), j = Int.random(in: 0..<lines.count, using: &random)
        if Bool.random(using: &random) { lines.swapAt(i, j) } else { lines.insert(lines[i], at: j) }
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
      case 7:
        // A digit becomes another.
        let start = index()
        if let digit = bytes[start...].firstIndex(where: { (48...57).contains($0) }) {
          bytes[digit] = UInt8.random(in: 48...57, using: &random)
        }
      default:
        let start = index()
        let piece = bytes[start..<min(bytes.count, start + Int.random(in: 1...60, using: &random))]
        bytes.insert(contentsOf: piece, at: index())
      }
    }
    return bytes
  }

  @Test("are read or refused, each within five seconds")
  func mutants() throws {
    let files = Self.files
    try #require(!files.isEmpty)
    var random = SeededRandom(seed: 20_251_121)
    let clock = ContinuousClock()
    // What is being read stands here, so that a crash leaves its cause behind.
    let last = NSTemporaryDirectory() + "/tulou-last-mutant-\(ProcessInfo.processInfo.processIdentifier).yaml"
    defer { try? FileManager.default.removeItem(atPath: last) }
    for number in 0..<Self.count {
      let file = files[Int.random(in: 0..<files.count, using: &random)]
      let bytes = Self.mutant(of: file.text, &random)
      try Data(bytes).write(to: URL(fileURLWithPath: last))
      var findings: [Diagnostic] = []
      let time = clock.measure {
        findings = ProjectReader.check(bytes: bytes, path: file.path, options: ProjectReader.Options(hours: 48))
      }
      #expect(time < .seconds(5), "mutant \(number) of \(file.path) took \(time)")
      for finding in findings {
        #expect(
          !finding.message.isEmpty && finding.message.hasSuffix("."), "mutant \(number) of \(file.path): \(finding)")
      }
    }
  }

  @Test("that are read are planned over 48 hours: whole files, finite numbers, a bound below the value")
  func survivors() throws {
    let wanted = ProcessInfo.processInfo.environment["TULOU_MUTANTS"] == nil ? 6 : 200
    let files = Self.files
    try #require(!files.isEmpty)
    let solver = try SolverChoice.auto.solver(
      highs: Result { () throws(HighsLibrary.Missing) in Highs(try HighsLibrary.open()) })
    var random = SeededRandom(seed: 2_026)
    let clock = ContinuousClock()
    let folder = NSTemporaryDirectory() + "/tulou-survivors-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var planned = 0, ended: [String: Int] = [:]
    for number in 0..<200 * wanted where planned < wanted {
      let file = files[Int.random(in: 0..<files.count, using: &random)]
      let bytes = Self.mutant(of: file.text, &random)
      guard let text = String(validating: bytes, as: UTF8.self), text != file.text,
        let project = try? ProjectReader.read(text: text, path: file.path, options: .init(hours: 48))
      else { continue }
      planned += 1
      var options = PlanOptions()
      options.explanationSeconds = 2
      options.neighbourSeconds = 1
      options.solve.timeLimit = 10
      let name = "mutant \(number) of \(file.path)"
      try Data(bytes).write(to: URL(fileURLWithPath: folder + ".yaml"))
      let begin = clock.now
      guard let outcome = try? PlanStudy.run(project: project, options: options, solver: solver) else {
        ended["refused", default: 0] += 1
        continue
      }
      #expect(clock.now - begin < .seconds(120), "\(name) took \(clock.now - begin)")
      ended[outcome.status.rawValue, default: 0] += 1
      guard let plan = outcome.plan, let proof = outcome.certificate else { continue }
      #expect(proof.value.isFinite && proof.largestRelativeResidual < 1e-5, "\(name): \(proof)")
      #expect(proof.bound <= proof.value + 1e-6 * abs(proof.value) + 1e-6, "\(name): \(proof)")
      let accounts = Accounts.make(project: outcome.project, plan: plan)
      let results = ResultSet(outcome: outcome, accounts: accounts, version: "test", lock: "tulou: 1\n")
      try results.write(to: folder)
      let stored = try ResultReader.read(directory: folder)
      #expect(stored.stamps.count == plan.problem.steps, "\(name)")
      #expect(stored.objective.value == proof.value, "\(name)")
    }
    try? FileManager.default.removeItem(atPath: folder + ".yaml")
    #expect(planned == wanted, "only \(planned) mutants were readable")
    print("survivors planned: \(planned), ended \(ended.sorted { $0.key < $1.key })")
  }
}
