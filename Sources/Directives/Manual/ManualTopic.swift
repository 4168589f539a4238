// Pages of the manual that belong to no single directive.

/// A page about something that concerns whole documents.
struct ManualTopic: Sendable {
  let name: String
  /// One line, as a table of contents shows it.
  let summary: String
  /// The page in Markdown, without its heading.
  let text: String

  init(_ name: String, _ summary: String, _ body: String) {
    self.name = name
    self.summary = summary
    text = summary + "\n\n" + body
  }

  /// In the order of a table of contents.
  static let all =
    firstSteps + [parameters, settings, include, references, typedNumbers, timeVaryingEffects] + styles

  static let parameters = ManualTopic(
    "parameters", "Values that a run may change without an edit of the document.",
    """
    Front matter (or `meier.yml`) declares each parameter with its usual value: a number, a text, `true` or `false`, or a \
    list of one kind.

        ---
        params: {tau: 60, cohort: "yes", horizons: [12, 24]}
        ---

    `params.tau` then stands for the value wherever Meier reads an expression or a formula (`where`, `derive`, outcomes, \
    claims, inline values), and as the whole value of any option: `tau: params.tau`, `source: params.file`, \
    `times: params.horizons`, `times: [params.tau, 120]`. In a formula it is the value (`I(age > params.cut)`); a \
    parameter that is the whole option holds the formula itself. Texts such as captions take it as an inline value, \
    `` `{= params.tau}` ``. A word in quotation marks is never a parameter.

    `meier run -P tau=120 -P horizons=12,60` runs with other values. They must be of the declared kind, and the name must \
    be declared. The value is part of what a result rests on: `meier check` without the same `-P` finds the results stale. \
    Write variants to a folder of their own with `--output`.
    """)

  static let settings = ManualTopic(
    "settings", "Front matter of a document, and the project's defaults in `meier.yml`.",
    """
    `meier.yml` marks the root of the project and holds defaults for all its documents. A document's front matter wins.

    | key | value |
    |:--|:--|
    | `style` | `plain`, `jama`, `nejm`, `lancet` or `annals` |
    | `compat` | `meier`, `r`, `sas` or `stata`: whose statistical defaults are followed |
    | `echo` | `true` shows the directives in `output/` |
    | `foreign` | code languages of other tools, whose blocks are left alone |
    | `params` | parameters with their usual values; see `meier explain parameters` |
    | `claims` | `show` prints in `output/` which claims hold |
    | `decimal-mark` | `point` or `comma`: of data files that do not say it in their directive |
    | `delimiter` | `comma`, `semicolon`, `tab` or `pipe`, likewise |
    | `output` | in `meier.yml` alone: the folder of the outputs, `output` by default |

    A key that is none of these is an error in `meier.yml`, and the author's own in front matter.
    """)

  static let include = ManualTopic(
    "include", "Puts the text of another Markdown file in the place of the block.",
    """
        ```{include}
        source: shared/methods.md
        ```

    The path is relative to the file that includes, and must stay inside the project. The text stands in `output/` as if it \
    had been written there: its inline values are printed, its directives run, its headings, tables and figures are \
    numbered with the rest. Its own front matter is left out. Paths in its `{data}` blocks are relative to the included \
    file, so that several documents can share one declaration of the data. An included file may include others.

    An in-place run does not copy the text: the results of the file's directives can be used in sentences and by other \
    directives, and are written nowhere. An include stands at the left margin, not in a list or a quote.
    """)
}
