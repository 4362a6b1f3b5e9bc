import TulouQuantities
import TulouTechnologies

struct ProjectResources: ResourceProvider {
  func series(_ quantity: ResourceQuantity, of resource: String, _ decoding: inout Decoding, at mark: Mark) -> [Double]?
  {
    decoding.error("There is no resource '\(Node.short(resource))'.", at: mark)
    return nil
  }
}

extension ProjectDecoder {
  func readResources(_ node: Node?, _ decoding: inout Decoding) -> any ResourceProvider { ProjectResources() }
  func readProfile(_ input: DemandInput, _ entry: Node.Entry, _ place: Surroundings.Place, _ decoding: inout Decoding)
    -> [Double]?
  { nil }
  func readVehicles(_ input: DemandInput, into demand: Demand, _ node: Node, _ decoding: inout Decoding) -> Demand? {
    nil
  }
}
