// Text that any name can pass through on its way into an SVG file.

/// Text content or attribute value: the five XML characters escaped, line breaks as blanks, and what XML 1.0
/// does not allow (control characters, non-characters) as U+FFFD.
public func svgEscaped(_ text: String) -> String {
  // Path data, most of all, has nothing to escape.
  let isPlain = text.utf8.allSatisfy { byte in
    switch byte {
    case 0..<32, 34, 38, 39, 60, 62, 127...255: false
    default: true
    }
  }
  if isPlain { return text }
  var escaped = ""
  escaped.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    case "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": escaped += " "
    case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}

/// A name as an SVG identifier: ASCII letters, digits and hyphens, beginning with a letter.
func svgSlug(_ name: String) -> String {
  var slug = ""
  for scalar in name.unicodeScalars {
    switch scalar {
    case "a"..."z", "0"..."9": slug.unicodeScalars.append(scalar)
    case "A"..."Z": slug.append(scalar.properties.lowercaseMapping)
    case "_": slug.append("_")
    default: if !slug.hasSuffix("-"), !slug.isEmpty { slug.append("-") }
    }
    if slug.utf8.count >= 40 { break }
  }
  while slug.hasSuffix("-") { slug.removeLast() }
  guard let first = slug.unicodeScalars.first else { return "series" }
  return ("a"..."z").contains(first) ? slug : "n-" + slug
}
