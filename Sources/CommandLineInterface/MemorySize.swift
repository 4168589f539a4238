// An amount of memory, as a user writes it and as the system has it.

import ArgumentParser

/// Bytes, written as `8G`, `500M` or `2T`.
struct MemorySize: ExpressibleByArgument, Sendable, Equatable {
  let bytes: Int

  init?(argument: String) {
    let units: [Character: Double] = ["M": 1e6, "G": 1e9, "T": 1e12]
    guard let unit = argument.last?.uppercased().first, let factor = units[unit],
      let count = Double(argument.dropLast()), count > 0, count * factor < 1e18
    else { return nil }
    bytes = Int(count * factor)
  }

  /// What the system can give without moving anything to disk; `nil` where it does not say.
  static var available: Int? {
    #if os(Linux)
      let free = SystemFile.number(after: "MemAvailable:", in: SystemFile.text("/proc/meminfo")).map {
        $0 << 10
      }
      // A container may have less than the machine.
      let group = "/sys/fs/cgroup/memory"
      let limit = Int(SystemFile.text(group + ".max").filter { $0 != "\n" })
      let used = Int(SystemFile.text(group + ".current").filter { $0 != "\n" })
      guard let limit, let used else { return free }
      return min(free ?? .max, max(limit - used, 0))
    #else
      return nil
    #endif
  }
}
