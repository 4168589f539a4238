// Tables and figures that the author gave no caption say what they are of.

import Testing

@testable import Directives

@Suite struct CaptionTests {
  static let data: String = {
    var rows = ["months,died,arm,sex,age,bili,resected,days"]
    for index in 0..<40 {
      let months = Double((index * 37) % 59) + 1
      rows.append(
        "\(months),\(index % 3 == 0 ? 0 : 1),\(index % 2 == 0 ? "A" : "B"),\(index % 5 < 2 ? 1 : 2),"
          + "\(40 + (index * 7) % 31),\(Double(index % 11) / 2 + 0.5),\(index % 4 == 0),\(months * 30.4375)")
    }
    return rows.joined(separator: "\n") + "\n"
  }()

  static func bench(_ directives: String) throws -> DirectiveBench {
    try DirectiveBench(
      """
      ```{data #d}
      source: d.csv
      dictionary:
        months: {label: Overall survival, unit: months}
        days: {label: Time since entry, unit: days}
        arm: {label: Treatment}
        sex: {label: Sex}
        age: {label: Age, unit: years}
        bili: {label: Bilirubin, unit: mg/dL}
        resected: {label: Resection}
        died: {label: Death}
      outcomes:
        os: Surv(months, died == 1)
        entry: Surv(days, died == 1)
      ```

      \(directives)
      """, files: ["d.csv": data])
  }

