import Foundation
import TestSupport
import Testing
import TulouSolvers

/// Every key that the reader takes does something, or is refused by name.
@Suite("Every key does something", .enabled(if: InstalledHighs.isPresent)) struct KeyWalkTests {
  @Test("each key of each table has a row, or is listed as pending")
  func complete() throws {
    let shown = Set(try KeySheet.names.flatMap { try KeySheet.rows($0) }.map(\.name))
    let pending = Set(KeySheet.pending)
    let keys = Set(KeySheet.keys)
    #expect(keys.subtracting(shown).subtracting(pending).sorted() == [], "keys without a row")
    #expect(shown.subtracting(keys).sorted() == [], "rows of no key")
    #expect(pending.intersection(shown).sorted() == [], "pending, but with a row")
    #expect(pending.subtracting(keys).sorted() == [], "pending, but no key")
  }

  @Test("changing it changes what its row says", arguments: KeySheet.names)
  func effects(sheet: String) throws {
    let folder = try ScratchFolder.make()
    try KeyFiles.write(to: folder)
    var known = KnownNumbers()
    for row in try KeySheet.rows(sheet) {
      if let fault = row.fault(in: folder, &known) { Issue.record("\(row.place) \(row.name): \(fault)") }
    }
  }

  @Test("the same project gives the same page, so that another word on it is the key's")
  func steady() throws {
    let folder = try ScratchFolder.make()
    let row = try #require(try KeySheet.rows("machines.rows").first)
    #expect(try KeyNumber.page(row.base.text, folder) == KeyNumber.page(row.base.text, folder))
  }
}
