// Names from the data must show as they are, whatever they hold.
import Testing

@testable import Presentation

@Suite struct MarkdownTextTests {
  @Test(
    arguments: [
      ("hepatic resection", "hepatic resection"), ("small_bowel", "small_bowel"), ("_x_", "\\_x\\_"),
      ("__init__", "\\_\\_init\\_\\_"), ("a*b", "a\\*b"), ("a|b", "a\\|b"), ("a\\|b", "a\\\\\\|b"),
      ("`code`", "\\`code\\`"),
      ("<65", "<65"), ("< 0.001", "< 0.001"), ("<b>x</b>", "&lt;b>x&lt;/b>"),
      ("<!-- meier:end os -->", "&lt;!-- meier:end os -->"),
      ("R&D", "R&D"), ("&amp;", "&amp;amp;"), ("&#124;", "&amp;#124;"), ("A & B; C", "A & B; C"),
      ("[x](y)", "\\[x\\](y)"),
      ("two\nlines", "two lines"), ("  tab\there  ", "tab here"), ("≥ 65 Jahre", "≥ 65 Jahre"),
      ("肝切除", "肝切除"),
      ("a\u{202E}b", "ab"), ("$5 to $9", "\\$5 to \\$9"), ("~~x~~", "\\~\\~x\\~\\~"), ("", ""),
      ("nul\0x", "nul x"),
      ("ER+/HER2-", "ER+/HER2-"), ("e\u{301}", "e\u{301}"), ("👩‍⚕️", "👩‍⚕️"),
    ] as [(String, String)])
  func cells(text: String, expected: String) {
    #expect(MarkdownText.cell(text) == expected)
  }

  @Test(
    arguments: [
      ("# no heading", "\\# no heading"), ("- no list", "\\- no list"), ("1. no list", "1\\. no list"),
      ("12) x", "12\\) x"),
      ("2.5 mg", "2.5 mg"), ("> no quote", "\\> no quote"), ("Kaplan–Meier", "Kaplan–Meier"), ("a|b", "a|b"),
      ("1.", "1\\."),
    ] as [(String, String)])
  func paragraphs(text: String, expected: String) {
    #expect(MarkdownText.paragraph(text) == expected)
  }
}
