// The stream is fixed, and looks like what it claims to be.

import NumericalMethods
import Testing

struct RandomGeneratorTests {
  /// First outputs of the authors' C code: splitmix64 from 42 filling xoshiro256++.
  @Test func streamIsFixed() {
    var generator = RandomGenerator(seed: 42)
    #expect(
      (0..<3).map { _ in generator.next() } == [
        15_021_278_609_987_233_951, 5_881_210_131_331_364_753, 18_149_643_915_985_481_100,
      ])
  }

  @Test func momentsAndRanges() {
    var generator = RandomGenerator(seed: 1)
    let uniforms = (0..<20000).map { _ in generator.uniform() }
    #expect(uniforms.allSatisfy { $0 > 0 && $0 < 1 })
    #expect((CompensatedSum.of(uniforms) / 20000 - 0.5).magnitude < 0.01)
    let normals = (0..<20000).map { _ in generator.normal() }
    #expect((CompensatedSum.of(normals.map { $0 * $0 }) / 20000 - 1).magnitude < 0.04)
    #expect((0..<1000).map { _ in generator.below(7) }.allSatisfy { (0..<7).contains($0) })
    #expect(generator.below(0) == 0)
  }

  @Test func samples() {
    var generator = RandomGenerator(seed: 5)
    #expect(generator.permutation(50).sorted() == Array(0..<50))
    let some = generator.sampleWithoutReplacement(10, from: 30)
    #expect(Set(some).count == 10 && some.allSatisfy { $0 < 30 })
    #expect(generator.sampleWithoutReplacement(9, from: 3).count == 3)
    #expect(generator.sampleWithReplacement(9, from: 3).count == 9)
    var a = RandomGenerator(seed: 5, stream: 1)
    var b = RandomGenerator(seed: 5, stream: 2)
    #expect(a.next() != b.next())
  }
}
