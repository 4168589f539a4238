// Names and levels come out as text, whatever they hold, in every kind of table and figure.

import Presentation
import Testing

@testable import Directives

@Suite struct InjectionTests {
  static let levels = [
    "<script>alert(1)</script>", "a | b", "`tick` *star* _low_", "]]> --> <!-- meier:end x -->",
    "line\nbreak",
  ]

  static let data: String = {
    var rows = ["months,died,kind,grp,size,id"]
    for index in 0..<60 {
      rows.append(
        "\((index * 37) % 59 + 1),\(index % 3),\(index % 4 == 0 ? 1 : 0),"
          + "\"\(levels[index % levels.count])\",\((index * 13) % 47),\(index / 2)")
    }
    return rows.joined(separator: "\n") + "\n"
  }()

  /// Default captions: they hold the labels as well.
  static let directives: [(name: String, options: String)] = [
    ("kaplan-meier", "data: d\nformula: os ~ grp\ntimes: [20]"),
    ("follow-up", "data: d\nformula: os ~ grp"),
    ("log-rank", "data: d\nformula: os ~ grp\npairwise: true"),
    ("rates", "data: d\nformula: os ~ grp"),
    ("restricted-mean", "data: d\nformula: os ~ grp\ntau: 20"),
    ("milestone", "data: d\nformula: os ~ grp\ntimes: [20, 30]"),
    (
      "cumulative-incidence",
      "data: d\nformula: Surv(months, died) ~ grp\ncauses: {\"<script>|`\": 1, \"b*\": 2}"
    ),
    (
      "fine-gray",
      "data: d\nformula: Surv(months, died) ~ grp + size\ncauses: {\"<script>|`\": 1, \"b*\": 2}\ncause: \"<script>|`\""
    ),
    ("cox", "data: d\nformula: os ~ grp + log(size + 1)\nunivariable: true"),
    ("subgroups", "data: d\nformula: os ~ size\nsubgroups: [grp]"),
    ("parametric-survival", "data: d\nformula: os ~ grp"),
    ("logistic", "data: d\nformula: kind == 1 ~ size + grp\nperformance: true"),
    ("linear", "data: d\nformula: size ~ grp\npredict: [{grp: \"a | b\"}]"),
    ("poisson", "data: d\nformula: size ~ grp"),
    ("summary", "data: d\nby: grp\nvariables: [size, kind]\np: true"),
    ("summary", "data: d\nvariables: [grp, size]"),
    ("data-dictionary", "data: d"),
    ("distribution", "data: d\nby: grp\nvariables: [size, months]"),
    ("distribution", "data: d\nby: grp\nvariables: [size]\nform: histogram"),
    ("roc", "data: d\noutcome: kind == 1\npredictors: [size, months]"),
    ("propensity", "data: d\ntreatment: kind == 1\nformula: ~ size + grp"),
    ("swimmer", "data: d\ntime: months\nby: grp\nlabel: id"),
    ("test", "data: d\ntest: chi-squared\nvariables: [grp, kind]"),
    ("performance", "model: m\ntimes: [20, 30]"),
    ("proportional-hazards", "model: m"),
    ("functional-form", "model: m"),
    ("nomogram", "model: m\ntimes: [20]"),
    ("adjusted-curves", "model: m\nby: grp\ntimes: [20]"),
    ("forest", "models: {\"<script>|`\": m, \"*b*\": m}"),
    ("merge", "tables: {\"<script>|`\": m, \"*b*\": m}"),
    ("stack", "tables: [m, m]"),
    ("flow", "data: d\nmodel: m\nlabels: {d: \"<script>|`\"}"),
  ]

  static func bench(_ name: String, _ options: String) throws -> DirectiveBench {
    try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        months: {label: "Survival <script> | `b` --> *x*", unit: "mo|<b>"}
        grp: {label: "Group <script> | `b` ]]> _x_"}
        size: {label: "Size </text><script> | *b*", unit: "<b>|"}
        kind: {label: "Kind <script> `|`"}
        died: {label: "Died <script> `|`"}
      outcomes:
        os: Surv(months, died == 1)
      ```

      ```{cox #m}
      data: d
      formula: os ~ size + grp
      ```

      ```{\(name) #x}
      \(options)
      ```
      """, files: ["d.csv": data])
  }

  /// Bars that end a cell.
  static func bars(_ line: Substring) -> Int {
    var count = 0
    var isEscaped = false
    for character in line {
      if character == "|", !isEscaped { count += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return count
  }

  @Test(arguments: directives.indices) func namesStayText(index: Int) throws {
    let (name, options) = Self.directives[index]
    let bench = try Self.bench(name, options)
    #expect(bench.outputs["x"]?.blocks.isEmpty == false)
    for block in bench.outputs["x"]?.blocks ?? [] {
      switch block {
      case .table(let table, _):
        let text = table.markdown(number: "1", style: .plain)
        #expect(!text.contains("<script"), "\(name)")
        #expect(!text.contains("<b>"), "\(name)")
        #expect(!text.contains("<!--"), "\(name)")
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(Set(rows.map(Self.bars)) == [table.columns.count + 1], "\(name)")
      case .figure(let figure, _, let caption):
        for hostile in ["<script", "<b>", "]]>"] {
          #expect(!figure.svg.contains(hostile), "\(name)")
        }
        #expect(!caption.contains("<script"), "\(name): \(caption)")
        #expect(!MarkdownText.inline(figure.altText + figure.description).contains("<script"), "\(name)")
      case .paragraph(let text): #expect(!text.contains("<script"), "\(name)")
      }
    }
  }
}
