// The files of a directive that is no data set: none.

import DataTables
import Diagnostics
import Directives

/// An analysis that opened a file would rest on something that its key does not hold.
struct NoFiles: DataFileOpening {
  func open(
    _ path: String, name: String, options: CSVOptions, at range: SourceRange
  ) throws(Diagnostic) -> any DataSource {
    throw Diagnostic(.internalFault, "an analysis opens no files", at: range)
  }
}
