// What every diagnostic code means and what to do about it.

extension DiagnosticCode {
  /// What the code means and what to do; the switch makes sure that none is left out.
  public var page: DiagnosticPage {
    switch self {
    case .missingFile:
      DiagnosticPage(
        "A file that the document or the command line names does not exist.",
        "Check the spelling; `source` is relative to the document's folder.")
    case .unreadableFile:
      DiagnosticPage(
        "A file exists but cannot be read or written: permissions, a folder in its place, a full "
          + "disk.",
        "Look at the reason in the message.")
    case .outsideProject:
      DiagnosticPage(
        "The document names data outside the project folder. A stranger's document must not read "
          + "your files.",
        "Move the file into the project, or allow its folder with `--allow`.")
    case .invalidUTF8:
      DiagnosticPage(
        "The file is not UTF-8 text at this place; often it was saved as Latin-1 (Windows-1252).",
        "Save it again as UTF-8.")
    case .nulByte:
      DiagnosticPage(
        "The file holds a NUL byte, which no text has.",
        "Check that the file is text; save it again.")
    case .notEnoughMemory:
      DiagnosticPage(
        "The data would take more memory than there is. The number is estimated from the beginning of the file: the "
          + "columns that the document uses, and what an analysis needs for each row.",
        "Use fewer columns or rows, close other programs, or say with `--memory` how much may be used.")
    case .unknownDirective:
      DiagnosticPage(
        "The name between the braces is no directive of Meier's.",
        "Correct the name. A code block of another tool is left alone when its language is listed "
          + "under `foreign:` in the front matter.")
    case .missingID:
      DiagnosticPage(
        "A directive that writes a result has no id.",
        "Write `{name #id}`: lower-case letters, digits and `_`, beginning with a letter.")
    case .invalidID:
      DiagnosticPage(
        "An id, or the name of a parameter or a derived column, has characters that such names cannot hold.",
        "Use lower-case letters, digits and `_`, beginning with a letter.")
    case .duplicateID:
      DiagnosticPage(
        "Two directives have the same id, so that a result name would mean two things.",
        "Rename one of them.")
    case .unclosedDirective:
      DiagnosticPage(
        "A directive's fence is never closed: everything after it would be its options.",
        "Close it with a line of as many backticks as opened it.")
    case .invalidHeader:
      DiagnosticPage(
        "The braces after the fence do not read `{name}` or `{name #id}`.",
        "Write the options into the body, one per line.")
    case .yaml:
      DiagnosticPage(
        "The options of a directive or the front matter are no valid YAML here.",
        "Indent with blanks, put text that holds `: ` or `#` in quotation marks, close brackets "
          + "and quotes.")
    case .unplaceableSpan:
      DiagnosticPage(
        "An inline value stands where its bytes cannot be told for certain, or where its result "
          + "would change the meaning of the text around it.",
        "Put the sentence into a paragraph of its own, and pair backticks.")
    case .editedResult:
      DiagnosticPage(
        "Somebody changed a result by hand since the last run.",
        "Take the change back, or replace it with `--force`.")
    case .orphanedResult:
      DiagnosticPage(
        "A result stands in the document whose directive is gone.",
        "Remove the result with its markers.")
    case .unclosedRegion:
      DiagnosticPage(
        "A result's begin marker has no end marker, or the other way round.",
        "Restore the marker, or remove both.")
    case .duplicateRegion:
      DiagnosticPage(
        "Two results have the same id.",
        "Remove one of them with its markers.")
    case .invalidMarker:
      DiagnosticPage(
        "A result marker cannot be read.",
        "Markers read `<!-- meier:begin id -->` and `<!-- meier:end id -->`.")
    case .unknownReference:
      DiagnosticPage(
        "`@tbl-…`, `@fig-…` or `@sec-…` names nothing in the document.",
        "Use the id of a directive that makes such a table or figure; further ones are "
          + "`@tbl-id-name`.")
    case .cyclicReference:
      DiagnosticPage(
        "Directives need one another's results in a circle, so that none can run first.",
        "Break the circle that the message names.")
    case .unknownOption:
      DiagnosticPage(
        "The directive has no such option.",
        "See its manual page: `meier explain DIRECTIVE`.")
    case .missingOption:
      DiagnosticPage(
        "An option that the directive cannot do without is missing.",
        "Add it.")
    case .invalidOption:
      DiagnosticPage(
        "The value does not suit the option.",
        "The message says what may stand there.")
    case .unknownStyle:
      DiagnosticPage(
        "There is no style of this name.",
        "Styles: plain, jama, nejm, lancet, annals.")
    case .fileInTheWay:
      DiagnosticPage(
        "A table or a figure would be written over a file that is somebody else's.",
        "Give the directive another id, or move the file: the table of `os` is `os.csv` in the folder of the document's "
          + "results. In place, `--force` replaces a file that no run wrote, and nothing replaces data that the "
          + "document reads.")
    case .orphanedFile:
      DiagnosticPage(
        "A file that Meier wrote is written by no document any more: its directive or its document is gone.",
        "`meier clean` removes such files, and `meier clean --dry-run` lists them.")
    case .invalidInclude:
      DiagnosticPage(
        "A file cannot be included here: the place is inside a list or a quote, or the file ends in "
          + "the middle of a code block.",
        "`meier explain include` says what an include may do.")
    case .unknownParameter:
      DiagnosticPage(
        "A parameter is used, or set with `-P`, that the document does not declare.",
        "Declare it under `params:` in the front matter or in `meier.yml`, with its usual value.")
    case .unknownSetting:
      DiagnosticPage(
        "`meier.yml` holds a key that is none of the project's settings.",
        "`meier explain settings` lists them.")
    case .expressionSyntax:
      DiagnosticPage(
        "An expression cannot be read here.",
        "Texts stand in quotation marks, `==` compares, `and`, `or` and `not` are words.")
    case .expressionType:
      DiagnosticPage(
        "An expression mixes kinds of values: text with a number, a date with text, a number "
          + "where true or false is needed.",
        "Write a comparison, or convert with `number()`, `text()`, `date()`.")
    case .unknownFunction:
      DiagnosticPage(
        "There is no such function.",
        "`meier explain` lists the functions.")
    case .unknownColumn:
      DiagnosticPage(
        "The data set has no such column.",
        "Correct the name; columns that are derived later are not visible yet.")
    case .unknownLevel:
      DiagnosticPage(
        "A text is compared with a column that never holds it, or the data hold a level that the "
          + "dictionary does not list.",
        "Correct the spelling, or add the level to the dictionary.")
    case .unknownResult:
      DiagnosticPage(
        "There is no result of this name.",
        "The manual page of the directive lists its result names; only times that were asked for "
          + "exist.")
    case .unknownFormat:
      DiagnosticPage(
        "The filter after `|` does not exist or does not suit the value.",
        "Filters: `digits n`, `percent n`, `p`, `ci`.")
    case .formulaSyntax:
      DiagnosticPage(
        "A model formula cannot be read here.",
        "Formulas follow R: `outcome ~ a + b`.")
    case .unresolvedMerge:
      DiagnosticPage(
        "A merge left both versions of some lines in the document or the data file, between `<<<<<<<` and `>>>>>>>`.",
        "Keep one version, or parts of both, and delete the three lines of markers; `git checkout --ours FILE` and "
          + "`--theirs` take one version whole.")
    case .raggedRow:
      DiagnosticPage(
        "A row of the data file has more or fewer cells than the header.",
        "Look for a missing or extra separator, or a cell with a separator that is not quoted.")
    case .unclosedQuote:
      DiagnosticPage(
        "A quotation mark opens a cell and is never closed: the rest of the file would be one "
          + "cell.",
        "Close it, or double a quotation mark that belongs to the text.")
    case .duplicateColumn:
      DiagnosticPage(
        "Two columns of the data file have the same name.",
        "Rename one of them in the header.")
    case .unnamedColumn:
      DiagnosticPage(
        "A column of the data file has no name.",
        "Give it one in the header.")
    case .emptyFile:
      DiagnosticPage(
        "The data file is empty.",
        "It needs a header at least.")
    case .notANumber:
      DiagnosticPage(
        "Nearly all cells of a column are numbers, but some are not; or a column declared as "
          + "number holds a word.",
        "Declare the word as a missing code, correct the cells, or declare the column as text "
          + "under `types:`.")
    case .notADate:
      DiagnosticPage(
        "A cell of a date column is no date of the calendar.",
        "Dates are written 2003-01-31, or as `dates:` of the data set says.")
    case .notAFlag:
      DiagnosticPage(
        "A cell of a column declared as flag is neither true nor false.",
        "Flags are true/false, yes/no or 1/0.")
    case .eventCoding:
      DiagnosticPage(
        "It is not clear which value of the event column is the event. 1/2 coding has led to "
          + "results turned upside down.",
        "Write the comparison: `Surv(time, status == 2)`.")
    case .mixedColumn:
      DiagnosticPage(
        "Most cells of a column are numbers (or dates), but some are not: it is read as text, each of its values a level.",
        "Correct the cells, declare what stands there under `missing:`, or declare the column as text under `types:`."
      )
    case .similarLevels:
      DiagnosticPage(
        "Levels of a column differ in blanks or capitals alone: rows of one group may stand in several.",
        "Correct the file, derive the column with `trim(x)`, `lower(x)` or `recode(…)`, or list the levels in the "
          + "dictionary if all of them are meant.")
    case .repeatedPatients:
      DiagnosticPage(
        "By the data's `id` some patients have several rows, rows that overlap in time, or several events, and the analysis "
          + "takes each row for a patient of its own: intervals come out too narrow.",
        "Choose one row of each with `where`, write `Surv(start, stop, event)` for follow-up in pieces, or name the patients under "
          + "`cluster` for a robust variance.")
    case .invalidKey:
      DiagnosticPage(
        "The columns under `key:` do not tell the rows apart: two rows share a value, or one has none.",
        "Correct the file, choose the rows with `where:`, or name further columns under `key:`.")
    case .negativeTime:
      DiagnosticPage(
        "A follow-up time is negative.",
        "Correct the data, or leave the rows out with `where:`.")
    case .endBeforeStart:
      DiagnosticPage(
        "An interval ends before it starts, or at its start.",
        "Correct the data, or leave the rows out with `where:`.")
    case .noRows:
      DiagnosticPage(
        "No row is left to analyse.",
        "Look at the conditions under `where:` and at missing values.")
    case .emptyGroup:
      DiagnosticPage(
        "A declared level has no rows in this analysis.",
        "It is shown with N = 0; remove the level from the dictionary if it does not belong here.")
    case .oneGroup:
      DiagnosticPage(
        "A comparison needs at least two groups with rows.",
        "Name another grouping column.")
    case .invalidWeight:
      DiagnosticPage(
        "Weights must not be negative; tests that count need whole numbers.",
        "Correct the weights; a robust Cox model takes fractional ones.")
    case .noEvents, .constantColumn, .codedNumbers, .aliased, .separation, .notConverged, .perfectFit,
      .notEstimable, .fewEvents, .alikeCurves, .figureFit, .competingEvents, .manyGroups, .unmatched,
      .unstableWeights, .nonProportionalHazards, .invalidArgument:
      statisticsPage
    case .claimFailed:
      DiagnosticPage(
        "A claim of the document does not hold for the results, or rests on one that is not "
          + "estimable.",
        "Correct the sentence, or the claim if it says too much.")
    case .staleResult:
      DiagnosticPage(
        "A file under `output/` is not what its document and data give now.",
        "Run `meier run`.")
    case .unitOfChange:
      DiagnosticPage(
        "A sentence or claim takes a coefficient of one unit, and the table prints it for several: the dictionary says `per`.",
        "Write the result with `.per(10)`, as the table has it, or with `.per(1)` if one unit is meant.")
    case .handTypedNumber:
      DiagnosticPage(
        "A number typed by hand stands where a result could.",
        "Write the inline value instead.")
    case .notARepository:
      DiagnosticPage(
        "Results of earlier moments are read from git, and there is no repository here.",
        "Change to the project's folder; `git init` begins a repository.")
    case .unknownRevision:
      DiagnosticPage(
        "No branch, tag or commit has this name.",
        "`git log --oneline --all` lists them. Files are named after `--`.")
    case .gitFailed:
      DiagnosticPage(
        "The program `git` could not be started, or refused.",
        "The message holds git's own words.")
    case .internalFault:
      DiagnosticPage(
        "A fault of Meier's own.",
        "Please report it with the document that shows it.")
    }
  }
}
