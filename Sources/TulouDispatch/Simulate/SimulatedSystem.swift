import TulouAssembly
import TulouProblem
import TulouProject
import TulouSimulation
import TulouTechnologies

/// A project's electricity system as rules see it, with the places of its parts in the hourly problem.
///
/// It is made from the assembled hourly problem, so that rules and solvers see the same series, losses and sizes.
package struct SimulatedSystem {
  /// A part of a fixed demand that is shed together.
  struct DemandPart {
    var demand: Int
    var tier: String
    var share: Double
    /// Cost of a kWh that is not served [currency/kWh]; nil: it may not be shed.
    var price: Double?
  }
  /// A source and the flow that it stands for.
  struct SourcePart {
    var component: Int
    var flow: Int
    /// Capacity that its series is a share of; nil: the series is its output.
    var capacity: Int?
    var mustTake: Bool
    /// DC sources stand on 1.
    var bus: Int
  }
  /// Machines of one generator component.
  struct GeneratorPart {
    var component: Int
    var flow: Int
    var online: Int?
    var capacity: Int
    /// Output per unit of the driving flow.
    var output: Double
    /// Size of one machine in units of the capacity; nil: the whole capacity is one machine.
    var unit: Double?
    /// Flow that brings its fuel.
    var fuelFlow: Int
    /// Fuel per driving flow in each step, and at no load per capacity on line.
    var fuel: Profile
    var noLoad: Double
    /// Range of its machines among the simulation's generators.
    var machines: Range<Int>
  }
  /// A storage and its flows.
  struct StoragePart {
    var component: Int
    /// Flow of the charge; nil: a lake, which streams fill.
    var charge: Int?
    var discharge: Int
    var state: Int
    var isCyclic: Bool
    /// Flow of what runs over of a lake.
    var overflow: Int?
  }
  /// One direction between the buses.
  struct LinkPart {
    var component: Int
    var flow: Int
    var efficiency: Double
    /// Greatest output [kW].
    var output: Double
  }

  var assembled: Assembled
  /// Ids of the AC bus and, where there are two, of the DC bus.
  var buses: [String] = []
  var demands: [DemandPart] = []
  /// Demands that wait, by index of the project.
  var waiting: [Int] = []
  var sources: [SourcePart] = []
  var generators: [GeneratorPart] = []
  var storages: [StoragePart] = []
  /// Ways from DC to AC and back; several side by side have one efficiency and share what passes by their sizes.
  var inverters: [LinkPart] = []
  var rectifiers: [LinkPart] = []
  /// The market behind the grid connection, its purchase flows (tiers in order) and its sale flow.
  var market: Int?
  var purchases: [Int] = []
  var sale: Int?
  /// The simulation problem with the sizes of `capacities`.
  var problem: SimulationProblem
  /// Sizes by capacity index.
  var capacities: [Double]

  var project: Project { assembled.project }
  var isCyclic: [Bool] { storages.map(\.isCyclic) }

  /// Steps of each block of the horizon.
  var blocks: [Range<Int>] { assembled.problem.blocks }
}
