import DataTables
import Diagnostics
import Testing

@testable import Expressions

/// Six patients with a value of every kind, and missing ones.
func sampleTable() throws -> DataTable {
  try DataTable(
    name: "nelm",
    columns: [
      Column(name: "age", numbers: [34, 50, 65, 80, .nan, 71.5]),
      Column(name: "died", numbers: [0, 1, 1, 0, 1, .nan]),
      Column(name: "big", numbers: [1, 300, -40_000, 100_000, .nan, 2]),
      Column(name: "treated", flags: [true, false, nil, true, false, true]),
      Column(name: "site", texts: ["pancreas", "lung", nil, "pancreas", "colon", "lung"]),
      Column(name: "grade", codes: [0, 2, 1, 0, -1, 2], levels: ["low", "middle", "high"]),
      Column(name: "ecog", codes: [0, 1, 1, 2, 0, -1], levels: ["0", "1", "2"]),
      Column(name: "born", days: [0, 365, -3653, .min, 18_262, 1]),
      Column(name: "seen", days: [31, 730, 0, 10, 18_262, 0]),
      Column(name: "iso", texts: ["2003-01-31", "x", nil, "1999-12-31", "2000-02-29", "2001-02-29"]),
      Column(name: "words", texts: ["1.5", " 2 ", "x", nil, "-3e2", "1,5"]),
      Column(name: "ph.ecog", numbers: [0, 1, 2, 1, .nan, 0]),
      Column(name: "odd name", numbers: [1, 2, 3, 4, 5, 6]),
    ])
}

@Suite struct ColumnExpressionTests {
  /// Each row's value as text, `-` where missing.
  private func values(_ text: String) throws -> String {
    let column = try Expression.parse(source(text)).column(named: "x", in: try sampleTable()).column
    return (0..<column.count).map { column.text($0) ?? "-" }.joined(separator: " ")
  }

  private func letters(_ text: String) throws -> String {
    try Expression.parse(source(text)).flags(in: try sampleTable()).map {
      $0 == 1 ? "T" : $0 == 0 ? "f" : "-"
    }.joined()
  }

  @Test(arguments: [
    ("age > 60", "ffTT-T"), ("60 < age", "ffTT-T"), ("age == 65", "ffTf-f"), ("age != 65", "TTfT-T"),
    ("died == 1", "fTTfT-"), ("died >= 0.5", "fTTfT-"), ("big < 0", "ffTf-f"), ("age > big", "TfTf-T"),
    ("site == \"pancreas\"", "Tf-Tff"), ("site != \"pancreas\"", "fT-fTT"), ("\"lung\" == site", "fT-ffT"),
    ("site in [\"lung\", \"colon\"]", "fT-fTT"), ("site not in [\"lung\", \"colon\"]", "Tf-Tff"),
    ("grade >= \"middle\"", "fTTf-T"), ("\"middle\" > grade", "TffT-f"), ("ecog == 1", "fTTff-"),
    ("ecog >= 1", "fTTTf-"), ("ecog in [0, 2]", "TffTT-"), ("age in [34, 80]", "TffT-f"),
    ("treated", "Tf-TfT"),
    ("not treated", "fT-fTf"), ("treated == true", "Tf-TfT"), ("treated == died", "ff-ff-"),
    ("treated and age > 60", "ff-TfT"), ("treated or age > 60", "TfTT-T"), ("age > 60 and treated", "ff-TfT"),
    ("born < \"1970-01-02\"", "TfT-ff"), ("born == date(\"1970-01-01\")", "Tff-ff"),
    ("born <= seen", "TTT-Tf"),
    ("date(\"1970-01-01\") >= born", "TfT-ff"), ("is_missing(site)", "ffTfff"),
    ("is_missing(age + died)", "ffffTT"),
    ("is_missing(born) or is_missing(treated)", "ffTTff"), ("between(age, 50, 71.5)", "fTTf-T"),
    ("contains(site, \"an\")", "Tf-Tff"), ("starts_with(site, \"l\")", "fT-ffT"),
    ("ends_with(site, \"n\")", "ff-fTf"),
    ("upper(site) == \"LUNG\"", "fT-ffT"), ("ph.ecog == 1", "fTfT-f"), ("col(\"odd name\") > 4", "ffffTT"),
    ("`odd name` > 4", "ffffTT"), ("date(iso) == \"2003-01-31\"", "T--ff-"), ("number(words) > 1", "TT--f-"),
    ("if(treated, died == 1, age > 60)", "ff-f--"), ("coalesce(treated, false)", "TffTfT"),
    ("site == site", "TT-TTT"),
    ("treated < true", "fT-fTf"), ("true", "TTTTTT"), ("age > median(age)", "fffT-T"),
  ])
  func conditions(text: String, expected: String) throws {
    #expect(try letters(text) == expected)
  }

