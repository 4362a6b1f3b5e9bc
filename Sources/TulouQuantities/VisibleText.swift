extension String {
  /// The text with every character that would act rather than be seen written as its number, e.g. `\u{1B}`.
  ///
  /// Control characters steer terminals, and direction marks turn around what stands beside them (CVE-2021-42574), so a
  /// name could show as another one. Line ends and tabs are kept.
  public var visible: String {
    guard unicodeScalars.contains(where: \.acts) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.acts {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether it steers what is around it instead of being seen; line end and tab are not counted.
  public var acts: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true  // C0, DEL, C1
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: true  // direction, deprecated format characters
    case 0x2028, 0x2029, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true  // line ends, marks, tags
    default: false
    }
  }
}
