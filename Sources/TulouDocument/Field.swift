package import TulouQuantities

/// What a key takes, for messages, schema and reference.
package indirect enum Shape: Sendable, Equatable {
  /// A number with unit, of one of these measures.
  case number([Measure])
  /// A number or a series over the steps.
  case series([Measure])
  /// Free text.
  case text
  /// One of these words.
  case choice([String])
  /// `true` or `false`.
  case flag
  /// A whole number.
  case integer
  /// A day such as `2027-01-31`.
  case date
  /// The id of a thing of this kind.
  case reference(String)
  /// A list.
  case list(Shape)
  /// A mapping with the keys of the named table.
  case table(String)
  /// A mapping from ids to this.
  case map(Shape)
  /// Any of these.
  case either([Shape])
}

/// What stands where nobody wrote anything.
package enum Fallback: Sendable, Equatable {
  /// The key must be there.
  case required
  /// The key may be left out, and then has no value.
  case absent
  /// This is taken, and listed as an assumption with its source.
  case value(String, source: String)
  /// This is taken; it is the meaning of silence rather than a guess, and listed as that.
  case silent(String)
}

/// A field's name, shape, fallback and sentence, whatever it is a field of.
package struct FieldDescription: Sendable, Equatable {
  /// Key in the file.
  package var name: String
  /// What it takes.
  package var shape: Shape
  /// What stands where it is left out.
  package var fallback: Fallback
  /// One sentence.
  package var sentence: String
  /// What has to stand beside it for it to do anything; all of these.
  package var needs: [Partner] = []
  /// A description.
  package init(name: String, shape: Shape, fallback: Fallback, sentence: String) {
    self.name = name
    self.shape = shape
    self.fallback = fallback
    self.sentence = sentence
  }
}

/// One key of a kind of thing: name, shape, default with its source, one sentence, and where its value goes.
///
/// Decoding, JSON Schema, reference page, suggestions and the register of assumptions all come from tables of these.
package struct Field<Root>: Sendable {
  /// How it is described.
  package internal(set) var description: FieldDescription
  /// Reads a node into the root.
  let assign: @Sendable (inout Root, Node, inout Decoding) -> Void

  /// A field read by a function of its own.
  package init(
    _ name: String, _ shape: Shape, _ fallback: Fallback, _ sentence: String,
    _ assign: @escaping @Sendable (inout Root, Node, inout Decoding) -> Void
  ) {
    description = FieldDescription(name: name, shape: shape, fallback: fallback, sentence: sentence)
    self.assign = assign
  }

  /// A number.
  package static func number(
    _ name: String, _ key: any WritableKeyPath<Root, Double> & Sendable, _ measure: Measure,
    _ fallback: Fallback, in range: Bounds = .any, _ sentence: String
  ) -> Field {
    Field(name, .number([measure]), fallback, sentence) { root, node, decoding in
      if let value = decoding.number(node, measure, in: range) { root[keyPath: key] = value }
    }
  }

  /// A number that may be absent.
  package static func number(
    _ name: String, _ key: any WritableKeyPath<Root, Double?> & Sendable, _ measure: Measure, in range: Bounds = .any,
    _ sentence: String
  ) -> Field {
    Field(name, .number([measure]), .absent, sentence) { root, node, decoding in
      if let value = decoding.number(node, measure, in: range) { root[keyPath: key] = value }
    }
  }

  /// A text.
  package static func text(
    _ name: String, _ key: any WritableKeyPath<Root, String> & Sendable, _ fallback: Fallback,
    _ sentence: String
  ) -> Field {
    Field(name, .text, fallback, sentence) { root, node, decoding in
      if let text = decoding.text(node) { root[keyPath: key] = text }
    }
  }

  /// Free text for people: reports print it in the register of assumptions.
  package static func note(_ name: String, _ sentence: String) -> Field {
    Field(name, .text, sentence) { _, node, decoding in
      if decoding.text(node) != nil { decoding.note(node) }
    }
  }

  /// A text that may be absent, naming a thing of a kind.
  package static func reference(
    _ name: String, to kind: String, _ key: any WritableKeyPath<Root, String?> & Sendable,
    _ fallback: Fallback, _ sentence: String
  ) -> Field {
    Field(name, .reference(kind), fallback, sentence) { root, node, decoding in
      if let text = decoding.text(node) { root[keyPath: key] = text }
    }
  }

  /// A whole number that may be absent.
  package static func integer(
    _ name: String, _ key: any WritableKeyPath<Root, Int?> & Sendable, in range: ClosedRange<Int>,
    _ fallback: Fallback, _ sentence: String
  ) -> Field {
    Field(name, .integer, fallback, sentence) { root, node, decoding in
      if let value = decoding.integer(node, in: range) { root[keyPath: key] = value }
    }
  }

  /// Yes or no.
  package static func flag(
    _ name: String, _ key: any WritableKeyPath<Root, Bool> & Sendable, _ fallback: Fallback, _ sentence: String
  ) -> Field {
    Field(name, .flag, fallback, sentence) { root, node, decoding in
      if let value = decoding.flag(node) { root[keyPath: key] = value }
    }
  }

  /// One word of several.
  package static func choice(
    _ name: String, _ key: any WritableKeyPath<Root, String> & Sendable, _ words: [String], _ fallback: Fallback,
    _ sentence: String
  ) -> Field {
    Field(name, .choice(words), fallback, sentence) { root, node, decoding in
      if let word = decoding.choice(node, words) { root[keyPath: key] = word }
    }
  }

  /// The node itself, for what can only be read when more is known.
  package static func node(
    _ name: String, _ key: any WritableKeyPath<Root, Node?> & Sendable, _ shape: Shape,
    _ fallback: Fallback, _ sentence: String
  ) -> Field {
    Field(name, shape, fallback, sentence) { root, node, _ in root[keyPath: key] = node }
  }
}

