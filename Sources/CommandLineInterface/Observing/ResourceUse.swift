// What the process has used so far: time and memory, as the system counts them.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Time and memory at one moment.
struct ResourceUse: Sendable {
  /// Seconds on a clock that only runs forward.
  var wallTime: Double
  /// Seconds of processor time of all threads.
  var processorTime: Double
  /// Bytes in memory now and at most so far; 0 where the system does not say.
  var residentBytes: Int
  var peakBytes: Int

  static var now: ResourceUse {
    let (resident, peak) = memory
    return ResourceUse(
      wallTime: seconds(CLOCK_MONOTONIC), processorTime: seconds(CLOCK_PROCESS_CPUTIME_ID),
      residentBytes: resident, peakBytes: peak)
  }

  static var wallTime: Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    guard clock_gettime(clock, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static var memory: (resident: Int, peak: Int) {
    #if os(Linux)
      let status = SystemFile.text("/proc/self/status")
      return (
        (SystemFile.number(after: "VmRSS:", in: status) ?? 0) << 10,
        (SystemFile.number(after: "VmHWM:", in: status) ?? 0) << 10
      )
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return (0, Int(usage.ru_maxrss))
    #endif
  }
}

/// Small files in which the system describes itself.
enum SystemFile {
  /// The beginning of a file, empty where it cannot be read.
  static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  /// The first whole number after a word.
  static func number(after word: String, in text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix(word) {
      return line.dropFirst(word.count).split { $0 == " " || $0 == "\t" }.first.flatMap { Int($0) }
    }
    return nil
  }
}
