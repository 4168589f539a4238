// Directives that hand a data set of their own on to others.

/// What a directive leaves when others may analyse its rows: `data: matched`.
protocol DataSetProviding: Sendable {
  var providedDataSet: DataSet { get }
}
