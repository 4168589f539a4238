// Simulates a registry as large as asked, the same bytes on every machine: what the benchmarks run on.

import ArgumentParser
import NumericalMethods

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@main
struct RegistrySimulator: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "RegistrySimulator",
    abstract: "Simulate a registry of any size as CSV.",
    discussion: """
      Follow-up in whole days up to ten years, so that times are heavily tied; two competing causes of death; ten \
      covariates of the kinds a registry has. No real person is in it. A larger registry of the same seed begins with \
      the rows of a smaller one.
      """)

  @Argument(help: "How many rows.") var rows: Int
  @Argument(help: "The file to write.") var file: String
  @Option(help: "The seed.") var seed: UInt64 = 1

  func validate() throws {
    if rows < 1 { throw ValidationError("ROWS is a number from 1") }
  }

  func run() throws {
    guard let output = fopen(file, "w") else { throw ValidationError("cannot write '\(file)'") }
    defer { fclose(output) }
    func write(_ bytes: [UInt8]) throws {
      guard fwrite(bytes, 1, bytes.count, output) == bytes.count else {
        throw ValidationError("cannot write '\(file)': the disk may be full")
      }
    }
    try write(Array(SimulatedPatient.header.utf8))
    let chunks = FixedChunks(count: rows, size: 1 << 15)
    let threads = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    // Some chunks at a time bound the memory; each has a stream of its own.
    for first in stride(from: 0, to: chunks.count, by: 4 * threads) {
      let count = min(4 * threads, chunks.count - first)
      let texts = Parallel.map(chunks: count, threads: threads) { index in
        SimulatedPatient.lines(chunks[first + index], seed: seed, stream: UInt64(first + index))
      }
      for text in texts { try write(text) }
    }
  }
}
