// Opens data files for a document: inside the project only, unless the user said otherwise.

import DataTables
import Diagnostics
import Directives

/// The data files one document may open.
struct ProjectFiles: DataFileOpening {
  let project: Project
  /// Absolute folder of the document.
  private let directory: String
  /// The document and the files it includes, by their paths in messages.
  private let paths: [String: String]
  private let decimalMark: DecimalMark?
  private let delimiter: CSVDelimiter?
  /// Folders outside the project that the command line allows.
  let allowedDirectories: [String]
  /// Of a process that stays, what it knows of the files' contents.
  var contents: FileContents?
  /// Is told of every file that was asked for, found or not.
  var opened = OpenedFiles()
  /// Readings that several documents share.
  var readings: SharedReadings?

  /// A digest of a file's bytes; `nil` when it cannot be read, or when nothing is kept of files.
  ///
  /// - Parameter range: where the file is named.
  func content(of path: String, at range: SourceRange) -> String? {
    let written = FilePath.join(folder(of: range), path)
    opened.insert(written)
    return contents?.digest(FileSystem.resolvingLinks(written))
  }

  /// An included file's data lie beside it, not beside the document that includes it.
  private func folder(of range: SourceRange) -> String {
    paths[range.origin.file.path].map(FilePath.directory) ?? directory
  }

  init(
    _ source: DocumentSource, allowedDirectories: [String], contents: FileContents? = nil,
    opened: OpenedFiles = OpenedFiles()
  ) {
    self.contents = contents
    self.opened = opened
    project = source.project
    directory = FilePath.directory(source.path)
    paths = source.paths
    decimalMark = source.prepared.settings.decimalMark
    delimiter = source.prepared.settings.delimiter
    self.allowedDirectories = allowedDirectories
  }

  func open(
    _ path: String, name: String, options: CSVOptions, at range: SourceRange
  ) throws(Diagnostic) -> any DataSource {
    let directory = folder(of: range)
    let written = FilePath.join(directory, path)
    opened.insert(written)
    let absolute = FileSystem.resolvingLinks(written)
    if path.contains("://") {
      throw Diagnostic(
        .missingFile, "'\(path)' is an address, and no data are read over the network", at: range,
        remedy: "download the file into the project and name it here")
    }
    let isAllowed =
      project.contains(absolute) || allowedDirectories.contains { FilePath.isInside(absolute, $0) }
    guard isAllowed else {
      throw Diagnostic(
        .outsideProject, "'\(path)' lies outside the project folder", at: range,
        remedy: "move it into the project folder, or allow its folder with --allow")
    }
    guard FileSystem.exists(absolute) else {
      let remedy = NearbyFiles(project: project, directory: directory).remedy(for: path)
      throw Diagnostic(
        .missingFile, "no file '\(path)'", at: range,
        remedy: remedy ?? "paths are relative to the document's folder, \(project.display(directory))")
    }
    guard !FileSystem.isDirectory(absolute) else {
      throw Diagnostic(.unreadableFile, "'\(path)' is a folder", at: range, remedy: "name a CSV file in it")
    }
    var options = options
    options.decimalMark = options.decimalMark ?? decimalMark
    options.delimiter = options.delimiter ?? delimiter
    let source = CSVSource(
      file: absolute, displayPath: project.display(absolute), name: name, options: options)
    return readings?.sharing(source) ?? source
  }
}
