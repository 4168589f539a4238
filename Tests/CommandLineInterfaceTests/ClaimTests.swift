// Claims through the executable: what a failing one says, and what shows of them.

import TestSupport
import Testing

@Suite struct ClaimTests {
  private static let curves = "```{kaplan-meier #km}\ndata: d\nformula: os ~ grp\n```\n"

  private static func document(_ claims: String, frontMatter: String = "", prose: String = "") -> String {
    (frontMatter.isEmpty ? "" : "---\n\(frontMatter)\n---\n\n") + CommandProject.head + "\n" + curves + "\n"
      + prose + "\n\n```{claims}\n" + claims + "\n```\n\nThe end.\n"
  }

  @Test func aFailingClaimShowsItsValuesNowAndThen() throws {
    let project = try CommandProject.make(["c.md": Self.document("- d.n <= 8 and km.events >= 1")])
    #expect(try Executable.run(["run", "c.md"], in: project.path).status == 0)
    try project.write("data.csv", text: CommandProject.data + "1,1,a\n")
    let result = try Executable.run(["run", "c.md"], in: project.path)
    #expect(result.status == 3)
    #expect(
      result.errors == """
        c.md:15:3: error: the claim does not hold [claim-failed]
          15 | - d.n <= 8 and km.events >= 1
             |   ^~~~~~~~~~~~~~~~~~~~~~~~~~~
             = correct the sentence, or the claim if it says too much
             note: d.n is 9 (last run: 8)
             note: km.events is 7 (last run: 6)

        """, "\(result.errors)")
    // The output is written all the same, and a draft may leave claims open.
    #expect(project.exists("output/c.md"))
    #expect(try Executable.run(["run", "--allow-failed-claims", "c.md"], in: project.path).status == 0)
    #expect(try Executable.run(["check", "c.md"], in: project.path).status == 3)
  }

  @Test func aClaimOnWhatIsNotReachedFailsAndSaysSo() throws {
    let project = try CommandProject.make([
      "data.csv": "months,died,grp\n5,1,a\n6,0,a\n7,0,b\n8,0,b\n", "c.md": Self.document("- km.median < 100"),
    ])
    let result = try Executable.run(["run", "c.md"], in: project.path)
    #expect(result.status == 3)
    #expect(
      result.errors.contains("the claim cannot be decided: km.median was not reached"), "\(result.errors)")
  }

  @Test func claimsLeaveNoTraceUnlessAsked() throws {
    let prose = "It was so `{claim d.n == 8}`, and not otherwise `{claim d.n == 9}`.\n\n`{claim km.n == 8}`"
    let claims = "- d.n == 8\n- \"d.count(grp == \\\"a\\\") == 4\"\n- d.n > 8"
    let project = try CommandProject.make([
      "c.md": Self.document(claims, prose: prose),
      "shown.md": Self.document(claims, frontMatter: "claims: show", prose: prose),
      "echo.md": Self.document(claims, frontMatter: "claims: show\necho: true", prose: prose),
      "wrong.md": Self.document(claims, frontMatter: "claims: maybe"),
    ])
    for document in ["c.md", "shown.md", "echo.md"] {
      #expect(try Executable.run(["run", document], in: project.path).status == 3, "\(document)")
    }
    let plain = try project.text("output/c.md")
    #expect(!plain.contains("claim") && !plain.contains("✓"))
    #expect(plain.contains("It was so, and not otherwise."))
    let shown = try project.text("output/shown.md")
    #expect(shown.contains("It was so ✓, and not otherwise ✗.\n\n✓\n"), "\(shown)")
    #expect(
      shown.contains(
        """
        <!-- meier:begin claims -->

        - ✓ `d.n == 8`
        - ✓ `d.count(grp == "a") == 4`
        - ✗ `d.n > 8`

        <!-- meier:end claims -->

        The end.
        """), "\(shown)")
    #expect(!shown.contains("claims: show"))
    let echo = try project.text("output/echo.md")
    #expect(echo.contains("```{claims}") && echo.contains("- ✗ `d.n > 8`"))
    let before = try project.modificationTimes()
    #expect(try Executable.run(["run", "shown.md", "echo.md"], in: project.path).status == 3)
    #expect(try project.modificationTimes() == before)
    try project.write("meier.yml", text: "claims: show\n")
    #expect(try Executable.run(["run", "c.md"], in: project.path).status == 3)
    #expect(try project.text("output/c.md").contains("It was so ✓, and not otherwise ✗."))
    let wrong = try Executable.run(["run", "wrong.md"], in: project.path)
    #expect(
      wrong.status == 1
        && wrong.errors.hasPrefix("wrong.md:2:9: error: expected show or hide [invalid-option]"))
  }
}
