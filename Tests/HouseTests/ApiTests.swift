import Foundation
import TestSupport
import Testing

/// What the products promise: every public declaration of every room stands in `api.txt`, so that none is changed unseen.
/// What rooms need of each other is `package` and stands in no list.
///
/// `TULOU_UPDATE_GOLDEN=1` writes the list anew; its difference is to be read like code.
@Suite("Promises of the facade") struct ApiTests {
  private static let list = "Tests/HouseTests/api.txt"

  @Test("the list of public declarations is as it was read last") func golden() throws {
    let found = House.swiftFiles(in: "Sources").flatMap { file in Self.declarations(file).map { "\(file.path): \($0)" }
    }
    let text = found.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["TULOU_UPDATE_GOLDEN"] != nil {
      try text.write(toFile: SharedFolder.packageRoot + "/" + Self.list, atomically: true, encoding: .utf8)
    }
    let known = Set(try House.text(Self.list).split(separator: "\n").map(String.init))
    let gone = known.subtracting(found).sorted(), new = Set(found).subtracting(known).sorted()
    #expect(gone.isEmpty, "no longer there: \(gone.joined(separator: "\n"))")
    #expect(new.isEmpty, "not in the list: \(new.joined(separator: "\n"))")
  }

  /// Public declarations of a file, each in one line up to its body.
  private static func declarations(_ file: House.File) -> [String] {
    var found: [String] = []
    var open: String?
    for line in file.lines {
      let text = line.trimmingCharacters(in: .whitespaces)
      if open == nil {
        let isPublic = text.hasPrefix("public ") || text.hasPrefix("@") && text.contains(" public ")
        guard isPublic, !text.hasPrefix("public import ") else { continue }
        open = text
      } else {
        open? += " " + text
      }
      guard let whole = open, whole.count(where: { $0 == "(" }) == whole.count(where: { $0 == ")" }) else { continue }
      // A result on the next line belongs to it.
      if whole.hasSuffix(")"), !whole.contains("{"), text.hasPrefix(")") { continue }
      found.append(signature(whole))
      open = nil
    }
    return found
  }

  private static func signature(_ text: String) -> String {
    var own = text
    if let body = own.range(of: " {") { own = String(own[..<body.lowerBound]) }
    return own.replacing("( ", with: "(").replacing(" )", with: ")")
  }
}
