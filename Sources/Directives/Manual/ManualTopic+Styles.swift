// The journal styles, each with the source of its rules and what was confirmed of them.

extension ManualTopic {
  static let styles = [
    ManualTopic(
      "plain", "Meier's own style: exact, and the same everywhere.",
      """
      Decimal point; P values to three decimals (`P = 0.040`, `P < 0.001`, `P > 0.999`); `1.23 (95% CI 1.01–1.50)`, with \
      "to" where a dash could be taken for a minus; survival and incidence in whole per cent, with one decimal in a column \
      where 0 or 100 would stand for something else; percentages of counts with one decimal, whole where the smallest \
      denominator of the table is below 100. Rounding is half away from zero on the exact decimal expansion of the number, in every style.
      """),
    ManualTopic(
      "jama", "JAMA and the AMA Manual of Style.",
      """
      No zero before the point of a P value; two decimals, three below .01 and where two would hide that P is below .05 \
      (`P = .049`); `P < .001`, `P > .99`; `1.23 (95% CI, 1.01-1.50)`; thousands set off by a thin space; no decimals in \
      percentages of counts where the smallest denominator of the table is below 100. Survival and incidence have one decimal, \
      whatever the number of patients: they are no shares of a count.

      Source: AMA Manual of Style, 11th edition (2020), sections 18.7.1, 19.4 and 19.5; JAMA, Instructions for Authors, \
      as of 2024. Confirmed in November 2026 against a publisher that follows the same sections (JMIR, Guidelines for \
      Reporting Statistics): the missing zero, the digits of P, and percentages of fewer than 100. Not confirmed: the \
      repeated percent sign in ranges.
      """),
    ManualTopic(
      "nejm", "The New England Journal of Medicine.",
      """
      P values above 0.01 to two decimals, between 0.01 and 0.001 to three, `P<0.001` below; `1.23 (95% CI, 1.01 to 1.50)`; \
      abbreviations in a sentence ("CI denotes confidence interval"); percentages of counts whole where the smallest \
      denominator of the table is below 100, survival and incidence with one decimal.

      Source: NEJM, Statistical Reporting Guidelines (2019), as of 2024. The rule for P values was confirmed in November \
      2026 by its quotation in Aguinis, Vassar, Wayant, BMJ Evidence-Based Medicine (doi:10.1136/bmjebm-2019-111264). Not confirmed: captions \
      and abbreviations, which follow printed articles.
      """),
    ManualTopic(
      "lancet", "The Lancet and its family.",
      """
      Raised decimal point (`0·62`) in text, tables and figures; P values to two significant figures and at most four \
      decimals, `p<0·0001`, with a small p; `1·23 (95% CI 1·01–1·50)`; percentages of counts whole where the smallest denominator of the table is \
      below 100, survival and incidence with one decimal; figures in Times.

      Source: The Lancet, formatting guidelines for authors (randomised trials, observational studies), as of 2024. In \
      November 2026 the guidelines themselves could not be read again; the raised point and the small p agree with \
      printed articles.
      """),
    ManualTopic(
      "annals", "Annals of Internal Medicine.",
      """
      P values from 0.001 to 0.20 to three decimals, above to two, `P < 0.001` below; percentages of counts with \
      one decimal where the smallest denominator of the table is 200 or more, and none below; survival and incidence with one \
      decimal; `1.23 (95% CI, 1.01 to 1.50)`.

      Source: Annals of Internal Medicine, Information for Authors, "General Statistical Guidance", as of 2024; the rules \
      for percentages and P values were confirmed there in November 2026.
      """),
  ]

  static let references = ManualTopic(
    "references", "Numbered tables, figures and sections, and how to refer to them.",
    """
    `@tbl-os` and `@fig-os` print the number of the table and the figure of the directive `os` as a link; a directive's \
    further ones are `@tbl-os-name`. `@sec-methods` links to the heading that ends in `{#sec-methods}`, or whose anchor on \
    GitHub is `methods`; it prints the heading's words. Numbers follow the position of the directives in the text. What \
    is not there is an error. References work in paragraphs, lists, headings, table cells, captions and the abstract; in \
    code, links and addresses `@` is left alone, and `\\@tbl-os` prints itself.

    `supplementary: true` in a directive numbers its tables and figures S1, S2, … apart from the others.

    An in-place run leaves references in the text as they are, so that they can be read again.
    """)

  static let typedNumbers = ManualTopic(
    "typed-numbers", "Numbers typed by hand where a result could stand.",
    """
    `meier run` and `meier check` warn (`hand-typed-number`) when a number in a sentence equals a result, or the result's \
    value of the last run, to the digits typed, and the words around it say that it is one: `P =`, a hazard or odds ratio, \
    `95% CI`, per cent, patients, events, `n =`, months beside a median. The message holds the inline value to write.

    `meier run --fix` writes it, where there is one result that the sentence can mean, and changes no other byte.

    Years, confidence levels, citations, code, links, addresses, tables typed by their author, and times such as \
    "5-year" are left alone; a number of few digits counts only when the words of the sentence name the result's group, \
    term or time. To keep a number that only happens to agree, write it in words or in code.
    """)
}
