extension String {
  /// The text with every character that would act rather than be seen, or that is not seen at all, written as its number, e.g.
  /// `\u{1B}`.
  ///
  /// Control characters steer terminals, direction marks turn around what stands beside them (CVE-2021-42574), and two names that
  /// differ by a character without width look alike. Line ends and tabs are kept, and so are joiners between letters of scripts
  /// that are written with them (Persian, Hindi, emoji).
  package var visible: String {
    guard unicodeScalars.contains(where: \.acts) else { return self }
    let scalars = Array(unicodeScalars)
    var result = ""
    for (i, scalar) in scalars.enumerated() {
      if scalar.acts,
        !(scalar.joins && i > 0 && i + 1 < scalars.count && scalars[i - 1].isJoined && scalars[i + 1].isJoined)
      {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether nothing of it is seen: it is empty, or blanks and characters without width alone.
  package var isBlank: Bool { unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.acts } }
}

extension Unicode.Scalar {
  /// Whether it steers what is around it or is not seen; blanks, line end and tab are not counted.
  package var acts: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true  // C0, DEL, C1
    case 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x3164, 0xFFA0: true  // no width, fillers
    case 0x061C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F: true  // no width, direction, deprecated marks
    // Line ends, marks, tags.
    case 0x2028, 0x2029, 0xFEFF, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
    default: false
    }
  }

  /// Whether it joins letters or parts of a picture, or keeps them apart.
  fileprivate var joins: Bool { value == 0x200C || value == 0x200D }

  /// Whether it is written with joiners: letters beyond Latin, Greek and Cyrillic, pictures and their variants.
  fileprivate var isJoined: Bool { value >= 0x0600 && !acts }
}
