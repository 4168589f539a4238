// Links, and the folders behind them.

import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct FileSystemTests {
  @Test func linksOfManyFilesAreThoseOfEach() throws {
    let project = try TemporaryProject(["real/a.md": [], "real/b.md": [], "c.md": []])
    for (link, target) in [("folder", "real"), ("real/link.md", "../c.md"), ("dangling", "nowhere/x")] {
      try FileManager.default.createSymbolicLink(
        atPath: project.absolute(link), withDestinationPath: target)
    }
    let paths = [
      "folder/a.md", "folder/b.md", "folder/link.md", "real/a.md", "c.md", "new/file.md", "folder/new.md",
      "dangling",
    ].map(project.absolute)
    #expect(FileSystem.resolvingLinks(paths) == paths.map { FileSystem.resolvingLinks($0) })
    #expect(FileSystem.resolvingLinks(paths)[2] == FileSystem.resolvingLinks(project.absolute("c.md")))
  }
}
