// The blocks that the manual's examples build on.

/// Data sets and models under the ids that examples name: simulated and public data in `Documentation/data`.
enum ManualData {
  struct Block {
    let directive: String
    let body: String
  }

  static let blocks: [String: Block] = [
    "nelm": Block(
      directive: "data",
      body: """
        source: ../data/nelm.csv
        derive:
          resection: treatment == "resection"
          small_bowel: primary_site == "small intestine"
        dictionary:
          age: {label: Age, unit: years}
          sex: {label: Sex}
          primary_site: {label: Primary site}
          stage: {label: Stage}
          treatment: {label: Treatment, levels: [observation, systemic, resection]}
          ki67: {label: Ki-67, unit: "%"}
          chromogranin: {label: Chromogranin A, unit: ng/mL}
          os_months: {label: Overall survival, unit: months}
          los: {label: Length of stay, unit: days}
          rfs_months: {label: Recurrence-free survival, unit: months}
        outcomes:
          os: Surv(os_months, died == 1)
          rfs: Surv(rfs_months, recurred == 1)
        """),
    "resectable": Block(
      directive: "data",
      body: """
        from: nelm
        where: stage in ["I", "II"]
        """),
    "lung": Block(
      directive: "data",
      body: """
        source: ../data/lung.csv
        dictionary:
          age: {label: Age, unit: years}
          time: {label: Survival, unit: days}
        derive:
          female: sex == 2
        outcomes:
          os: Surv(time, status == 2)
        """),
    "pbc": Block(
      directive: "data",
      body: """
        source: ../data/pbc.csv
        derive:
          treatment: if(trt == 1, "D-penicillamine", "placebo")
        dictionary:
          time: {label: Time since registration, unit: days}
          bili: {label: Bilirubin, unit: mg/dL}
        outcomes:
          os: Surv(time, status == 2)
        """),
    "infertility": Block(directive: "data", body: "source: ../data/infert.csv"),
    "prognosis": Block(
      directive: "cox",
      body: """
        data: nelm
        formula: os ~ age + sex + treatment
        """),
    "os": Block(
      directive: "kaplan-meier",
      body: """
        data: nelm
        formula: os ~ treatment
        """),
    "rfs": Block(
      directive: "kaplan-meier",
      body: """
        data: nelm
        formula: rfs ~ treatment
        """),
    "crude": Block(
      directive: "cox",
      body: """
        data: nelm
        formula: os ~ treatment
        """),
    "adjusted": Block(
      directive: "cox",
      body: """
        data: nelm
        formula: os ~ treatment + age + sex + stage
        """),
    "complications": Block(
      directive: "logistic",
      body: """
        data: nelm
        formula: complication == 1 ~ age + sex + stage
        """),
    "stay": Block(
      directive: "linear",
      body: """
        data: nelm
        formula: log(los) ~ age + sex + stage
        """),
  ]
}
