import Testing
import TulouDocument
import TulouProject
import TulouQuantities

/// Schema and reference come from the same tables as the reader.
@Suite("Format 1 described") struct FormatTests {
  @Test("schema and reference name every field of every table") func fields() {
    let schema = Format.schemaJSON(), reference = Format.referenceMarkdown()
    for table in Format.tables {
      for field in table.fields {
        #expect(schema.contains("\"\(field.name)\""), "\(table.name).\(field.name)")
        #expect(reference.contains("`\(field.name)`"), "\(table.name).\(field.name)")
      }
    }
  }
}
