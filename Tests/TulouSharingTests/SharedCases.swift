import Foundation
import Testing

@testable import TulouSharing

/// Files of the shared folder, for tests that are left out where it is absent.
enum SharedCases {
  static let folder = ProcessInfo.processInfo.environment["TULOU_SHARED"] ?? "/work/shared"
  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder + "/validation/community/keys.json") }

  static func read(_ path: String, _ list: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/validation/" + path))
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
