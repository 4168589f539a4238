// The pages that somebody reads first: from a file to a table, and what an outcome is.

extension ManualTopic {
  static let firstSteps = [firstTable, outcomes]

  static let firstTable = ManualTopic(
    "first-table", "From a CSV file of your own to a table and a curve.",
    """
    **1. The file.** One row per patient, one header line, one cell per value: `data/trial.csv` with columns such as `id`, \
    `arm`, `age`, `sex`, `months` and `died`. Excel saves it as "CSV UTF-8". Put it beside your document or in a folder below.

    **2. Look at it.** `meier describe data/trial.csv` prints each column with its type, missing values and range, and a \
    `{data}` block ready to paste. Put its labels, units and the order of levels right: the first level is the reference.

    **3. A document**, `analyses/trial.md`, holds your text and that block. Below the columns it names the outcome (`meier \
    explain outcomes`):

        ```{data #trial}
        source: ../data/trial.csv
        dictionary:
          age: {label: Age, unit: years}
          arm: {label: Treatment, levels: [standard, new]}
        outcomes:
          os: Surv(months, died == 1)
        ```

    **4. Ask for results.** Each directive has a name and an id; `meier explain` lists them all:

        ```{summary #baseline}
        data: trial
        by: arm
        variables: [age, sex]
        ```

        ```{kaplan-meier #survival}
        data: trial
        formula: os ~ arm
        times: [12, 24]
        ```

        Median survival was `{= survival["new"].median | ci}` months (@tbl-survival, @fig-survival).

    **5. Run it.** `meier run analyses/trial.md` writes `output/trial.md` with the tables, and the figures beside it. What is \
    wrong is said with its line and what to write instead. When the data change, `meier check` says which results are stale, \
    and `meier run` renews them.

    `meier new NAME` writes a whole example with simulated data to begin from.
    """)

  static let outcomes = ManualTopic(
    "outcomes", "Times and events: what stands on the left of a formula.",
    """
    `Surv(time, event)` is the outcome of a survival analysis. It is named once, under `outcomes:` of a `{data}` block, and \
    formulas use the name (`os ~ arm`); it may also stand in a formula itself.

    | outcome | written |
    |:--|:--|
    | follow-up and event | `Surv(months, died == 1)` |
    | an event in words | `Surv(months, status == "dead")` |
    | several codes count | `Surv(months, status in [1, 2])` |
    | a column that holds only 0 and 1, or true and false | `Surv(months, died)` |
    | competing events | `Surv(months, cause)`, the cause to be named by the directive that asks |
    | delayed entry, or one row per interval | `Surv(start, stop, died == 1)` |
    | from dates | `Surv(days_between(diagnosis, last_seen), died == 1)` |

    The event is a comparison, so that nobody has to guess a coding: the other values are listed as censored under the table. \
    Codes 1 and 2 alone are refused; write `status == 2`. Times are not negative, and an interval ends after it starts; a row \
    that breaks this is an error that names it. Rows without a time or an event are left out and counted.

    Binary outcomes of `{logistic}` are comparisons as well: `died == 1 ~ age`. Counts of `{poisson}` and measurements of \
    `{linear}` are columns: `relapses ~ age`, `pressure ~ age`.
    """)
}
