// Small documents for the tests of commands.

import TestSupport

/// A project with documents that end in each of the ways a document can.
enum CommandProject {
  static let data = "months,died,grp\n5,1,a\n6,0,a\n7.5,1,b\n2,0,b\n9,1,a\n3,1,b\n4,1,a\n8,1,b\n"

  static let head = """
    ```{data #d}
    source: data.csv
    outcomes:
      os: Surv(months, died == 1)
    ```

    """

  static let good = head + "\n`{= d.n}` patients.\n\n```{kaplan-meier #km}\ndata: d\nformula: os ~ grp\n```\n"
  static let failingClaim = head + "\n```{claims}\n- d.n == 9\n```\n"
  static let broken = head + "\n```{kaplan-meier #km}\ndata: e\nformula: os ~ grp\n```\n"

  static func make(_ documents: [String: String] = [:]) throws -> TemporaryProject {
    let project = try TemporaryProject()
    let standard = ["good.md": good, "claim.md": failingClaim, "broken.md": broken, "data.csv": data]
    for (file, text) in standard.merging(documents, uniquingKeysWith: { _, new in new }) {
      try project.write(file, text: text)
    }
    return project
  }
}
