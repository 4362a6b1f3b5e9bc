import Foundation
import TestSupport
import Testing
import TulouAccounts
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

@Suite struct CapabilityTests {
  static func example(_ name: String = "yanqing") throws -> CarbonCase {
    try CarbonReader.read(path: SharedFolder.packageRoot + "/Examples/yanqing/\(name).yaml").carbonCase
  }
  private func tonnes(_ capability: Capability, _ input: CarbonCase) -> Double {
    CapabilityModel.amount(capability, input) / 1000
  }

  @Test func `rows 1, 2, 3 and 6 give the printed digits, 1 and 2 with shares fitted to them (R95, R96, R97, R100)`()
    throws
  {
    let input = try Self.example()
    #expect(abs(CapabilityModel.factor(input) - 0.87246) < 1e-12)
    #expect(abs(tonnes(.renewables, input) - 9_838.7) < 0.05)
    #expect(abs(tonnes(.gasPower, input) - 4_918.6) < 0.05)
    #expect(abs(tonnes(.lineLoss, input) - 16.14) < 0.05)
    #expect(abs(tonnes(.gasoline, input) - 11_294.15) < 0.05)
    #expect(tonnes(.gasVehicles, input) == 0)
  }

  @Test func `rows 4 and 5 by the reconstructed formulas, with documented readings (R98, R99)`() throws {
    var input = try Self.example()
    #expect(abs(tonnes(.energySaving, input) + 10_231.35) < 0.005)
    #expect(abs(tonnes(.loadShaping, input) - 3_278.5) < 0.05)
    let account = CapabilityModel.account(input)
    func alternative(_ name: String) -> Double {
      (account.alternatives.first { $0.name == name }?.amount ?? .nan) / 1000
    }
    #expect(abs(alternative("share of the peak load") - 428.80) < 0.005)
    #expect(abs(alternative("load_rate: load_factor") - 353.1) < 0.05)
    #expect(abs(alternative("load_rate: fraction") - 32.8) < 0.05)
    #expect(abs(alternative("storages alone") - 452.2) < 0.05)
    #expect(abs(alternative("saving_scale: 1000") - 3_982) < 0.5)
    #expect(abs(alternative("saving_scale: 1000, line_loss: 0 %") - 4_648) < 0.5)
    input.loadRate = .loadFactor
    #expect(abs(tonnes(.loadShaping, input) - 353.1) < 0.05)
  }

