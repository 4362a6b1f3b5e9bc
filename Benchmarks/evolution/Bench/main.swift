import EvolutionProblems
import Foundation
import TulouEvolution

// Fronts of known problems, and the time that NSGA-II itself takes. Usage: EvolutionBench POPULATION GENERATIONS SEEDS.
// To standard output as CSV: problem, seed, hypervolume, microseconds of processor time per evaluation beside the evaluation.

/// Processor seconds of this process so far.
func processorSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + 1e-9 * Double(now.tv_nsec)
}

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
guard numbers.count == 3 else {
  FileHandle.standardError.write(Data("usage: EvolutionBench POPULATION GENERATIONS SEEDS\n".utf8))
  exit(2)
}
print("problem,seed,hypervolume,overhead_us")
for problem in FrontProblem.allCases {
  for seed in 1...max(1, numbers[2]) {
    var settings = EvolutionSettings(method: .nsga2(GeneticOperators()))
    settings.population = numbers[0]
    settings.generations = numbers[1]
    settings.seed = UInt64(seed)
    settings.reference = problem.reference
    let start = processorSeconds()
    let result = try EvolutionRun(problem, settings: settings).run()
    let all = processorSeconds() - start
    // The same number of evaluations alone.
    let point = result.front[0].point
    let again = processorSeconds()
    var sum = 0.0
    for _ in 0..<result.evaluations { sum += problem.evaluate(point).goals[0] }
    let evaluating = processorSeconds() - again
    let volume = hypervolume(of: result.front.map(\.goals), below: problem.reference)
    let overhead = (all - evaluating) / Double(result.evaluations) * 1e6
    print("\(problem.rawValue),\(seed),\(volume),\(sum.isNaN ? .nan : overhead)")
  }
}
