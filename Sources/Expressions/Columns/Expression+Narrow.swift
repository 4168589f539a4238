// Expressions that are columns, or byte columns with a table: looked at without a copy of their rows.

import DataTables

extension Expression {
  /// The column that the expression names and does nothing with.
  public func plainColumn(in table: DataTable) -> Column? {
    guard case .reference(let reference) = root.kind, reference.steps.isEmpty else { return nil }
    return table[reference.name]
  }

  /// The bytes of a column and what each of the 256 values answers: 1, 0, or 255 for missing. `nil` where the condition is
  /// no column of flags and no comparison of a byte column with a constant, or cannot be computed.
  public func byteFlags(in table: DataTable) -> (bytes: [UInt8], answers: [UInt8])? {
    var binder = ColumnBinder(source: source, table: table, dialect: dialect)
    guard case .flag(let flag)? = binder.bind(root) else { return nil }
    switch flag {
    case .byteTable(let bytes, let answers): return (bytes, answers)
    case .column(.uint8(let bytes)): return (bytes, [0, 1] + Array(repeating: BoundFlag.missing, count: 254))
    default: return nil
    }
  }
}
