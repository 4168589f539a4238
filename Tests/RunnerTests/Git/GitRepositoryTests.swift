// What Meier reads from git.

import TestSupport
import Testing

@testable import Runner

@Suite struct GitRepositoryTests {
  @Test func filesOfARevisionComeBackByteForByte() throws {
    let project = try TemporaryProject()
    try project.beginRepository()
    let names = ["a.txt", "with blank/ü \"q\".csv", "empty", "binary"]
    let contents: [[UInt8]] = [Array("one\ntwo".utf8), [], [0, 10, 255, 0], Array("x\r\n".utf8)]
    for (name, bytes) in zip(names, contents) { try project.write(name, bytes) }
    try project.commit("first")
    try project.write("a.txt", text: "changed")
    let repository = try GitRepository.containing(project.path)
    #expect(repository.root == FileSystem.resolvingLinks(project.path))
    let tree = try RevisionTree(repository, tree: try repository.commit("HEAD"), name: "HEAD")
    #expect(Set(tree.paths) == Set(names + ["meier.yml"]))
    let read = try tree.bytes(names + ["not there"])
    for (name, bytes) in zip(names, contents) { #expect(read[name] == bytes, "\(name)") }
    #expect(read["not there"] == nil)
  }

  @Test func faultsAreNamed() throws {
    let folder = try TemporaryFolder()
    #expect(throws: GitFailure.notARepository(folder.path)) { try GitRepository.containing(folder.path) }
    let project = try TemporaryProject()
    try project.beginRepository()
    let repository = try GitRepository.containing(project.path)
    #expect(throws: GitFailure.unknownRevision("HEAD", near: nil)) { try repository.commit("HEAD") }
    try project.commit("first")
    #expect(throws: GitFailure.unknownRevision("mian", near: "main")) { try repository.commit("mian") }
    // What looks like an option never reaches git as one.
    for name in ["--all", "-n1", "", "--output=x"] {
      #expect(throws: GitFailure.self) { try repository.commit(name) }
    }
    #expect(try repository.commit("main") == repository.commit("HEAD"))
  }

  @Test func aProgramThatIsNotThereIsAFailure() {
    #expect(throws: FileFailure(path: "meier-no-such-program", code: 2)) {
      try ChildProcess.run("meier-no-such-program", [], environment: [:])
    }
  }

  @Test func outputInputAndErrorsAreWhole() throws {
    let long = [UInt8](repeating: 7, count: 1 << 20)
    let path = ["PATH": "/usr/bin:/bin"]
    let echo = try ChildProcess.run("cat", [], input: long, environment: path)
    #expect(echo.status == 0 && echo.output == long && echo.errors.isEmpty)
    let failing = try ChildProcess.run("sh", ["-c", "echo no >&2; exit 3"], environment: path)
    #expect(failing.status == 3 && failing.errors == "no\n")
  }

  @Test func aTemporaryFolderGoesWithAllThatIsInIt() throws {
    var folder: TemporaryFolder? = try TemporaryFolder()
    let path = try #require(folder?.path)
    try folder?.write("a/b/c.txt", [1])
    #expect(throws: FileFailure.self) { try folder?.write("../out", [1]) }
    #expect(try FileSystem.read(path + "/a/b/c.txt") == [1])
    folder = nil
    #expect(!FileSystem.exists(path))
  }
}
