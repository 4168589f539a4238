// Why git could not answer.

import Diagnostics

/// What went wrong between Meier and git.
public enum GitFailure: Error, Sendable, Equatable {
  /// There is no program of the name `git`.
  case notInstalled
  /// The folder is in no working tree.
  case notARepository(String)
  /// No revision is called so; `near` is the branch or tag that may have been meant.
  case unknownRevision(String, near: String?)
  /// Git's own words.
  case failed(String)

  /// The failure as messages tell it, with its remedy.
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