  @Test(arguments: [
    ("age + 1", "35 51 66 81 - 72.5"), ("-age", "-34 -50 -65 -80 - -71.5"), ("1 / died", "- 1 1 - 1 -"),
    ("age % 7", "6 1 2 3 - 1.5"), ("-age % 7", "1 6 5 4 - 5.5"), ("age ^ 2", "1156 2500 4225 6400 - 5112.25"),
    ("log(died)", "- 0 0 - 0 -"), ("round(log10(big ^ 2) / 2, 6)", "0 2.477121 4.60206 5 - 0.30103"),
    ("exp(0) + sqrt(4) + abs(-1)", "4 4 4 4 4 4"), ("round(age / 7, 1)", "4.9 7.1 9.3 11.4 - 10.2"),
    ("floor(age / 7)", "4 7 9 11 - 10"), ("ceiling(age / 7)", "5 8 10 12 - 11"),
    ("min(age, 60)", "34 50 60 60 - 60"),
    ("max(age, 60, died)", "60 60 65 80 - -"), ("seen - born", "31 365 3653 - 0 -1"),
    ("days_between(born, seen)", "31 365 3653 - 0 -1"),
    ("months_between(born, \"1970-01-31\") * 30.4375", "30 -335 3683 - -18232 29"),
    ("years_between(\"1970-01-01\", born) * 365.25", "0 365 -3653 - 18262 1"),
    ("year(born)", "1970 1971 1960 - 2020 1970"),
    ("month(seen) * 100 + day(seen)", "201 101 101 111 101 101"),
    ("seen + 1", "1970-02-02 1972-01-02 1970-01-02 1970-01-12 2020-01-02 1970-01-02"),
    ("date(year(seen), 2, 28)", "1970-02-28 1972-02-28 1970-02-28 1970-02-28 2020-02-28 1970-02-28"),
    ("treated + died", "1 1 - 1 1 -"), ("treated + 0", "1 0 - 1 0 1"),
    ("if(died == 1, age, missing)", "- 50 65 - - -"),
    ("if(died == 1, \"dead\", \"alive\")", "alive dead dead alive dead -"),
    ("if(age > 60, site, \"young\")", "young young - pancreas - lung"),
    ("cut(age, [30, 50, 80])", "[30, 50] [30, 50] (50, 80] (50, 80] - (50, 80]"),
    ("cut(age, [34, 50, 80], right: false)", "[34, 50) [50, 80] [50, 80] [50, 80] - [50, 80]"),
    ("cut(age, [50, 71.5], labels: [\"a\", \"b\", \"c\"])", "a a b c - b"),
    ("cut(age, [50, 71.5], labels: [\"a\", \"b\", \"c\"], right: false)", "a b b c - c"),
    ("cut(age, [50, 71.5], labels: [\"mid\"])", "- mid mid - - mid"),
    ("recode(site, \"lung\": \"chest\")", "pancreas chest - pancreas colon chest"),
    ("recode(site, [\"lung\", \"colon\"], \"other\", \"pancreas\", \"p\")", "p other - p other other"),
    ("upper(site)", "PANCREAS LUNG - PANCREAS COLON LUNG"), ("text(died)", "0 1 1 0 1 -"),
    ("level(treated)", "true false - true false true"),
    ("number(words)", "1.5 2 - - -300 -"), ("number(treated)", "1 0 - 1 0 1"),
    ("coalesce(age, died)", "34 50 65 80 1 71.5"),
    ("coalesce(missing, age, 0)", "34 50 65 80 0 71.5"),
    ("round(age - mean(age), 9)", "-26.1 -10.1 4.9 19.9 - 11.4"),
    ("substring(site, 2, 3)", "anc ung - anc olo ung"), ("substring(site, 6)", "eas - - eas - -"),
    ("before(iso, \"-\")", "2003 - - 1999 2000 2001"), ("after(iso, \"-0\")", "1-31 - - - 2-29 2-29"),
    ("replace(site, \"n\", \"m\")", "pamcreas lumg - pamcreas colom lumg"),
    ("number(replace(words, \",\", \".\"))", "1.5 2 - - -300 1.5"),
    ("date(replace(iso, \"-\", \"/\"), \"YYYY/MM/DD\")", "2003-01-31 - - 1999-12-31 2000-02-29 -"),
    ("date(number(replace(iso, \"-\", \"\")), \"YYYYMMDD\")", "2003-01-31 - - 1999-12-31 2000-02-29 -"),
    ("trim(words)", "1.5 2 x - -3e2 1,5"), ("grade", "low high middle low - high"),
  ])
  func derivedValues(text: String, expected: String) throws {
    #expect(try values(text) == expected)
  }