  @Test func `two totals stand side by side and the printed one is told apart (R102)`() throws {
    let account = CapabilityModel.account(try Self.example())
    #expect(abs((account.publishedRows ?? .nan) / 1000 - 23_931.89) < 0.005)
    #expect(abs(account.total / 1000 - 19_114.75) < 0.05)
    #expect(abs((account.publishedTotal ?? .nan) / 1000 - 14_093.19) < 1e-9)
    let check = try #require(account.checks.first { $0.id == "printed_total" })
    #expect(check.message.contains("without 'Renewable substitution'"))
    #expect(
      account.checks.map(\.id).filter { $0.hasPrefix("not_reproduced") } == [
        "not_reproduced.energy_saving", "not_reproduced.load_shaping",
      ])
  }

  @Test func `inputs that cannot hold together are told (R104)`() throws {
    let account = CapabilityModel.account(try Self.example())
    func value(_ id: String) -> Double { account.checks.first { $0.id == id }?.value ?? .nan }
    #expect(abs(value("average_above_peak") - 105.6) < 0.05)
    #expect(abs(value("load_factor") - 0.107) < 0.0005)
    #expect(value("mileage") == 1525)
    #expect(abs(account.vehicle.gasoline - 282.4) < 0.05)
    #expect(abs(account.vehicle.electricity - 256.1) < 0.05)
    #expect(abs(40 * account.vehicle.net - 1_048.6) < 0.05)
  }

  @Test func `every row is linear in every parameter but the line loss (R105)`() throws {
    let input = try Self.example()
    for parameter in CarbonParameter.all(of: input)
    where parameter.path != "vehicles.line_loss" && parameter.path != "load.maximum" {
      func total(_ factor: Double) -> Double {
        var changed = input
        parameter.set(&changed, parameter.value(input) * factor)
        return CapabilityModel.account(changed).total
      }
      #expect(abs(total(0.5) + total(1.5) - 2 * total(1)) < 1e-9 * 2e7, "\(parameter.path)")
    }
    let tornado = CapabilitySensitivity.all(input)
    #expect(tornado.count == CarbonParameter.all(of: input).count)
    #expect(tornado.first?.path == "renewables.base")
    let coal = try #require(tornado.first { $0.path == "thermal.coal_rate" })
    // One per cent of all rows that hold coal power.
    let rows =
      CapabilityModel.account(input).total - CapabilityModel.amount(.gasoline, input)
      - CapabilityModel.amount(.loadShaping, input)
    #expect(abs(coal.totalPerPercent - 0.01 * rows) < 1e-6)
  }

  @Test func `draws over the ranges repeat and hold the value of the case`() throws {
    let input = try Self.example()
    let first = CapabilitySensitivity.monteCarlo(input)
    #expect(first == CapabilitySensitivity.monteCarlo(input))
    let renewables = try #require(first.first { $0.id == "renewables" })
    #expect(renewables.values == renewables.values.sorted())
    // Mean of (target - base) x share, both even and independent.
    let mean = (95_000 - 82_500) * 0.9 * 872.46
    #expect(abs(renewables.mean - mean) < 0.02 * mean)
    let fixed = try #require(first.first { $0.id == "line_loss" })
    #expect(fixed.values.first == fixed.values.last)
  }

  @Test func `units of the inputs change nothing (R105)`() throws {
    let path = SharedFolder.packageRoot + "/Examples/yanqing/yanqing.yaml"
    let text = try Self.text(path)
    var other = text
    for (from, to) in [
      ("82500 MWh", "82.5 GWh"), ("12528 MWh", "12528000 kWh"), ("333 g/kWh", "0.333 kg/kWh"), ("925 GWh", "3330 TJ"),
      ("0.18 kWh/km", "0.00018 kWh/m"), ("1525 km", "1525000 m"), ("65 MW", "65000 kW"), ("90 %", "0.9"),
      ("9838.7 t", "9838700 kg"),
    ] {
      #expect(other.contains(from))
      other = other.replacing(from, with: to)
    }
    let plain = CapabilityModel.account(try CarbonReader.read(text: text, path: path).carbonCase)
    let changed = CapabilityModel.account(try CarbonReader.read(text: other, path: path).carbonCase)
    for (a, b) in zip(plain.rows, changed.rows) { #expect(abs(a.amount - b.amount) <= 1e-12 * abs(a.amount)) }
  }

  @Test func `a wrong dimension is an error that names the line`() throws {
    let path = SharedFolder.packageRoot + "/Examples/yanqing/yanqing.yaml"
    let text = try Self.text(path).replacing("82500 MWh", with: "82500 MW")
    let fault = #expect(throws: ProjectFault.self) { try CarbonReader.read(text: text, path: path) }
    let finding = try #require(fault?.diagnostics.first { $0.severity == .error })
    #expect(finding.message == "'82500 MW' is a power, but 'base' takes an energy such as '4.2 kWh'.")
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("82500 MW") }
    #expect(finding.place?.line == (line ?? -1) + 1)
    let unknown = try Self.text(path).replacing("coal_rate:", with: "coal_rat:")
    let second = #expect(throws: ProjectFault.self) { try CarbonReader.read(text: unknown, path: path) }
    #expect(second?.diagnostics.contains { $0.advice == "Did you mean 'coal_rate'?" } == true)
  }

  @Test func `the other readings of the second example`() throws {
    let input = try Self.example("load-factor")
    #expect(abs(tonnes(.gasoline, input) - 112_941.5) < 0.05)
    let charging = 40_000 * 0.18 * 15_250 / (1 - 0.065) * 0.87246 / 1000
    #expect(abs(charging - 102_456) < 1)
    #expect(abs(tonnes(.gasVehicles, input) - 500 * 40_000 * (0.28 * 2.3 - 0.3 * 1.9) / 1000) < 1e-6)
    #expect(abs(tonnes(.lineLoss, input) - (2e-5 + 2e-4) * 925_000 * 0.87246) < 1e-6)
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }
}
