import Testing

/// Every key that the reader takes has a row that shows what it does (`KeyEffectSlowTests` runs them).
@Suite("Every key has a row") struct KeyWalkTests {
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
}
