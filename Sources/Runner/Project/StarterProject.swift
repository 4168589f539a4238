// What `meier new` writes.

/// A document that runs at once, and the simulated patients it is about.
public enum StarterProject {
  /// The document, which reads `data/NAME.csv` beside it.
  public static func document(name: String) -> String {
    """
    ---
    title: A new analysis
    ---

    # A new analysis

    The patients in `data/\(name).csv` are simulated. Replace the file, and name its columns below; `meier describe` prints a
    block to begin with.

    ```{data #patients}
    source: data/\(name).csv
    dictionary:
      age: {label: Age, unit: years}
      sex: {label: Sex}
      treatment: {label: Treatment, levels: [standard, new]}
      months: {label: Survival, unit: months}
    outcomes:
      survival: Surv(months, died == 1)
    ```

    Of `{= patients.n}` patients, `{= patients.count(died == 1)}` died (@tbl-baseline).

    ```{summary #baseline}
    data: patients
    by: treatment
    variables: [age, sex]
    caption: Patients by treatment
    ```

    Median survival was `{= curves["new"].median | digits 1 | ci}` months under the new treatment and
    `{= curves["standard"].median | digits 1 | ci}` months under the standard (@fig-curves).

    ```{kaplan-meier #curves}
    data: patients
    formula: survival ~ treatment
    times: [12, 24]
    caption: Survival by treatment
    ```

    With age and sex held equal, the hazard ratio was `{= model["treatment", "new"].hr | digits 2 | ci}`,
    `{= model["treatment", "new"].p | p}` (@tbl-model).

    ```{cox #model}
    data: patients
    formula: survival ~ treatment + age + sex
    caption: Cox model of survival
    ```

    What the text says must follow from the results; a claim that fails stops the run with status 3.

    ```{claims}
    - curves["new"].median > curves["standard"].median
    - model["treatment", "new"].hr < 1
    ```

    """
  }

  /// 160 patients from a fixed sequence of numbers: the same bytes on every machine.
  public static var data: String {
    var state: UInt32 = 20_030_101
    // The "minimal standard" generator of Park and Miller: exact in 64 bits.
    func uniform() -> Double {
      state = UInt32(UInt64(state) * 48271 % 2_147_483_647)
      return Double(state) / 2_147_483_647
    }
    var rows = ["patient,age,sex,treatment,months,died"]
    for patient in 1...160 {
      let age = Int(42 + 40 * (uniform() + uniform()) / 2)
      let sex = uniform() < 0.5 ? "female" : "male"
      let isNew = patient.isMultiple(of: 2)
      // Deaths per month by a ratio of quarters, so that no logarithm is needed: the lifetime is the number of
      // months until one is drawn.
      let hazard = (isNew ? 0.022 : 0.042) * (1 + Double(age - 60) / 60)
      let followUp = 6 + Int(54 * uniform())
      var month = 0
      var died = false
      while month < followUp, !died {
        month += 1
        died = uniform() < hazard
      }
      let tenth = Int(10 * uniform())
      rows.append(
        "P\(patient),\(age),\(sex),\(isNew ? "new" : "standard"),\(max(month - 1, 0)).\(max(tenth, 1)),\(died ? 1 : 0)"
      )
    }
    return rows.joined(separator: "\n") + "\n"
  }
}
