// Why git could not answer.

import Diagnostics

/// What went wrong between Meier and git.
public enum GitFailure: Error, Sendable, Equatable {
  case notInstalled
  case notARepository(String)
  case unknownRevision(String, near: String?)
  /// Git's own words.
  case failed(String)

  public var diagnostic: Diagnostic {
    switch self {
    case .notInstalled:
      Diagnostic(
        .gitFailed, "the program 'git' cannot be started",
        remedy: "install git, or see that it is on the search path")
    case .notARepository(let folder):
      Diagnostic(
        .notARepository, "'\(folder)' is not in the working tree of a git repository",
        remedy: "change to the project's folder, or begin a repository with 'git init'")
    case .unknownRevision(let name, let near):
      Diagnostic(
        .unknownRevision, "no revision '\(name)'",
        remedy: near.map { "did you mean '\($0)'?" }
          ?? (name == "HEAD"
            ? "the repository has no commit yet"
            : "a revision is a branch, a tag or a commit; files are named after '--'"))
    case .failed(let words):
      Diagnostic(.gitFailed, "git: \(words)")
    }
  }
}
