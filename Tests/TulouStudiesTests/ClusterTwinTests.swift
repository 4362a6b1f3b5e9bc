import TestSupport
import Testing
import Tulou
import TulouFiles
import TulouPlanning

/// A cluster made in code is the project that the same words in a file make.
@Suite("Cluster and file") struct ClusterTwinTests {
  @Test("the minimal example from code: the same assumptions, sizes and costs as from its file") func minimal() throws {
    let means = [3.19, 3.27, 3.74, 4.30, 4.76, 4.88, 4.96, 4.82, 4.40, 4.26, 3.69, 3.29]
    var park = Cluster(
      "Workshop with a roof", at: Location(latitude: 22.55, longitude: 114.10, altitude: 18), currency: "EUR",
      realRate: 0.06, years: 25)
    park.catalogue = Shelf.entries
    let sun = park.add(.sun(monthlyIrradiation: means))
    park.add(.demand("workshop", annual: .megawattHours(250), profile: "workshop"))
    park.add(Photovoltaics("roof", from: .catalogue("pv-rooftop"), resource: sun, size: .upTo(.kilowatts(200))))
    park.add(Battery("battery", from: .catalogue("battery-lithium"), hours: 4, size: .upTo(.kilowatts(100))))
    park.add(.grid(buy: 0.13, sell: 0.02, emission: 0.58))
    park.keep(hours: 336)
    let code = try park.plan()

    let path = SharedFolder.packageRoot + "/Examples/minimal.yaml"
    let project = try ProjectReader.read(path: path, options: ProjectReader.Options(hours: 336))
    let context = StudyContext(solver: Structured())
    let outcome = try context.plan(project, "")
    let file = ClusterPlan(outcome: outcome, accounts: Accounts.make(outcome, solver: context.solver))

    let made = code.outcome.project
    #expect(made.components == project.components)
    #expect(made.demands == project.demands)
    #expect(made.assumptions.map(\.path).filter { !$0.hasPrefix("site") } == project.assumptions.map(\.path))
    #expect(code.sizes == file.sizes)
    #expect(code.netPresentCost == file.netPresentCost)
    #expect(code.outcome.certificate?.value == file.outcome.certificate?.value)
  }
}
