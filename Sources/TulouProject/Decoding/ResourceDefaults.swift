import TulouDocument

/// What a resource takes where nothing is said, as far as anything asks for it.
extension ResourceFileInput {
  /// Whether random numbers make any of its hours.
  private var isDrawn: Bool {
    monthlyGHI != nil || monthlyTemperature != nil || monthlySpeed != nil || meanSpeed != nil || monthlyFlow != nil
  }

  /// Keys that nothing asks for beside those that stand here, and defaults that are no key of their own.
  func noteDefaults(_ node: Node, runSeed: UInt64?, _ decoding: inout Decoding) {
    if !isDrawn {
      decoding.idle(["seed"], of: node, because: "no hours are drawn from means")
    } else if let runSeed {
      decoding.within("seed") { inner in
        let path = inner.path
        inner.assumed.removeAll { $0.path == path }
        inner.assume("\(runSeed)", source: "the run's '--seed'", kind: .default)
      }
    }
    if monthlyTemperature == nil {
      decoding.idle(["daily_range"], of: node, because: "it belongs to 'monthly_temperature'")
    }
    if monthlySpeed == nil, meanSpeed == nil {
      decoding.idle(
        ["weibull_shape", "autocorrelation", "diurnal_strength", "peak_hour"], of: node,
        because: "it belongs to 'mean_speed' and 'monthly_speed'")
    }
    if monthlySpeed == nil, meanSpeed == nil, speed == nil, weather == nil {
      decoding.idle(
        ["height", "roughness", "shear_exponent", "stability", "atlas"], of: node, because: "the resource has no wind")
    }
    if monthlyGHI == nil {
      decoding.idle(["monthly_linke_turbidity"], of: node, because: "it belongs to 'monthly_ghi'")
    } else {
      decoding.assume(
        "monthly_linke_turbidity", "the greatest that the means allow",
        source: "our assumption: a clear sky above every mean day", in: node)
    }
    if monthlyFlow == nil, flow == nil, upstream == nil {
      decoding.idle(["ecological", "flow_duration"], of: node, because: "the resource has no flow")
    }
    if animals.isEmpty { decoding.idle(["yield", "collected"], of: node, because: "the resource has no animals") }
  }
}
