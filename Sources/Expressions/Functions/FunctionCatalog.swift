// One page for every function: what `meier explain` prints.

import DataTables

/// The documented functions of the expression language.
public enum FunctionCatalog {
  /// One function, for its manual page.
  public struct Entry: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its arguments, as the manual writes them.
    public let signature: String
    /// One sentence.
    public let summary: String
    /// A use of it.
    public let example: String
    /// Whether it also computes with results, in sentences and claims.
    public let worksOnResults: Bool
  }

  /// All functions over columns, in the order of the manual.
  public static let all: [Entry] = ColumnFunction.allCases.map(entry)

  /// The function of a name; `nil` when there is none.
  public static func entry(named name: String) -> Entry? { all.first { $0.name == name } }

  /// What a data set can be asked in sentences and claims, as in `nelm.count(age >= 65)`.
  public static let dataFunctions: [Entry] = DataFunction.allCases.map { function in
    Entry(
      name: function.rawValue, signature: "ID.\(function.rawValue)" + function.signature,
      summary: function.summary,
      example: function.example, worksOnResults: true)
  }

  /// Names from other languages, with what is written instead.
  static let foreignNames: [String: String] = [
    "ifelse": "if(condition, a, b)", "if_else": "if(condition, a, b)", "iif": "if(condition, a, b)",
    "case_when": "if(condition, a, if(…))", "is.na": "is_missing(x)", "isna": "is_missing(x)",
    "isnull": "is_missing(x)", "is_na": "is_missing(x)", "missing": "is_missing(x)",
    "as.numeric": "number(x)",
    "as.character": "text(x)", "as.Date": "date(x)", "as.date": "date(x)", "nvl": "coalesce(x, y)",
    "ln": "log(x)", "pow": "x ^ y", "pmin": "min(x, y)", "pmax": "max(x, y)", "toupper": "upper(x)",
    "tolower": "lower(x)", "difftime": "days_between(a, b)", "ceil": "ceiling(x)", "trunc": "floor(x)",
    "startsWith": "starts_with(x, \"…\")", "grepl": "contains(x, \"…\")", "str_detect": "contains(x, \"…\")",
    "factor": "level(x)", "c": "[a, b] for a list", "I": "the expression alone", "avg": "mean(x)",
    "std": "sd(x)", "scale": "(x - mean(x)) / sd(x)", "stddev": "sd(x)", "mod": "x % y",
    "substr": "substring(x, start, length)", "str_sub": "substring(x, start, length)",
    "sub": "replace(x, \"…\", \"…\")", "gsub": "replace(x, \"…\", \"…\")",
    "str_replace": "replace(x, \"…\", \"…\")", "strsplit": "before(x, \"…\") or after(x, \"…\")",
    "dmy": "date(x, \"DD.MM.YYYY\")", "mdy": "date(x, \"MM/DD/YYYY\")", "ymd": "date(x)",
    "strptime": "date(x, \"DD.MM.YYYY\")", "to_date": "date(x, \"DD.MM.YYYY\")",
    "Sys.Date": "date(\"2003-01-31\"): today changes",
    "today": "date(\"2003-01-31\"): today changes",
  ]

  private static func entry(_ function: ColumnFunction) -> Entry {
    let (signature, summary, example, onResults) = page(function)
    return Entry(
      name: function.rawValue, signature: signature, summary: summary, example: example,
      worksOnResults: onResults)
  }

  private static func page(_ function: ColumnFunction) -> (String, String, String, Bool) {
    switch function {
    case .if:
      (
        "if(condition, a, b)",
        "a where the condition holds, b where it does not, missing where the condition is missing.",
        "if(sex == \"female\", 0.85, 1) * creatinine", true
      )
    case .isMissing:
      ("is_missing(x)", "True where x has no value; never missing itself.", "not is_missing(stage)", false)
    case .coalesce:
      (
        "coalesce(x, y, …)", "The first of its arguments that has a value.",
        "coalesce(ki67_surgery, ki67_biopsy)", false
      )
    case .between: ("between(x, low, high)", "low <= x and x <= high.", "between(age, 18, 64)", true)
    case .cut:
      (
        "cut(x, [breaks], labels: [texts], right: true)",
        "The interval x lies in, as ordered levels: closed on the right (`right: false`: on the left), the "
          + "outermost breaks included; values outside are missing. With one label more than breaks, "
          + "the breaks are cut points and the outer intervals open.",
        "cut(age, [50, 65], labels: [\"< 50\", \"50 to 64\", \"65 or older\"], right: false)", false
      )
    case .recode:
      (
        "recode(x, \"old\": \"new\", …) or recode(x, [olds], \"new\", …)",
        "New names for levels; levels not mentioned stay as they are, and several may become one.",
        "recode(stage, [\"I\", \"II\"], \"early\", [\"III\", \"IV\"], \"late\")", false
      )
    case .level:
      ("level(x)", "x as levels: numbers become categories in ascending order.", "level(grade)", false)
    case .text: ("text(x)", "x written as text; numbers in their shortest form.", "text(centre)", false)
    case .number:
      (
        "number(x)", "The number a text spells, missing where it spells none; 0 and 1 for false and true.",
        "number(ki67)", false
      )
    case .lower: ("lower(x)", "The text in small letters.", "lower(sex) == \"female\"", false)
    case .upper: ("upper(x)", "The text in capital letters.", "upper(code)", false)
    case .trim: ("trim(x)", "The text without blanks at its ends.", "trim(histology)", false)
    case .contains:
      (
        "contains(x, \"part\")", "Whether the text holds the part.", "contains(histology, \"carcinoid\")",
        false
      )
    case .startsWith:
      ("starts_with(x, \"part\")", "Whether the text begins so.", "starts_with(icd10, \"C25\")", false)
    case .endsWith: ("ends_with(x, \"part\")", "Whether the text ends so.", "ends_with(icd10, \".9\")", false)
    case .substring:
      (
        "substring(x, start, length)",
        "Characters of the text from a position on, counted from 1; to the end without a length.",
        "substring(patient, 1, 2)", false
      )
    case .before:
      (
        "before(x, \"part\")", "What stands before the part, missing where the text does not hold it.",
        "before(visit, \" \")", false
      )
    case .after:
      (
        "after(x, \"part\")", "What stands after the part, missing where the text does not hold it.",
        "after(patient, \"-\")", false
      )
    case .replace:
      (
        "replace(x, \"part\", \"other\")",
        "The text with the other in the place of the part, wherever it stands.",
        "number(replace(crp, \"<\", \"\"))", false
      )
    case .date:
      (
        "date(\"YYYY-MM-DD\"), date(x), date(x, \"format\") or date(year, month, day)",
        "A day of the calendar. Texts are read as YYYY-MM-DD, or as the format says: "
          + DateFormat.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")
          + ". A text that is no such day is missing.",
        "date(seen, \"DD.MM.YYYY\") >= date(\"2003-01-01\")", false
      )
    case .year: ("year(date)", "The calendar year.", "year(diagnosed)", false)
    case .month: ("month(date)", "The month, 1 to 12.", "month(diagnosed)", false)
    case .day: ("day(date)", "The day of the month, 1 to 31.", "day(diagnosed)", false)
    case .daysBetween:
      (
        "days_between(a, b)", "Days from a to b; negative when b is earlier.",
        "days_between(diagnosed, last_contact)", false
      )
    case .monthsBetween:
      (
        "months_between(a, b)", "Days from a to b, divided by 30.4375 (365.25 / 12).",
        "months_between(diagnosed, last_contact)", false
      )
    case .yearsBetween:
      ("years_between(a, b)", "Days from a to b, divided by 365.25.", "years_between(born, diagnosed)", false)
    case .log: ("log(x)", "Natural logarithm; missing unless x is positive.", "log(bilirubin)", true)
    case .log2: ("log2(x)", "Logarithm to base 2: a step of one is a doubling.", "log2(psa)", true)
    case .log10: ("log10(x)", "Logarithm to base 10.", "log10(viral_load)", true)
    case .exp: ("exp(x)", "e to the power of x.", "exp(log_dose)", true)
    case .sqrt: ("sqrt(x)", "Square root; missing for negative x.", "sqrt(height * weight / 3600)", true)
    case .abs: ("abs(x)", "The value without its sign.", "abs(change)", true)
    case .round:
      (
        "round(x, digits)", "x to so many decimal places (0 unless said), a half away from zero.",
        "round(bmi, 1)", true
      )
    case .floor: ("floor(x)", "The largest whole number not above x.", "floor(age)", true)
    case .ceiling: ("ceiling(x)", "The smallest whole number not below x.", "ceiling(months)", true)
    case .min:
      (
        "min(x, y, …)", "The smallest of its arguments in each row; missing when one is.",
        "min(os_months, 60)", true
      )
    case .max:
      (
        "max(x, y, …)", "The largest of its arguments in each row; missing when one is.",
        "max(grade_1, grade_2)", true
      )
    case .mean: ("mean(x)", "The mean of x over all rows that have a value.", "age - mean(age)", false)
    case .sd:
      (
        "sd(x)", "The standard deviation (n - 1) of x over all rows that have a value.",
        "(age - mean(age)) / sd(age)", false
      )
    case .median:
      ("median(x)", "The median of x over all rows that have a value.", "age > median(age)", false)
    }
  }
}