extension Field {
  /// A field read by a function of its own, which may be absent.
  package init(
    _ name: String, _ shape: Shape, _ sentence: String,
    _ assign: @escaping @Sendable (inout Root, Node, inout Decoding) -> Void
  ) { self.init(name, shape, .absent, sentence, assign) }

  /// A text that may be absent.
  package static func text(
    _ name: String, _ key: any WritableKeyPath<Root, String> & Sendable, _ sentence: String
  ) -> Field { text(name, key, .absent, sentence) }

  /// A text naming a thing of a kind, which may be absent.
  package static func reference(
    _ name: String, to kind: String, _ key: any WritableKeyPath<Root, String?> & Sendable, _ sentence: String
  ) -> Field { reference(name, to: kind, key, .absent, sentence) }

  /// A whole number that may be absent.
  package static func integer(
    _ name: String, _ key: any WritableKeyPath<Root, Int?> & Sendable, in range: ClosedRange<Int>, _ sentence: String
  ) -> Field { integer(name, key, in: range, .absent, sentence) }

  /// A node that may be absent.
  package static func node(
    _ name: String, _ key: any WritableKeyPath<Root, Node?> & Sendable, _ shape: Shape, _ sentence: String
  ) -> Field { node(name, key, shape, .absent, sentence) }
}

/// Which numbers a key accepts.
package struct Bounds: Sendable, Equatable {
  /// Least value, in the measure's unit.
  package var low: Double
  /// Greatest value.
  package var high: Double
  /// Whether the least value itself is refused.
  package var aboveLow: Bool
  /// How it is said, e.g. `between 0 % and 100 %`.
  package var words: String
  /// Bounds.
  package init(_ low: Double, _ high: Double, aboveLow: Bool = false, _ words: String) {
    self.low = low
    self.high = high
    self.aboveLow = aboveLow
    self.words = words
  }
  /// Everything finite.
  package static let any = Bounds(-.infinity, .infinity, "a finite number")
  /// 0 and above.
  package static let notNegative = Bounds(0, .infinity, "0 or more")
  /// Above 0.
  package static let positive = Bounds(0, .infinity, aboveLow: true, "above 0")
  /// Years that something lasts: a month at least, for replacements are counted one by one.
  package static let life = Bounds(1.0 / 12, 1000, "between a month and 1000 years")
  /// 0 to 1.
  package static let share = Bounds(0, 1, "between 0 % and 100 %")
  /// Above 0, up to 1.
  package static let positiveShare = Bounds(0, 1, aboveLow: true, "above 0 % and at most 100 %")
  /// Whether a value is within.
  package func contains(_ value: Double) -> Bool { (aboveLow ? value > low : value >= low) && value <= high }
}
