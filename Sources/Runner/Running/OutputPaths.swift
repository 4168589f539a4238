// Where the results of a document are written.

/// The files of one document's results, absolute.
struct OutputPaths: Sendable {
  let markdown: String
  let results: String
  /// The folder of the figures.
  let figures: String
  /// That folder as the Markdown links to it.
  let figureLink: String

  /// - Parameter folder: the project's own folder for outputs, if it is not `output`.
  init(project: Project, document: String, mode: RunOptions.Mode, folder: String? = nil) {
    switch mode {
    case .output(let directory):
      markdown = project.outputPath(document: document, directory: directory, folder: folder)
    case .inPlace: markdown = document
    }
    let stem = FilePath.stem(markdown)
    figures = FilePath.join(FilePath.directory(markdown), stem)
    results = FilePath.join(figures, "results.json")
    figureLink = stem
  }
}