  static func caption(_ name: String, _ options: String) throws -> String {
    let bench = try bench(
      "```{cox #model}\ndata: d\nformula: os ~ age + arm\n```\n\n```{\(name) #x}\n\(options)\n```\n")
    for block in bench.outputs["x"]?.blocks ?? [] {
      switch block {
      case .table(let table, nil): return table.caption
      case .figure(let figure, nil, let caption):
        #expect(
          figure.altText.hasPrefix(caption) && figure.altText.count < 400
            && figure.description.hasPrefix(caption + "."))
        return caption
      default: continue
      }
    }
    return ""
  }

  @Test(arguments: [
    ("kaplan-meier", "data: d\nformula: os ~ arm", "Overall survival by treatment"),
    ("kaplan-meier", "data: d\nformula: entry ~ arm + sex", "Entry by treatment and sex"),
    ("kaplan-meier", "data: d\nformula: Surv(days, died == 1) ~ 1", "Kaplan–Meier estimates"),
    ("kaplan-meier", "data: d\nformula: os ~ arm\ncaption: My *own*", "My *own*"),
    ("log-rank", "data: d\nformula: os ~ arm", "Comparison of overall survival by treatment"),
    ("rates", "data: d\nformula: os ~ arm", "Event rates by treatment"),
    ("cox", "data: d\nformula: os ~ age", "Cox model of overall survival: hazard ratios"),
    (
      "cox", "data: d\nformula: os ~ age\nunivariable: true",
      "Univariable and multivariable Cox models of overall survival"
    ),
    ("logistic", "data: d\nformula: died == 1 ~ age", "Logistic regression of death: odds ratios"),
    ("linear", "data: d\nformula: log(bili) ~ age", "Linear model of bilirubin"),
    (
      "proportional-hazards", "model: model",
      "Tests of proportional hazards: Cox model of overall survival"
    ),
    ("concordance", "model: model", "Concordance of the Cox model of overall survival"),
    ("summary", "data: d\nby: arm\nvariables: [age]", "Characteristics by treatment"),
    ("distribution", "data: d\nby: arm\nvariables: [bili]", "Bilirubin by treatment"),
    (
      "roc", "data: d\noutcome: died == 1\npredictors: [bili, age]",
      "Discrimination of bilirubin and age for death"
    ),
    ("nomogram", "model: model\ntimes: [12]", "Nomogram of overall survival"),
    ("merge", "tables: {Basic: model, Again: model}", "Basic and Again"),
  ])
  func captionsAreMadeOfRolesAndLabels(name: String, options: String, caption: String) throws {
    #expect(try Self.caption(name, options) == caption)
  }

  /// The forest plot shows the multivariable model alone, and says so; the author's own words stay for both.
  @Test(arguments: [
    ("cox", "os ~ age + arm", "", "Multivariable Cox model of overall survival: hazard ratios"),
    (
      "logistic", "died == 1 ~ age + arm", "",
      "Multivariable logistic regression of death: odds ratios"
    ),
    ("cox", "os ~ age + arm", "caption: Mine", "Mine"),
  ])
  func forestPlotsSayWhichModelTheyShow(name: String, formula: String, own: String, caption: String) throws {
    let bench = try Self.bench(
      "```{\(name) #x}\ndata: d\nformula: \(formula)\nunivariable: true\n\(own)\n```\n")
    let found = (bench.outputs["x"]?.blocks ?? []).compactMap { block -> String? in
      if case .figure(_, nil, let caption) = block { caption } else { nil }
    }
    #expect(found == [caption])
  }

  @Test(arguments: [
    ("Treatment", "treatment"), ("Follow-up", "follow-up"),
    ("ECOG performance status", "ECOG performance status"),
    ("Ki-67", "Ki-67"), ("Gleason score", "Gleason score"), ("M protein", "M protein"), ("age", "age"),
    ("", ""),
    ("Child-Pugh class", "Child-Pugh class"), ("Überleben", "überleben"),
  ])
  func labelsWithinSentencesKeepTheirNames(label: String, words: String) {
    #expect(label.withinSentence == words)
  }

  @Test func wholeYearsOfDaysArePrintedAsYears() {
    #expect(TimeText.words(1826.25, unit: "days", style: .plain) == "5 years")
    #expect(TimeText.words(365.25, unit: "Days", style: .plain) == "1 year")
    #expect(TimeText.words(1825, unit: "days", style: .plain) == "1825 days")
    #expect(TimeText.words(60, unit: "months", style: .plain) == "60 months")
    #expect(TimeText.words(0, unit: "days", style: .plain) == "0 days")
    #expect(TimeText.words(2.5, unit: nil, style: .plain) == "2.5")
  }

  @Test func yearsOfFollowUpInDaysAreDrawnInYears() throws {
    func axis(_ figure: String) throws -> String {
      let bench = try Self.bench("```{kaplan-meier #x}\ndata: d\nformula: entry ~ arm\n\(figure)\n```\n")
      return bench.written("x").first { $0.hasPrefix("<svg") } ?? ""
    }
    #expect(try axis("").contains(">Years</text>"))
    for chosen in ["{limits: [0, 1500]}", "{time-unit: days}"] {
      #expect(try axis("figure: \(chosen)").contains(">Days</text>"))
    }
    #expect(try axis("figure: {labels: {x: Days of life}}").contains(">Days of life</text>"))
  }

  /// Curves, adjusted curves, residuals and courses of one outcome share the unit of their axes.
  @Test func figuresOfOneOutcomeShareTheUnitOfTime() throws {
    let bench = try Self.bench(
      """
      ```{cox #m}
      data: d
      formula: entry ~ arm
      ```

      ```{adjusted-curves #a}
      model: m
      by: arm
      ```

      ```{proportional-hazards #z}
      model: m
      figure: true
      ```

      ```{swimmer #s}
      data: d
      time: days
      ```

      ```{performance #p}
      model: m
      times: [300, 900]
      ```
      """)
    let figures = ["a", "z", "s", "p"].map { id in
      bench.written(id).first { $0.hasPrefix("<svg") && ($0.contains(">Years") || $0.contains(">Days")) }
        ?? ""
    }
    #expect(figures.map { $0.contains(">Years") } == [true, true, true, true])
    #expect(figures[1].contains(">Years, Kaplan–Meier scale</text>"))
  }

  @Test func modelsSayWhatTheyAreAdjustedFor() throws {
    let bench = try Self.bench(
      """
      ```{cox #one}
      data: d
      formula: os ~ arm
      ```

      ```{cox #three}
      data: d
      formula: os ~ arm + ns(age, df = 3) + log(bili) + strata(sex)
      ```

      ```{kaplan-meier #flag}
      data: d
      formula: os ~ resected
      ```
      """)
    #expect(bench.note(of: "one").contains("; unadjusted;"))
    #expect(bench.note(of: "three").contains("; adjusted for treatment, age (spline) and log(Bilirubin);"))
    let rows = bench.lines(of: "three")
    #expect(rows.contains { $0.hasPrefix("| log(Bilirubin) |") })
    let drawn = bench.written("three").first { $0.hasPrefix("<svg") } ?? ""
    #expect(drawn.contains(">Age (spline)</text>"))
    #expect(!drawn.contains("basis"))
    // The column's heading names the variable; the figure's key does not.
    #expect(bench.lines(of: "flag").contains { $0.hasPrefix("| yes |") })
    #expect(bench.written("flag").contains { $0.contains(">Resection: yes</text>") })
    #expect(bench.number("flag[\"true\"].n") == 10)
  }
}
