// Documents of pieces in any order: whatever Markdown makes of them.

import NumericalMethods

/// Documents put together from pieces that are hard to read.
enum PieceDocument {
  private static let pieces: [String] = [
    "`{= a.n}`", "`{= b[\"x|y\"].n}`", "``{= c`d`.n}``", "` {= e } `", "`{=f}`", "`{= g\n  .n}`",
    "`{claim h < 1}`",
    "649<!--= i.n → 649 -->", "&#62;0.99<!--= j → &#38;#62;0.99 -->", "`\\{= k}`", "`code`", "``co`de``", "`",
    "``", "```", "\\`",
    "text", "ä 😀", "*em*", "**", "_", "[link](/u)", "[", "]", "](/u \"t`\")", "[r]", "![", "<b a=\"`\">",
    "<http://x`y>", "<!-- c -->",
    "&amp;", "\\", "\\\n", "  \n", "@tbl-os", "(@fig-a_b)", "x@tbl-os", "|", "\\|", "\n", "\n", "\n", "\n\n",
    "\n\n", "\n\n",
    "\n> ", "\n> > ", "\n- ", "\n  ", "\n   ", "\n    ", "\n\t", "\n1. ", "\n* ", "\n# ", "\n===\n",
    "\n---\n", " ", " ",
    "\n[r]: /u\n", "\n[`{= z}`]: /u\n", "\n| a | b |\n|---|---|\n| ", "\n| c |\n|:-:|\n", " | ", " |\n",
    "\n<div>\n", "\n</div>\n\n",
    "\n\n```{cox #m}\nformula: a ~ b\n```\n", "\n```{claims}\n- a < 1\n```\n",
    "\n\n```{claims}\n- a < 1\n```\n\n", "\n\n`{claim h}`\n\n", "\n~~~ {data #d}\nx: 1\n~~~\n",
    "\n> ```{cox #q}\n> a: 1\n> ```\n", "\n- ```{cox #l}\n  a: 1\n  ```\n",
    "\n  ```{km #i}\n  a: |\n    b\n  ```\n",
    "\n````\n```{cox #no}\n```\n````\n", "\n    ```{cox #no}\n    ```\n", "\n```{r}\n`{= no}`\n```\n",
    "\n```\n", "\n~~~\n", "\n```{cox}\n",
    "\n<!-- meier:begin m -->\n\nold\n\n<!-- meier:end m -->\n", "\n<!-- meier:end m -->\n", "{= x}",
    "{claim y}", "<!--= z -->",
    "\r\n", "\r\n\r\n", "\r", "\t",
  ]

  static func bytes(_ generator: inout RandomGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    switch Int.random(in: 0..<24, using: &generator) {
    case 0: bytes += [0xEF, 0xBB, 0xBF]
    case 1: bytes += Array("---\ntitle: x\n---\n".utf8)
    default: break
    }
    for _ in 0..<Int.random(in: 1...14, using: &generator) {
      bytes += Array((pieces.randomElement(using: &generator) ?? "").utf8)
      if Int.random(in: 0..<400, using: &generator) == 0 {
        bytes.append([0, 0xFF, 0xC3].randomElement(using: &generator) ?? 0)
      }
    }
    return bytes
  }
}
