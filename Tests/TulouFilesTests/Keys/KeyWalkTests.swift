import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouProject
import TulouQuantities

/// Every key that the reader takes has a row that shows what it does (`KeyEffectSlowTests` runs them).
@Suite("Every key has a row") struct KeyWalkTests {
  private static let rows: [KeyRow] = KeySheet.names.flatMap { (try? KeySheet.rows($0)) ?? [] }

  @Test("each sheet is well written", arguments: KeySheet.names)
  func sheets(_ name: String) throws { #expect(try !KeySheet.rows(name).isEmpty) }

  @Test("each key of each table has a row")
  func complete() {
    let shown = Set(Self.rows.map(\.name))
    let keys = Set(KeySheet.keys)
    #expect(keys.subtracting(shown).sorted() == [], "keys without a row")
    #expect(shown.subtracting(keys).sorted() == [], "rows of no key")
  }

  @Test("each form that a key takes has a row: numbers by their measures, series, lists, tables, words")
  func forms() {
    var missing: [String] = []
    for (name, field) in KeyForms.fields {
      let forms = KeyForms.forms(of: field.shape)
      let own = Self.rows.filter { $0.name == name }
      // One form is what the key's own rows are in.
      guard forms.count > 1, !own.contains(where: \.isElsewhere) else { continue }
      let values = own.flatMap { KeyForms.values(of: $0) }
      // A series is made of each number (`KeyForms.derived`).
      var shown = Set(values.compactMap { KeyForms.form(of: $0, field.shape) })
      if own.contains(where: { !KeyForms.derived(from: $0).isEmpty }) { shown.insert("series") }
      missing += forms.subtracting(shown).map { "\(name): \($0)" }
    }
    #expect(missing.sorted() == [])
  }

  @Test("a key whose partner is not there is told by name")
  func partners() throws {
    let folder = try ScratchFolder.make()
    try KeyFiles.write(to: folder)
    var shown: Set<String> = []
    for row in Self.rows {
      guard let field = KeyForms.fields[row.name], !shown.contains(row.name), !field.needs.isEmpty else { continue }
      if row.isToldOrElsewhere { shown.insert(row.name) }
      guard row.path.hasSuffix("." + row.key), let value = row.second ?? row.first else { continue }
      for need in field.needs {
        var text = row.base.setting(row.path, to: value)
        let room = row.path.dropLast(row.key.count)
        for key in need.keys {
          // Another word where words matter, else nothing.
          var other: String?
          if !need.words.isEmpty, case .choice(let words)? = KeyForms.fields["\(row.table).\(key)"]?.shape {
            other = words.first { !need.words.contains($0) }
          }
          text = text.setting(room + key, to: other)
        }
        let found = KeyRow.findings(text.text, in: folder)
        let isTold = found.contains { $0.severity == .error || $0.path.hasPrefix(row.path) }
        #expect(isTold, "\(row.place) \(row.name) without \(need.text): \(found.map(\.message))")
        shown.insert(row.name)
      }
    }
    let asking = Set(KeyForms.fields.filter { !$0.value.needs.isEmpty }.keys)
    #expect(asking.subtracting(shown).sorted() == [], "rows that could show it")
  }
}
