import Foundation

/// Memory that this process may still take.
package enum AvailableMemory {
  /// The least of what is free on the machine, in its control group, and under the limit of the process, less a tenth for
  /// what stands beside the solve [bytes]; infinite where nothing of it is known.
  package static var bytes: Double {
    let least = [free, group, ownLimit].compactMap(\.self).min()
    return least.map { 0.9 * $0 } ?? .infinity
  }

  /// What this process holds already [bytes]; 0 where the system does not say.
  package static var held: Double {
    let pages = text("/proc/self/statm")?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// `MemAvailable` of the machine.
  private static var free: Double? {
    text("/proc/meminfo")?.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
      .flatMap { line in line.split(separator: " ").dropFirst().first.flatMap { Double($0) } }.map { $0 * 1024 }
  }

  /// What the control group leaves (containers), version 2 or 1.
  private static var group: Double? {
    for (most, used) in [
      ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
      ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ] {
      guard let most = number(most), most < 1e15 else { continue }
      return max(0, most - (number(used) ?? 0))
    }
    return nil
  }

  /// What `ulimit -v` leaves.
  private static var ownLimit: Double? {
    var limit = rlimit()
    #if canImport(Glibc)
      let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    #else
      let isKnown = getrlimit(RLIMIT_AS, &limit) == 0
    #endif
    guard isKnown, limit.rlim_cur < UInt64(1) << 60 else { return nil }
    let pages = text("/proc/self/statm")?.split(separator: " ").first.flatMap { Double($0) } ?? 0
    return max(0, Double(limit.rlim_cur) - pages * Double(sysconf(Int32(_SC_PAGESIZE))))
  }

  private static func number(_ path: String) -> Double? {
    text(path).flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  private static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
}
