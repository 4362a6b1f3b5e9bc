import TulouDocument
import TulouQuantities
import TulouTechnologies

extension Validation {
  /// Storages of electricity without any loss.
  static let storageRule: Rule = { project, document, decoding in
    for component in project.components {
      guard case .storage(let block) = component.block, project.carrier(ofBus: block.bus)?.kind == .electricity else {
        continue
      }
      let written = document["components"]?[component.id]
      let isSaid = written?["round_trip"] != nil || written?["efficiency"] != nil
      if isSaid && block.chargeEfficiency * block.dischargeEfficiency >= 1 && block.standingLoss == 0 {
        decoding.within("components.\(component.id)") {
          $0.warning(
            "'\(component.id)' stores electricity without any loss.", at: mark(document, "components", component.id))
        }
      }
    }
  }
}
