// Runs one directive: its caption is worded first, its tables are hidden last.

import Directives

extension PreparedDirective {
  func output(in context: DirectiveContext) throws -> DirectiveOutput {
    let captioned = options.captioned { try type.caption(options, in: context) }
    let wish = options.digitWish
    let output = try type.run(captioned, in: context.with(wish)).with(wish)
    let told = output.warning(options.warnings(ofFiguresIn: output))
    return options.hidesTables ? told.hidingTables : told
  }
}
