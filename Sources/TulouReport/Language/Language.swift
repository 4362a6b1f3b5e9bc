/// A language that pages are written in: the sentences of the source, each with how it is said.
package struct Language: Sendable {
  /// Code as in `<html lang>`: `en`, `zh`.
  package let code: String
  /// Its own name.
  package let name: String
  let phrases: Phrases?
  /// Each text of the file and how it is said.
  package var texts: [String: String] { phrases?.said ?? [:] }

  /// English as the source has it.
  package static let english = Language(code: "en", name: "English", phrases: nil)

  private init(code: String, name: String, phrases: Phrases?) {
    self.code = code
    self.name = name
    self.phrases = phrases
  }

  /// A language of a file.
  ///
  /// - Parameters:
  ///   - joins: Marks between sentences and clauses, strongest first.
  ///   - vocabulary: Entries that are words of the field, by which ids of the file are said too.
  ///   - entries: Sentences with holes `{}`, and how each is said; nil: as it stands.
  package init(
    code: String, name: String, joins: [(mark: String, said: String)], entries: [(pattern: String, said: String?)],
    vocabulary: Set<String> = []
  ) throws(LanguageFault) {
    self.code = code
    self.name = name
    do throws(Phrases.Fault) {
      phrases = try Phrases(entries, joins: joins, vocabulary: vocabulary)
    } catch {
      throw LanguageFault(message: error.message)
    }
  }
}

/// A language file that cannot be used.
package struct LanguageFault: Error, Equatable {
  /// What is wrong.
  package var message: String
  /// A fault.
  package init(message: String) { self.message = message }
}
