import Foundation

/// Data files beside the projects of the rows.
enum KeyFiles {
  static func write(to folder: URL) throws {
    try hours.write(to: folder.appendingPathComponent("load.csv"), atomically: true, encoding: .utf8)
    for (name, count) in [("few", 2), ("more", 3)] {
      try "power [kW],count\n1,\(count)\n".write(
        to: folder.appendingPathComponent(name + ".csv"), atomically: true, encoding: .utf8)
    }
    try stamped.write(to: folder.appendingPathComponent("stamped.csv"), atomically: true, encoding: .utf8)
  }

  /// Load and wind of two winter months, hour by hour: a load with two peaks a day and a wind that turns every 31 hours.
  private static let hours: String = {
    var text = "load,wind,ratchet\n"
    for t in 0..<(59 * 24) {
      let hour = t % 24
      let load = 10 + (hour == 12 ? 20 : 0) + (hour == 19 ? 5 + t / 24 % 7 : 0)
      text += "\(load),\((t / 31) % 2 == 0 ? 0.9 : 0.1),\(t < 744 ? 30 : 15)\n"
    }
    return text
  }()

  /// Two days with stamps of the end of their hours, of which one is missing.
  private static let stamped: String = {
    var text = "when,end,load\n"
    for t in 0..<48 where t != 10 {
      let day = 4 + t / 24, hour = t % 24
      text += "2027-06-0\(day) \(hour < 10 ? "0" : "")\(hour):00,x,\(t)\n"
    }
    return text
  }()
}
