import Foundation
import TestSupport
import Testing
import TulouSharing

/// Files of the shared folder, for tests that are left out where it is absent.
enum SharedCases {
  static var isPresent: Bool { SharedFolder.isPresent }

  static func read(_ path: String, _ list: String) throws -> [[String: Any]] {
    let data = Data(try SharedFolder.text("validation/" + path).utf8)
    let tree = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(tree[list] as? [[String: Any]])
  }

  static func number(_ value: Any?) -> Double? {
    if let number = value as? NSNumber { return number.doubleValue }
    guard let text = value as? String else { return nil }
    let parts = text.split(separator: "/").compactMap { Double($0) }
    return parts.count == 2 ? parts[0] / parts[1] : parts.first
  }

  static func numbers(_ value: Any?) -> [Double]? { (value as? [Any])?.compactMap(number) }
}
