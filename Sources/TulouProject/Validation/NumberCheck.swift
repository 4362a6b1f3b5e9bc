import TulouQuantities

/// What is no number, wherever it stands in a part of a project: every field is looked at, so that none can be forgotten.
struct NumberCheck {
  /// Names of the fields that lead to the first thing that is no number; nil: all is well.
  static func place(in part: Any) -> String? { look(at: part, depth: 0) }

  private static func look(at part: Any, depth: Int) -> String? {
    switch part {
    case let number as Double: return number.isNaN ? "" : nil
    case let numbers as [Double]: return numbers.contains(where: \.isNaN) ? "" : nil
    case is String, is Bool, is Int, is [Int], is [Bool], is [String], is [UInt8]: return nil
    default: break
    }
    // Parts hold parts a few times, never themselves.
    guard depth < 12 else { return nil }
    for child in Mirror(reflecting: part).children {
      guard let found = look(at: child.value, depth: depth + 1) else { continue }
      let name = child.label.map { $0 == "some" || $0.hasPrefix(".") ? "" : $0 } ?? ""
      return name.isEmpty ? found : found.isEmpty ? name : name + "." + found
    }
    return nil
  }
}
