import CommandLineInterface

@main struct Meier {
  static func main() async {
    ProcessSignals.install()
    await MeierCommand.main()
  }
}
