// The columns of a basis, as narrow as those of the variable it is made of.

import NumericalMethods

extension FittedBasis {
  /// The columns for a variable's values: of one that is held by code, or in bytes, a table of what each code stands for.
  /// All columns share the codes.
  func columns(_ values: DesignValues) -> [DesignValues] {
    switch values {
    case .few(let codes, let table): return columns(table).map { .few(codes: codes, table: $0) }
    case .whole(.bytes(let bytes)):
      let counts = ByteCounts.of(bytes)
      let found = (0..<256).filter { counts[$0] > 0 }
      var places = [UInt8](repeating: 0, count: 256)
      for (place, value) in found.enumerated() { places[value] = UInt8(truncatingIfNeeded: place) }
      let codes = bytes.map { places[Int($0)] }
      return columns(found.map(Double.init)).map { .few(codes: codes, table: $0) }
    case .whole, .dense, .indicator: return columns(values.numbers()).map { .dense($0) }
    }
  }
}
