// Descriptions of tables.

import Testing

@testable import DataTables

struct DataDescriptionTests {
  private func describe(_ column: Column) -> ColumnDescription { ColumnDescription(column) }

  @Test("Columns in a few numbers")
  func contents() throws {
    #expect(
      describe(Column(name: "x", numbers: [4, 1, .nan, 1, 2])).content
        == .numbers(minimum: 1, median: 1.5, maximum: 4))
    #expect(describe(Column(name: "x", numbers: [4, 1, .nan, 1, 2])).distinctCount == 3)
    #expect(describe(Column(name: "x", numbers: [.nan])).content == .empty)
    #expect(
      describe(Column(name: "x", flags: [true, nil, true, false])).content == .flags(true: 2, false: 1))
    let days = describe(Column(name: "x", days: [10, 0, .min, 3, 4]))
    #expect(days.summary == "1970-01-01 to 1970-01-11, median 1970-01-04")
    #expect(days.missingCount == 1)
    let levels = describe(Column(name: "g", codes: [1, 1, -1], levels: ["a", "b"]))
    #expect(levels.summary == "a 0, b 2")
    #expect(levels.distinctCount == 1)
  }

  @Test("More than twenty levels are not shown")
  func manyLevels() {
    func column(_ count: Int) -> Column { Column(name: "id", texts: (0..<count).map { "patient \($0)" }) }
    #expect(describe(column(20)).shownLevels?.count == 20)
    #expect(describe(column(21)).content == .manyLevels)
    #expect(describe(column(21)).summary == "21 different texts")
  }

  @Test("A description as a table, and as a directive to paste")
  func text() throws {
    let read = try table(
      "patient id,age,sex,site|of origin,seen,empty\n1,61,f,\"a, b\",2003-01-01,\n2,,m,no,2004-01-01,\n3,50,f,\"say \"\"x\"\"\",,\n"
    )
    let description = DataDescription(read, threads: 2)
    #expect(
      description.markdown == """
        | Column | Type | Missing | Distinct | Values |
        |:--|:--|--:|--:|:--|
        | patient id | integer | 0 | 3 | 1 to 3, median 2 |
        | age | integer | 1 | 2 | 50 to 61, median 55.5 |
        | sex | text | 0 | 2 | f 2, m 1 |
        | site\\|of origin | text | 0 | 3 | a, b 1, no 1, say "x" 1 |
        | seen | date | 1 | 2 | 2003-01-01 to 2004-01-01, median 2003-01-01 |
        | empty | number | 3 | 0 |  |

        """)
    #expect(
      description.dataBlock(source: "../data/nelm.csv") == """
        ```{data #data}
        source: "../data/nelm.csv"
        types:
          patient id: number
          age: number
          seen: date
        key: patient id
        # outcomes: # a time, and what counts as the event
        #   os: Surv(time, died == 1)
        dictionary:
          patient id: {label: Patient id}
          age: {label: Age}
          sex:
            label: Sex
            levels: [f, m] # the first is the reference
          "site|of origin":
            label: "Site|of origin"
            levels: ["a, b", "no", "say \\"x\\""] # the first is the reference
          seen: {label: Seen}
          empty: {label: Empty}
        ```

        """)
  }

  @Test("The outcome and the key that names and values speak for")
  func outcome() throws {
    let read = try table("id,os_months,died,age\n1,5.25,1,60\n2,6.5,0,50\n3,1.1,1,41\n")
    let lines = DataDescription(read, threads: 1).dataBlock(source: "d.csv").split(separator: "\n")
    #expect(lines.contains("key: id") && lines.contains("outcomes:"))
    #expect(lines.contains("  os: Surv(os_months, died == 1) # the time, and what counts as the event"))
  }

  @Test("A median has no digits that arithmetic brought")
  func median() {
    #expect(NumberText.rounded(69.85900000000001) == "69.859")
    #expect(NumberText.rounded(0.1 + 0.2) == "0.3")
    #expect(NumberText.rounded(1.0 / 3) == "0.3333333333333333")
  }

  @Test(
    "Ids and labels made of names",
    arguments: [
      ("nelm", "nelm", "Nelm"), ("OS_months.2", "os_months_2", "OS months 2"),
      ("2021 data", "data_2021_data", "2021 data"),
      ("é", "data", "É"), ("", "data", ""), ("_x_", "x", "X"),
    ])
  func names(_ name: String, _ id: String, _ label: String) {
    #expect(DataDescription.identifier(name) == id)
    #expect(DataDescription.label(name) == label)
  }

  @Test(
    "Scalars that YAML would read as something else are quoted",
    arguments: [
      ("age", "age"), ("yes", "\"yes\""), ("No", "\"No\""), ("null", "\"null\""), ("1", "\"1\""),
      ("2003-01-01", "\"2003-01-01\""),
      ("a: b", "\"a: b\""), ("a #b", "\"a #b\""), ("", "\"\""), ("x ", "\"x \""), ("- a", "\"- a\""),
      ("größe (cm)", "größe (cm)"),
      ("a\nb\u{85}", "\"a\\nb\\u0085\""), ("a\\b", "\"a\\\\b\""), ("[a]", "\"[a]\""),
      ("5FU/LV", "\"5FU/LV\""),
    ])
  func yaml(_ text: String, _ scalar: String) { #expect(YAMLText.scalar(text) == scalar) }
}
