// Values in the text of links.

import Diagnostics

/// Whether the inline nodes that were passed leave a link or an image open.
struct LinkDepth {
  private var depth = 0

  var isInside: Bool { depth > 0 }

  mutating func pass(_ node: CommonMarkTree.Inline) {
    guard node.kind == .open || node.kind == .close,
      Bytes.has("link ", in: node.literal, at: 0) || Bytes.has("image ", in: node.literal, at: 0)
    else { return }
    depth += node.kind == .open ? 1 : -1
  }
}

extension SpanLocator {
  /// Reports the values in brackets by which a link finds its definition, since they could not change without losing it:
  /// their tags did lose it.
  mutating func reportLabels(
    _ tagged: ArraySlice<CommonMarkTree.Inline>, _ plain: ArraySlice<CommonMarkTree.Inline>
  ) {
    for (now, before) in zip(Self.codeInLinks(tagged), Self.codeInLinks(plain)) {
      guard before.isInLink, !now.isInLink, let (index, _) = candidate(of: now.node) else { continue }
      let candidate = tags.candidates[index]
      let line = file.lineRange(file.line(at: candidate.offset))
      diagnostics.append(
        Diagnostic(
          .unplaceableSpan,
          "this inline \(Self.word(candidate.kind)) is part of the label by which a link finds its definition",
          at: SourceRange(file: file, bytes: candidate.offset..<max(line.upperBound, candidate.offset)),
          remedy: "give the link a text and a label, [text][label], or its address, [text](address)"))
    }
  }

  /// Code spans and tags of HTML, in order.
  private static func codeInLinks(_ nodes: ArraySlice<CommonMarkTree.Inline>)
    -> [(node: CommonMarkTree.Inline, isInLink: Bool)]
  {
    var links = LinkDepth()
    return nodes.compactMap { node in
      links.pass(node)
      return node.kind == .code || node.kind == .html ? (node, links.isInside) : nil
    }
  }
}
