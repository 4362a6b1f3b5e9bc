extension CaseIterable where Self: RawRepresentable<String> {
  /// The words of a closed vocabulary, in the order in which they are declared.
  package static var words: [String] { allCases.map(\.rawValue) }
}

extension Shape {
  /// One word of a closed vocabulary.
  package static func choice<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) -> Shape {
    .choice(Word.words)
  }
}

extension Field {
  /// One word of a closed vocabulary.
  package static func choice<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ key: any WritableKeyPath<Root, Word> & Sendable, _ fallback: Fallback, _ sentence: String
  ) -> Field {
    Field(name, .choice(Word.words), fallback, sentence) { root, node, decoding in
      if let word = decoding.choice(node, Word.self) { root[keyPath: key] = word }
    }
  }
}
