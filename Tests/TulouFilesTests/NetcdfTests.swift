import Foundation
import TestSupport
import Testing
import TulouDocument
import TulouFiles
import TulouProject
import TulouQuantities

/// Whether the netCDF library is on this machine, where the command would look for it.
private let places =
  ProcessInfo.processInfo.environment["TULOU_NETCDF"].map { [$0] } ?? NetcdfLibrary.systemPlaces
private let isInstalled = (try? NetcdfLibrary.open(places: places)) != nil

/// A network of PyPSA is the same project, with the same lists, whether it comes as CSV files or as netCDF.
@Suite("Networks of PyPSA as netCDF", .enabled(if: isInstalled, "libnetcdf is absent; TULOU_NETCDF names it"))
struct NetcdfTests {
  static let folder = SharedFolder.packageRoot + "/Tests/Projects/pypsa"

  private func project(_ path: String) throws -> ForeignProject {
    guard case .project(let project)? = try ForeignProject.find(path: path, currency: nil, netcdf: places) else {
      throw Absent()
    }
    return project
  }
  private struct Absent: Error {}

  @Test("project, series, notes and what is left are those of the CSV folder")
  func alike() throws {
    let csv = try project(Self.folder + "/hill-farm")
    let netcdf = try project(Self.folder + "/hill-farm.nc")
    #expect(netcdf.yaml == csv.yaml)
    #expect(netcdf.files.map(\.name) == csv.files.map(\.name))
    #expect(netcdf.files.map(\.text) == csv.files.map(\.text))
    #expect(netcdf.notes == csv.notes)
    #expect(netcdf.left == csv.left)
    #expect(csv.left.contains { $0.contains("ramp_limit_up = 0.4") })
    let made = try ScratchFolder.make().path + "/made"
    try netcdf.write(to: made)
    let read = try ProjectReader.read(path: made + "/project.yaml")
    #expect(read.components.count == 5 && read.demands.count == 2)
  }

  @Test(
    "networks that others made", .enabled(if: SharedFolder.isPresent), arguments: ["pypsa-a-sizing", "pypsa-b-heat"])
  func others(_ name: String) throws {
    let place = (SharedFolder.path ?? "") + "/found/foreign/" + name
    let csv = try project(place), netcdf = try project(place + ".nc")
    #expect(netcdf.yaml == csv.yaml && netcdf.left == csv.left)
    #expect(netcdf.files.map(\.text) == csv.files.map(\.text))
  }

  @Test("a file that is torn, or no network, is refused by name")
  func torn() throws {
    let folder = try ScratchFolder.make().path
    let whole = try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/hill-farm.nc"))
    for share in [9, 100, 4_000, whole.count / 2] {
      let path = folder + "/torn-\(share).nc"
      try whole.prefix(share).write(to: URL(fileURLWithPath: path))
      #expect(throws: ProjectFault.self) { _ = try project(path) }
    }
  }
}

/// What is said where the library is absent; needs none.
@Suite("netCDF without its library") struct NetcdfAbsentTests {
  @Test("names the places, how to get it, and the way around")
  func absent() throws {
    let found = try ForeignProject.find(
      path: NetcdfTests.folder + "/hill-farm.nc", currency: nil, netcdf: ["/nowhere/libnetcdf.so"])
    guard case .partMissing(let message)? = found else {
      Issue.record("no message")
      return
    }
    #expect(message.contains("/nowhere/libnetcdf.so: no such library"))
    #expect(message.contains("TULOU_NETCDF") && message.contains("export_to_csv_folder"))
  }
}
