// The project's defaults: `meier.yml` at its root.

import AnalysisDocument
import Diagnostics

/// What `meier.yml` says. Its keys are those of front matter, which wins, and `output`.
struct ProjectSettings: Sendable {
  static let keys = DocumentSettings.keys + ["output"]

  let options: OptionMapping?
  /// The folder of the outputs, relative to the root, instead of `output`.
  let outputFolder: String?
  /// Code languages of other tools.
  let foreignLanguages: Set<String>
  let diagnostics: [Diagnostic]
  /// Absolute path of the file, if there is one.
  let path: String?

  static let none = ProjectSettings(
    options: nil, outputFolder: nil, foreignLanguages: [], diagnostics: [], path: nil)

  static func read(_ project: Project) -> ProjectSettings {
    let path = FilePath.join(project.root, Project.configurationName)
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path)
    } catch {
      if error.isMissing { return .none }
      let problem = Diagnostic(.unreadableFile, "cannot read '\(project.display(path))': \(error.reason)")
      return ProjectSettings(
        options: nil, outputFolder: nil, foreignLanguages: [], diagnostics: [problem], path: path)
    }
    return parse(SourceFile(path: project.display(path), bytes: bytes), path: path)
  }

  static func parse(_ file: SourceFile, path: String) -> ProjectSettings {
    let (tree, faults) = OptionTree.parse(SourceText(file: file, range: 0..<file.bytes.count))
    var diagnostics = faults
    if let tree, tree.mapping == nil, !tree.isNull {
      diagnostics.append(
        Diagnostic(
          .yaml, "expected settings, found \(tree.kindInWords)", at: tree.range,
          remedy: "write one 'setting: value' per line, for example 'style: lancet'"))
    }
    let options = tree?.mapping
    for entry in options?.entries ?? [] where !keys.contains(entry.key.string) {
      diagnostics.append(
        Diagnostic(
          .unknownSetting, "there is no setting '\(entry.key.string)'", at: entry.key.range(),
          remedy: NearMiss.remedy(for: entry.key.string, among: keys)
            ?? "settings: \(keys.sorted().joined(separator: ", "))"))
    }
    var folder: String?
    if let value = options?["output"] {
      folder = value.scalar.map { FilePath.normalized($0.string) }
      let isInside = folder.map { !$0.hasPrefix("..") && !FilePath.isAbsolute($0) && $0 != "." } ?? false
      if !isInside {
        diagnostics.append(
          Diagnostic(
            .invalidOption, "expected the name of a folder of the project", at: value.range,
            remedy: "write for example 'output: results'; a run takes another with --output"))
        folder = nil
      }
    }
    var languages: Set<String> = []
    switch options?["foreign"] {
    case .scalar(let one)?: languages = [one.string.lowercased()]
    case .sequence(let several)?:
      languages = Set(several.elements.compactMap { $0.scalar?.string.lowercased() })
    default: break
    }
    return ProjectSettings(
      options: options, outputFolder: folder, foreignLanguages: languages, diagnostics: diagnostics,
      path: path)
  }
}
