// Where this program is.

import Runner

enum ExecutablePath {
  /// How another program should call this one: by its bare name where the search path has it, else by its place.
  static func forOthers() -> String {
    let own = FileSystem.resolvingLinks(
      FileSystem.exists("/proc/self/exe") ? "/proc/self/exe" : CommandLine.arguments.first ?? "meier")
    for folder in searchPath() {
      let candidate = FilePath.join(folder, "meier")
      if FileSystem.exists(candidate), FileSystem.resolvingLinks(candidate) == own { return "meier" }
    }
    return own
  }

  private static func searchPath() -> [String] {
    (Environment.value("PATH") ?? "").split(separator: ":").map(String.init)
  }
}
