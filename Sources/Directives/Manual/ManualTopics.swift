// Pages about what is not a directive, an option, a function or a code.

/// The topics of the manual.
enum ManualTopics {
  struct Topic {
    let name: String
    let summary: String
    let text: String
  }

  static let all: [Topic] =
    own + ManualTopic.all.map { Topic(name: $0.name, summary: $0.summary, text: $0.text) }

  private static let own: [Topic] = [
    Topic(
      name: "inline-values", summary: "Results in sentences, and how they are printed.",
      text: """
        An inline value is a code span `\\{= expression}`, in paragraphs, headings, lists, table cells, captions and the
        abstract of the front matter. Its expression names results: `\\{= os.median}`, `\\{= 100 - nelm.percent(died == 1)}`.
        Formats follow a bar, and can be chained; the style chooses when there is none.

        | format | prints |
        |:--|:--|
        | `digits 1` | so many places after the decimal mark |
        | `percent`, `percent 0` | a proportion as percent, with its sign |
        | `p` | a P value with letter and relation: `P = 0.040`, `P < 0.001` |
        | `ci` | the estimate with its confidence interval: `0.62 (95% CI 0.45–0.85)` |
        | `nested` | the same without parentheses, to stand within some: `0.62, 95% CI 0.45–0.85`, in JAMA `0.62; 95% CI, 0.45-0.85` |
        | `interval` | the interval alone: `95% CI 0.45–0.85` |

        A coefficient is of one unit of its variable: `\\{= m["age"].hr}` is per year. Where the dictionary says `per: 10`, tables
        and figures print it for 10 years, and a sentence that should agree with them writes `\\{= m["age"].per(10).hr}`;
        one that means a single year writes `.per(1)`, and any other is warned of (`unit-of-change`).

        A value that was not reached, is not estimable or is withheld prints as these words. In `output/` the value stands
        alone; a document that is run in place keeps the expression in a comment behind it. A backslash before the `=` sign's
        brace keeps a span as the author wrote it.
        """),
    Topic(
      name: "claims", summary: "Sentences that must follow from the results.",
      text: """
        A `{claims}` block lists expressions over results, one per item; each must be true. Inside a sentence a claim is
        a code span `{claim` followed by an expression and `}`, and prints nothing.

        ````text
        ```{claims}
        - prognosis["treatment", "resection"].hr < 1
        - os["resection"].median > os["observation"].median
        ```
        ````

        A claim that does not hold is an error (`claim-failed`) at its place, with the values it met now and in the last run.
        One that rests on a value that is not reached, not estimable, withheld or missing cannot be decided and fails as well;
        a median that was not reached by the last follow-up is known to lie above it. The output is written all the same, and
        the exit status is 3; `--allow-failed-claims` makes it 0 for drafts.

        Claims leave no trace in `output/`. With `claims: show` in the front matter each block becomes a list of its claims,
        marked ✓ or ✗, and each claim in a sentence becomes such a mark.
        """),
    Topic(
      name: "expressions",
      summary: "The one language of conditions, derived columns, claims and inline values.",
      text: """
        Numbers, `"text"`, `true`, `false`, `missing`, dates as text; `and`, `or`, `not`; `==`, `!=`, `<`, `<=`, `>`, `>=`, `in [a, b]`,
        `not in`; `+`, `-`, `*`, `/`, `%`, `^`; functions (`meier explain log`). `where` and `derive` see the columns of their
        data set; a name that is no plain word is written `col("name")`. Claims and inline values see results by the ids of
        their directives: `os["resection"].at(60).survival.upper`. The arguments of `nelm.count(…)` see the columns of `nelm`.

        A missing value makes a comparison missing, `false and missing` is false, `true or missing` is true; rows for which a
        condition is missing are left out and counted.
        """),
    Topic(
      name: "front-matter", summary: "The keys at the top of a document that are Meier's.",
      text: """
        Between two lines of `---` at the very start of a document. Every other key is the author's and is kept.

        | key | value | default | |
        |:--|:--|:--|:--|
        | `style` | plain, jama, nejm, lancet, annals | plain | how numbers, P values, tables and figures look |
        | `compat` | meier, r, sas, stata | meier | whose statistical defaults are followed |
        | `echo` | true or false | false | whether `output/` shows the directives |
        | `claims` | show or hide | hide | whether `output/` shows which claims hold |
        | `foreign` | a list of languages | none | blocks `{name}` that belong to other tools |
        | `abstract` | text | none | may hold inline values |
        """),
  ]

  static func text(_ topic: Topic) -> String { "# \(topic.name)\n\n\(topic.text)\n" }

  static func page(_ name: String) -> String? { all.first { $0.name == name }.map(text) }
}