  @Test func cutAndDeclaredLevelsKeepTheirOrder() throws {
    let table = try sampleTable()
    let cut = try Expression.parse(source("cut(age, [50], labels: [\"young\", \"elder\"])")).column(
      named: "x", in: table)
    #expect(cut.column.levels == ["young", "elder"])
    #expect(cut.column.type == .factor)
    let recoded = try Expression.parse(source("recode(site, \"lung\": \"alveoli\")")).column(
      named: "x", in: table)
    #expect(recoded.column.levels == ["alveoli", "colon", "pancreas"])
    #expect(recoded.column.type == .text)
    let level = try Expression.parse(source("level(age)")).column(named: "x", in: table)
    #expect(level.column.levels == ["34", "50", "65", "71.5", "80"])
    #expect(
      try Expression.parse(source("recode(grade, \"low\": \"l\")")).column(named: "x", in: table).column
        .levels == ["l", "middle", "high"])
  }

  @Test func countsWhatHasNoValueThoughItsColumnsDo() throws {
    let table = try sampleTable()
    func undefined(_ text: String) throws -> Int {
      try Expression.parse(source(text)).column(named: "x", in: table).undefinedCount
    }
    #expect(try undefined("1 / died") == 2)
    #expect(try undefined("log(age)") == 0)
    #expect(try undefined("number(words)") == 2)
    #expect(try undefined("cut(age, [40, 60])") == 4)
    #expect(try undefined("if(died == 1, age, missing)") == 0)
  }

  @Test func whereCountsMissingConditions() throws {
    let rows = try Expression.parse(source("age > 60")).select(from: try sampleTable())
    #expect(rows.rows == [2, 3, 5])
    #expect(rows.keptCount == 3)
    #expect(rows.missingCount == 1)
  }

  @Test(arguments: [
    (
      "«os_month» > 3", DiagnosticCode.unknownColumn, "no column 'os_month' in 'nelm'",
      "did you mean 'os_months'?"
    ),
    ("age > «aeg»", .unknownColumn, "no column 'aeg' in 'nelm'", "did you mean 'age'?"),
    ("treated == «TRUE»", .unknownColumn, "no column 'TRUE' in 'nelm'", "write true"),
    ("site == «\"pancras\"»", .unknownLevel, "'site' has no level 'pancras'", "did you mean 'pancreas'?"),
    (
      "site in [\"lung\", «\"liver\"»]", .unknownLevel, "'site' has no level 'liver'",
      "if it may occur in later data, declare it among the levels in the dictionary"
    ),
    ("recode(site, «\"lng\"»: \"a\")", .unknownLevel, "'site' has no level 'lng'", "did you mean 'lung'?"),
    ("«lg»(age)", .unknownFunction, "no function 'lg'", "did you mean 'log'?"),
    ("«ifelse»(treated, 1, 2)", .unknownFunction, "no function 'ifelse'", "write if(condition, a, b)"),
    (
      "«age» and treated", .expressionType, "'age' is a number, not true or false",
      "write a comparison, such as age == 1"
    ),
    (
      "«site» + 1", .expressionType, "'site' is text, a number is needed here",
      "number(site) reads the numbers in it"
    ),
    (
      "«born» * 2", .expressionType, "'born' is a date, a number is needed here",
      "days_between(a, b) or year(a) make numbers of dates"
    ),
    (
      "«site < \"lung\"»", .expressionType, "texts have no order",
      "declare the levels in their order in the dictionary of the data set; both sides must share them"
    ),
    (
      "date(«replace(text(seen), \"-\", \".\")») > born", .expressionType,
      "'replace(text(seen), \"-\", \".\")' holds dates, not written YYYY-MM-DD",
      "write date(replace(text(seen), \"-\", \".\"), \"YYYY.MM.DD\")"
    ),
    (
      "date(iso, «\"DD.MM.YY\"») > born", .expressionType, "dates cannot be written 'DD.MM.YY' here",
      "a year of two digits does not name its century: write date(year, month, day) from its parts"
    ),
    (
      "substring(site, «0») == \"l\"", .expressionType, "the first character is a whole number from 1",
      "write substring(x, 1, 2) for the first two characters"
    ),
    (
      "before(site, «1») == \"l\"", .expressionType, "the part to look for is a text between quotation marks",
      "write \"1\""
    ),
    (
      "«substr»(site, 1, 2) == \"l\"", .unknownFunction, "no function 'substr'",
      "write substring(x, start, length)"
    ),
    (
      "born > «\"2003-02-30\"»", .expressionType, "'2003-02-30' is not a day of the calendar",
      "dates are written YYYY-MM-DD"
    ),
    (
      "«born > 3»", .expressionType, "'born' is a date, '3' is a number: they cannot be compared",
      "write date(\"2003-01-31\") for a day"
    ),
    (
      "«treated == \"true\"»", .expressionType,
      "'treated' is true or false, '\"true\"' is text: they cannot be compared",
      "write true without quotation marks"
    ),
    (
      "«age == missing»", .expressionType, "a comparison with 'missing' is never true",
      "write is_missing(age)"
    ),
    (
      "ecog == «7»", .expressionType, "'ecog' holds text, and 7 is none of its levels",
      "number(ecog) reads the numbers in it"
    ),
    ("«log(age, 2)»", .expressionType, "log() takes 1 argument, here are 2", "write log(x)"),
    ("cut(age, [1, «1»])", .expressionType, "the breaks must rise", ""),
    (
      "cut(age, [1, 2], labels: «[\"a\", \"b\"]»)", .expressionType, "2 breaks cannot have 2 labels",
      "1 label for the intervals between the breaks, or 3 labels to take in everything below and above"
    ),
    (
      "cut(age, [1, 2], «label»: [\"a\"])", .expressionType, "cut() has no argument 'label'",
      "did you mean 'labels'?"
    ),
    ("«odd» - age > 1", .unknownColumn, "no column 'odd' in 'nelm'", "write col(\"odd name\")"),
    ("«od_name» > 1", .unknownColumn, "no column 'od_name' in 'nelm'", "did you mean col(\"odd name\")?"),
    ("between(«aeg», 1, 2)", .unknownColumn, "no column 'aeg' in 'nelm'", "did you mean 'age'?"),
    (
      "«max(age)»", .expressionType, "max() compares values within a row and takes at least two",
      "over all rows, ask the data set in a sentence or claim: ID.max(…)"
    ),
    ("«os.median» > 3", .unknownColumn, "no column 'os.median' in 'nelm'", ""),
    (
      "«os[\"a\"].median» > 3", .expressionType,
      "'os[\"a\"].median' is the path of a result; only columns of 'nelm' are known here",
      "results such as os.n belong in sentences and claims"
    ),
    (
      "if(treated, «1, \"a\"»)", .expressionType,
      "'1' is a number, '\"a\"' is text: one column cannot hold both", ""
    ),
  ])
  func faultsPointAtTheirWords(text: String, code: DiagnosticCode, message: String, remedy: String) throws {
    let table = try sampleTable().adding(Column(name: "os_months", numbers: [1, 2, 3, 4, 5, 6]))
    let fault = try #require(
      fault(text) { source throws(DiagnosticList) in
        _ = try Expression.parse(source).column(named: "x", in: table)
      })
    #expect(fault.code == code)
    #expect(fault.message == message)
    #expect(fault.remedy ?? "" == remedy)
    #expect(fault.isAtMark, "\(text)")
  }

  @Test func collectsAllFaults() throws {
    let table = try sampleTable()
    let found = faults("aeg > 1 and sit == \"x\" and foo(bar)") { source throws(DiagnosticList) in
      _ = try Expression.parse(source).flags(in: table)
    }
    #expect(found.map(\.place) == ["aeg", "sit", "foo", "bar"])
  }

  @Test func threadsAndChunksChangeNothing() throws {
    let count = 30_000
    var random = SplitMix(state: 7)
    let table = try DataTable(
      name: "t",
      columns: [
        Column(name: "x", numbers: (0..<count).map { _ in Double(random.next() % 1000) / 7 }),
        Column(
          name: "g", codes: (0..<count).map { _ in Int32(random.next() % 4) - 1 }, levels: ["a", "b", "c"]),
      ])
    for text in [
      "log(x) * 3 - x / 7", "g == \"b\" or x > 70", "cut(x, [10, 50, 90])", "if(g == \"a\", x, 0)",
    ] {
      let expression = try Expression.parse(source(text))
      let one = try expression.column(named: "y", in: table, threads: 1).column
      let two = try expression.column(named: "y", in: table, threads: 2).column
      #expect((0..<count).allSatisfy { one.text($0) == two.text($0) })
    }
  }

  @Test func knowsItsColumnsBeforeAnyDataAreRead() throws {
    let expression = try Expression.parse(
      source("if(ph.ecog == 1, log(age), `odd name`) + col(\"b c\") * age"))
    #expect(expression.columnNames == ["age", "b c", "odd name", "ph.ecog"])
  }
}
