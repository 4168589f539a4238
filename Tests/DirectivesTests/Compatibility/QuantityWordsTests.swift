// Paths of results in a reader's words.

import Testing

@testable import Directives

@Suite struct QuantityWordsTests {
  @Test(arguments: [
    (#"["gender", "women"].hr"#, "gender: women, HR"),
    (#".univariable["gender", "women"].hr"#, "gender: women, HR (univariable)"),
    (#"["age"].p"#, "age, P"),
    (#"["stage"].wald.p"#, "stage, Wald test, P"),
    (#"["hepatic resection"].at(60).survival"#, "hepatic resection, survival at 60"),
    (#"["a \"b\""].median"#, #"a "b", median"#),
    (#".median"#, "median"),
    (#".quantile(0.25)"#, "25% quantile"),
    (#".restricted_mean(60).difference["B - A"]"#, "B - A, mean to 60 difference"),
    (#".log_rank.p"#, "log-rank test, P"),
    (#".concordance"#, "concordance"),
    (#"["age"].per(10).hr"#, "age, HR per 10"),
  ]) func pathsReadAsWords(_ path: String, _ words: String) {
    #expect(QuantityWords.words(of: path) == words)
  }

  @Test func columnsGoByTheirLabels() {
    let labels = ["sx": "Sex", "age": "Age"]
    #expect(QuantityWords.words(of: #"["sx", "male"].hr"#, labels: labels) == "Sex: male, HR")
    #expect(QuantityWords.words(of: #"["age:sx", "male"].hr"#, labels: labels) == "Age × Sex: male, HR")
    #expect(QuantityWords.words(of: #"["male"].median"#, labels: labels) == "male, median")
    #expect(QuantityWords.subject(of: #".univariable["sx", "male"].hr"#, level: false) == #".univariable[sx"#)
    #expect(
      QuantityWords.subject(of: #"["sx", "male"].hr"#, level: true)
        == QuantityWords.subject(of: #"["sx", "male"].p"#, level: true))
    #expect(QuantityWords.subject(of: ".n", level: true) == ".n")
  }

  /// Whatever a path holds, reading it ends.
  @Test(arguments: ["[", "(", "]", ".", "[\"", "a(", "[\"\\", "..", "()"]) func brokenPathsEnd(_ path: String)
  {
    #expect(QuantityWords.words(of: path).count < 10)
  }
}
