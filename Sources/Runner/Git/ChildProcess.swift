// Another program, run to its end without a shell.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a program that was run came to.
struct ChildProcess: Sendable {
  /// The exit status; 128 and the signal's number when a signal ended it.
  let status: Int32
  let output: [UInt8]
  let errors: String

  /// Runs a program of the search path and waits for it.
  ///
  /// Input and error text go through files that have no name, so that one pipe is left and none can fill up.
  ///
  /// - Throws: when it cannot be started; a program that is not there has the code `ENOENT`.
  static func run(
    _ program: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String]
  ) throws(FileFailure) -> ChildProcess {
    let given = try temporaryFile()
    defer { close(given) }
    let errors = try temporaryFile()
    defer { close(errors) }
    try write(input, to: given)
    lseek(given, 0, SEEK_SET)
    var ends: [Int32] = [-1, -1]
    guard makePipe(&ends) == 0 else { throw FileFailure(path: program, code: errno) }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    let (code, child) = spawn(
      program, arguments, environment, descriptors: [given, writing, errors], closing: [reading])
    close(writing)
    guard code == 0 else { throw FileFailure(path: program, code: code) }
    let output = readAll(reading)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    lseek(errors, 0, SEEK_SET)
    return ChildProcess(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: output,
      errors: String(decoding: readAll(errors), as: UTF8.self))
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String: String], descriptors: [Int32],
    closing: [Int32]
  ) -> (code: Int32, child: pid_t) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    for descriptor in closing + descriptors where descriptor > 2 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, program, &actions, nil, &words, &variables)
    return (code, child)
  }

  /// A pipe that the child does not inherit but where it is told to.
  private static func makePipe(_ ends: inout [Int32]) -> Int32 {
    let code = ends.withUnsafeMutableBufferPointer { $0.baseAddress.map { pipe($0) } ?? -1 }
    for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return code
  }

  /// Open, and without a name in any folder.
  private static func temporaryFile() throws(FileFailure) -> Int32 {
    var template = Array((TemporaryFolder.base + "/meier-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileFailure(path: TemporaryFolder.base, code: errno) }
    unlink(template)
    return descriptor
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { FileSystem.write(descriptor, $0) }
      if count < 0, errno != EINTR { throw FileFailure(path: TemporaryFolder.base, code: errno) }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { FileSystem.read(descriptor, $0) }
      if count > 0 {
        bytes += buffer[0..<count]
      } else if count == 0 || errno != EINTR {
        return bytes
      }
    }
  }
}

/// The environment of this process.
public enum Environment {
  /// The value of a variable; `nil` when it is not set.
  public static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The names of all variables.
  static func names() -> [String] {
    #if canImport(Darwin)
      var names: [String] = []
      var next = _NSGetEnviron().pointee
      while let entry = next?.pointee {
        names.append(String(String(cString: entry).prefix { $0 != "=" }))
        next = next?.advanced(by: 1)
      }
      return names
    #else
      // The C library's list is a global variable, which other threads might change while it is read.
      let bytes = (try? FileSystem.read("/proc/self/environ")) ?? []
      return bytes.split(separator: 0).map { entry in
        String(decoding: entry.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
      }
    #endif
  }
}
