// Runs one directive: its caption is worded first, its tables are hidden last.

import Directives

extension PreparedDirective {
  func output(in context: DirectiveContext) throws -> DirectiveOutput {
    let captioned = options.captioned { try type.caption(options, in: context) }
    let output = try type.run(captioned, in: context)
    return options.hidesTables ? output.hidingTables : output
  }
}
