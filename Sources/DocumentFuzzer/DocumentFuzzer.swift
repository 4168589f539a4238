// Reads hostile documents by the hundred thousand: `DocumentFuzzer [COUNT [SEED]]`.

import NumericalMethods

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@main
enum DocumentFuzzer {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let count = arguments.first ?? 10_000
    let seed = UInt64(arguments.dropFirst().first.map { max($0, 0) } ?? 1000)
    let tally = tally(count: count, seed: seed)
    print(tally.report, terminator: "")
    let growth = PathologicalDocument.all.map { $0.growth() }
    for line in growth { print(line.text) }
    if tally.isFailure || growth.contains(where: \.isSteep) { exit(1) }
  }

  /// As many documents of each kind.
  static func tally(count: Int, seed: UInt64) -> HostileTally {
    var generator = RandomGenerator(seed: seed)
    var tally = HostileTally()
    for index in 0..<count {
      if index.isMultiple(of: 2) {
        tally.examine(PieceDocument.bytes(&generator))
      } else {
        tally.examine(NestedDocument(&generator))
      }
    }
    return tally
  }
}
