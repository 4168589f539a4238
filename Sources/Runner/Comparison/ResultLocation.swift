// Which document a results file belongs to, and the other way round.

/// A document with its results, by their paths from the top of the repository.
struct ResultLocation: Sendable, Hashable {
  /// `nil` when the results are there and their document is not.
  let document: String?
  let results: String
  let isInPlace: Bool

  static let fileName = "results.json"

  /// The places where the document of a file below `output/`, or of one beside an in-place document, may stand;
  /// the likeliest first.
  static func documents(ofOutput path: String) -> [(path: String, isInPlace: Bool)] {
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last else { return [] }
    var candidates: [(path: String, isInPlace: Bool)] = []
    let folder = parts.dropLast()
    if let index = folder.lastIndex(of: "output") {
      let prefix = Array(folder[..<index])
      var below = Array(folder[(index + 1)...])
      // `output/x.md` is the document's own; `output/x/…` its figures and results.
      if name.hasSuffix(".md") { below.append(FilePath.stem(name)) }
      guard let last = below.popLast() else { return [] }
      for base in [prefix + ["analyses"], prefix] {
        candidates.append((((base + below) + [last + ".md"]).joined(separator: "/"), false))
      }
    } else if name.hasSuffix(".md") {
      candidates.append((path, true))
    } else if !folder.isEmpty {
      candidates.append((folder.joined(separator: "/") + ".md", true))
    }
    return candidates
  }

  /// Where a document's results stand when it is run into `output/`, and when it is run in place.
  static func results(of document: String) -> (output: String, inPlace: String) {
    let parts = document.split(separator: "/").map(String.init)
    let stem = FilePath.stem(document)
    var folders = Array(parts.dropLast())
    let inPlace = (folders + [stem, fileName]).joined(separator: "/")
    if let index = folders.lastIndex(of: "analyses") {
      folders[index] = "output"
    } else {
      folders.insert("output", at: 0)
    }
    return ((folders + [stem, fileName]).joined(separator: "/"), inPlace)
  }

  /// Every document with results, or without them but in a folder `analyses`, of either tree; sorted.
  static func all(_ trees: [any SourceTree]) throws(GitFailure) -> [ResultLocation] {
    var locations: [String: ResultLocation] = [:]
    for tree in trees {
      for path in tree.paths where FilePath.name(path) == fileName && locations[path] == nil {
        let owner = documents(ofOutput: path).first { candidate in
          trees.contains { $0.contains(candidate.path) }
        }
        locations[path] = ResultLocation(
          document: owner?.path, results: path, isInPlace: owner?.isInPlace ?? false)
      }
    }
    let known = Set(locations.values.compactMap(\.document))
    for tree in trees {
      let analyses = tree.paths.filter { path in
        path.hasSuffix(".md") && !known.contains(path)
          && path.split(separator: "/").dropLast().contains { $0 == DocumentSearch.folder }
      }
      let texts = try tree.bytes(analyses).sorted { $0.key < $1.key }.map { (path: $0.key, bytes: $0.value) }
      let included = IncludedSources.of(texts)
      for (path, bytes) in texts where holdsDirectives(bytes) && !included.contains(path) {
        let results = results(of: path).output
        locations[results] = ResultLocation(document: path, results: results, isInPlace: false)
      }
    }
    return locations.values.sorted {
      ($0.document ?? $0.results, $0.results) < ($1.document ?? $1.results, $1.results)
    }
  }

  /// Whether a document is Meier's at all: a quick look, no parse.
  static func holdsDirectives(_ bytes: [UInt8]) -> Bool {
    let fence = Array("```{".utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: fence) }
  }

  /// Whether one of the paths the user gave names the document, its results, or a folder that holds either.
  func matches(_ paths: [String]) -> Bool {
    let own = [document, results].compactMap(\.self)
    return paths.contains { path in
      path == "." || own.contains { $0 == path || $0.hasPrefix(path + "/") || $0 == outputDocument(of: path) }
    }
  }

  /// `output/x/results.json` for `output/x.md`.
  private func outputDocument(of path: String) -> String? {
    path.hasSuffix(".md") ? String(path.dropLast(3)) + "/" + Self.fileName : nil
  }
}
