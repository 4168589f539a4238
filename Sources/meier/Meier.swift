import CommandLineInterface

@main struct Meier {
  static func main() async { await MeierCommand.main() }
}
