import Foundation
import TestSupport
import Testing
import TulouSolvers

/// Changing a key does what its row says: some 700 small plans, minutes rather than seconds.
@Suite("What every key does", .enabled(if: InstalledHighs.isPresent && SlowTests.areWanted))
struct KeyEffectSlowTests {
  @Test("changing it changes what its row says", arguments: KeySheet.names)
  func effects(sheet: String) throws {
    let folder = try ScratchFolder.make()
    try KeyFiles.write(to: folder)
    var known = KnownNumbers()
    for row in try KeySheet.rows(sheet) {
      if let fault = row.fault(in: folder, &known) { Issue.record("\(row.place) \(row.name): \(fault)") }
    }
  }

  @Test(
    "a number with growth, a series and each word of a choice move something, or are refused", arguments: KeySheet.names
  )
  func forms(sheet: String) throws {
    let folder = try ScratchFolder.make()
    try KeyFiles.write(to: folder)
    var known = KnownNumbers()
    let rows = try KeySheet.rows(sheet)
    // One row of a key and machine is enough: its forms are read by one reader.
    var seen: Set<String> = []
    let made =
      rows.filter { seen.insert($0.name).inserted }.flatMap { KeyForms.derived(from: $0) } + KeyForms.words(rows)
    for row in made {
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
