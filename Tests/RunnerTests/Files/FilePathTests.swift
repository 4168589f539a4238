// Paths as text.

import Runner
import Testing

@Suite struct FilePathTests {
  @Test(arguments: [
    ("a/b/../c", "a/c"), ("./a//b/", "a/b"), ("../a", "../a"), ("../../a/..", "../.."), ("/../a", "/a"),
    ("a/..", "."), ("", "."), ("/", "/"), (".", "."), ("a/./b", "a/b"), ("größe/..", "."),
    ("/a/.b/..c/...", "/a/.b/..c/..."), ("/a/.", "/a"), ("a/", "a"), ("//a", "/a"), ("/a/b.c", "/a/b.c"),
  ]) func normalized(_ path: String, _ expected: String) { #expect(FilePath.normalized(path) == expected) }

  @Test(arguments: [
    ("/p", "a.csv", "/p/a.csv"), ("/p/q", "../a.csv", "/p/a.csv"), ("/p", "/x", "/x"), ("", "a", "a"),
    ("/p", ".", "/p"),
  ]) func joined(_ base: String, _ path: String, _ expected: String) {
    #expect(FilePath.join(base, path) == expected)
  }

  @Test(arguments: [("a.md", "."), ("/a.md", "/"), ("x/a.md", "x"), ("/x/y/", "/x"), ("/", "/")])
  func directory(_ path: String, _ expected: String) { #expect(FilePath.directory(path) == expected) }

  @Test(arguments: [
    ("x/a.md", "a.md", "a"), ("a", "a", "a"), (".hidden", ".hidden", ".hidden"), ("x.y.md", "x.y.md", "x.y"),
  ]) func names(_ path: String, _ name: String, _ stem: String) {
    #expect(FilePath.name(path) == name)
    #expect(FilePath.stem(path) == stem)
  }

  @Test func insideIsByComponent() {
    #expect(FilePath.isInside("/p/q/r", "/p/q"))
    #expect(FilePath.isInside("/p/q", "/p/q"))
    #expect(FilePath.isInside("/p", "/"))
    #expect(!FilePath.isInside("/p/qr", "/p/q"))
    #expect(!FilePath.isInside("/p/q/../../x", "/p/q"))
  }

  @Test(arguments: [
    ("/p/q/r", "/p", "q/r"), ("/p", "/p/q", ".."), ("/x/y", "/p/q", "../../x/y"), ("/p", "/p", "."),
  ]) func relative(_ path: String, _ base: String, _ expected: String) {
    #expect(FilePath.relative(path, to: base) == expected)
    #expect(FilePath.join(base, expected) == path)
  }
}
