#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Eight lanes of one number: the same quantity in eight segments of the horizon.
package typealias Lanes = SIMD8<Double>

/// An owned block of memory with a fixed count, freed with its owner. The pointers of this room live in here.
///
/// Not `Sendable` by the compiler's lights: passes of the solver give every group of lanes to one worker at a time.
package final class Block<Element: BitwiseCopyable>: @unchecked Sendable {
  package let pointer: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int, repeating value: Element) {
    self.count = count
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    // Arenas of a year span thousands of small pages; large ones spare the walk through the page tables.
    let isLarge = bytes >= 1 << 22
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? 1 << 21 : 64)
    #if os(Linux)
      if isLarge { madvise(raw, bytes, MADV_HUGEPAGE) }
    #endif
    pointer = raw.bindMemory(to: Element.self, capacity: max(1, count))
    pointer.initialize(repeating: value, count: max(1, count))
  }

  convenience init(_ values: [Element], filler: Element) {
    self.init(count: values.count, repeating: filler)
    for (i, value) in values.enumerated() { pointer[i] = value }
  }

  deinit {
    UnsafeMutableRawPointer(pointer).deallocate()
  }

  /// Element i, unchecked in release: indices come from lists made once.
  @inline(__always) package subscript(i: Int) -> Element {
    get {
      assert(i >= 0 && i < count, "index within the block")
      return pointer[i]
    }
    _modify {
      assert(i >= 0 && i < count, "index within the block")
      yield &pointer[i]
    }
  }

  var indices: Range<Int> { 0..<count }
  var elements: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  func fill(_ value: Element) { pointer.update(repeating: value, count: count) }
  func assign(_ values: [Element]) { for i in 0..<min(count, values.count) { pointer[i] = values[i] } }
}
