// Reading tables from text in tests.

import DataTables
import Diagnostics

@testable import struct DataTables.CSVOptions

/// The table in a text; the file is called `data.csv`.
func table(
  _ text: String, _ options: CSVOptions = CSVOptions(), columns: Set<String>? = nil, threads: Int = 1
) throws -> DataTable {
  try reading(Array(text.utf8), options, columns: columns, threads: threads).table
}

func reading(
  _ bytes: [UInt8], _ options: CSVOptions = CSVOptions(), columns: Set<String>? = nil, threads: Int = 1
) throws(DiagnosticList) -> DataReading {
  try CSVSource(bytes: bytes, displayPath: "data.csv", name: "data", options: options)
    .read(columns: columns, threads: threads)
}

/// What is reported about a text, warnings of a successful reading included.
func faults(_ text: String, _ options: CSVOptions = CSVOptions(), columns: Set<String>? = nil) -> [Diagnostic]
{
  faults(Array(text.utf8), options, columns: columns)
}

func faults(_ bytes: [UInt8], _ options: CSVOptions = CSVOptions(), columns: Set<String>? = nil)
  -> [Diagnostic]
{
  do {
    return try reading(bytes, options, columns: columns).diagnostics
  } catch {
    return error.diagnostics
  }
}

extension Diagnostic {
  /// `line:column code message`, as short as tests want it.
  var brief: String {
    (location.map { "\($0.start.line):\($0.start.column) " } ?? "") + "\(code.rawValue) \(message)"
  }
}

extension Column {
  var texts: [String?] { (0..<count).map { text($0) } }
}

/// A generator whose numbers are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
