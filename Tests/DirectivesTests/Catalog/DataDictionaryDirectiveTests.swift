// The data dictionary by hand.

import Diagnostics
import Testing

@Suite struct DataDictionaryDirectiveTests {
  @Test func oneLineAColumn() throws {
    let bench = try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        age: {label: Age, unit: years}
      ```

      ```{data-dictionary #k}
      data: d
      ```
      """,
      files: [
        "d.csv": "id,age,sex,since,ok\n1,40.5,f,2001-01-03,true\n2,,m,2001-01-05,false\n3,60,f|g,,true\n"
      ])
    #expect(
      bench.lines(of: "k") == [
        "| Column | Label | Type | Missing | Values |",
        "| id | | whole number | 0 | 1 to 3, median 2 |",
        "| age | Age, years | number | 1 | 40.5 to 60, median 50.3 |",
        "| sex | | text | 0 | f; f\\|g; m |",
        "| since | | date | 1 | 2001-01-03 to 2001-01-05, median 2001-01-03 |",
        "| ok | | true or false | 0 | true 2, false 1 |",
      ])
    #expect(bench.number("k.columns") == 5 && bench.number("k.n") == 3)
    #expect(bench.number("k[\"age\"].missing") == 1 && bench.number("k[\"age\"].max") == 60)
    #expect(bench.written("k").contains(".name(3) = text(\"sex\")"))
    #expect(bench.written("k").contains("[\"since\"].type = text(\"date\")"))
  }
}
