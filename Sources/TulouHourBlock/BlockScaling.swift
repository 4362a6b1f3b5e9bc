import TulouProblem

/// Divides every row, column, size, sum and the money by a unit taken from the data, so that everything is about 1.
///
/// Units are powers of two: scaling then changes no digit, and a plan in kW and one in W take the same steps.
package struct BlockScaling {
  private var form: BlockForm
  private var rowUnit: [Double]
  private var columnUnit: [Double]

  /// The scaled form; its `units` say by what each part was divided.
  package static func scale(_ form: BlockForm) -> BlockForm {
    var scaling = BlockScaling(form: form)
    scaling.findUnits()
    return scaling.scaled()
  }

  private init(form: BlockForm) {
    self.form = form
    // A content row is a load where something is drawn in many steps. A given content at the start alone may be next to
    // nothing, and as the unit of the store it would ruin the scaling. So would the standing loss of what never leaves the
    // store (a content counts from its least), which stands in every step and is a hair of the store.
    let steps = Double(form.steps)
    columnUnit = [Double](repeating: 0, count: form.columns.count)
    rowUnit = form.rows.map(\.rhs.meanMagnitude)
    for (s, link) in form.links.enumerated() {
      let drawn = link.rhs.meanMagnitude
      let isLoad =
        4 * Double(link.rhs.countOfNonZero(form.steps)) >= steps
        && drawn >= 1e-3 * Self.constantBound(form.columns[form.flowCount + s])
      rowUnit.append(isLoad ? drawn : 0)
    }
  }

  private static func power(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    return Double(sign: .plus, exponent: Int((log2Approximation(value)).rounded()), significand: 1)
  }

  private static func log2Approximation(_ value: Double) -> Double {
    Double(value.exponent) + (value.significand > 1.4142135623730951 ? 1 : 0)
  }

  /// Constant part of the bound a column can reach, capacity at its width excluded; 0 if there is none.
  private static func constantBound(_ column: BlockForm.Column) -> Double {
    column.reference == nil && column.offset.maximum < .infinity ? column.offset.meanMagnitude : 0
  }

  private mutating func findUnits() {
    let flowCount = form.flowCount
    let rowCount = form.rows.count
    for _ in 0..<8 {
      for j in 0..<flowCount {
        let column = form.columns[j]
        var logs = 0.0, count = 0.0
        for entry in column.entries where rowUnit[entry.row] > 0 {
          let mean = entry.coefficient.meanMagnitude
          if mean > 0 {
            logs += Self.log2Exact(rowUnit[entry.row] / mean)
            count += 1
          }
        }
        let bound = Self.constantBound(column)
        if count > 0 {
          columnUnit[j] = Self.exp2Exact(logs / count)
          if bound > 0 { columnUnit[j] = min(columnUnit[j], max(bound, 1e-3 * columnUnit[j])) }
        } else if bound > 0, columnUnit[j] == 0 {
          columnUnit[j] = bound
        }
      }
      for r in 0..<rowUnit.count where rowUnit[r] == 0 || (r < rowCount && form.rows[r].rhs.isZero) {
        var largest = 0.0
        for j in 0..<flowCount where columnUnit[j] > 0 {
          for entry in form.columns[j].entries where entry.row == r {
            largest = max(largest, entry.coefficient.meanMagnitude * columnUnit[j])
          }
        }
        if rowUnit[r] == 0 { rowUnit[r] = largest }
      }
    }
    let largestLoad = rowUnit.max().map { $0 > 0 ? $0 : 1 } ?? 1
    for r in rowUnit.indices where rowUnit[r] == 0 { rowUnit[r] = largestLoad }
    for j in 0..<flowCount where columnUnit[j] == 0 { columnUnit[j] = largestLoad }
    for s in form.links.indices { columnUnit[flowCount + s] = rowUnit[rowCount + s] }
    rowUnit = rowUnit.map(Self.power)
    columnUnit = columnUnit.map(Self.power)
  }

  private static func log2Exact(_ value: Double) -> Double {
    // exponent and a linear guess within it: units need no more. What overflowed or vanished stays within reason.
    guard value > 0, value.isFinite else { return value > 0 ? 500 : -500 }
    return Double(value.exponent) + (value.significand - 1)
  }

  private static func exp2Exact(_ value: Double) -> Double {
    let value = value.isFinite ? min(max(value, -500), 500) : 0
    let whole = value.rounded(.down)
    return Double(sign: .plus, exponent: Int(whole), significand: 1 + (value - whole))
  }

  private func sizeUnits() -> [Double] {
    var logs = [Double](repeating: 0, count: form.sizes.count)
    var counts = logs
    for (j, column) in form.columns.enumerated() {
      guard let reference = column.reference else { continue }
      let most = column.factor.greatestMagnitude
      guard most > 0 else { continue }
      let value = Self.log2Exact(columnUnit[j] / most)
      for k in members(reference) {
        logs[k] += value
        counts[k] += 1
      }
    }
    for entry in form.sizeEntries {
      let most = entry.coefficient.greatestMagnitude
      guard most > 0 else { continue }
      for k in members(entry.reference) where counts[k] == 0 {
        logs[k] += Self.log2Exact(rowUnit[entry.row] / most)
        counts[k] += 1
      }
    }
    return form.sizes.indices.map { k in
      let unit = counts[k] > 0 ? Self.exp2Exact(logs[k] / counts[k]) : form.sizes[k].width
      return Self.power(min(unit, form.sizes[k].width))
    }
  }

  private func members(_ reference: CapacityReference) -> [Int] {
    switch reference {
    case .one(let k): [k]
    case .byStep(let indices): Set(indices.filter { $0 >= 0 }).map { Int($0) }.sorted()
    }
  }

  private func moneyUnit(_ sizeUnit: [Double]) -> Double {
    let steps = Double(form.steps)
    func median(_ values: [Double]) -> Double {
      let sorted = values.filter { $0 > 0 }.sorted()
      return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
    var hourly = form.columns.enumerated().map { $1.cost.meanMagnitude * columnUnit[$0] }
    let ofSizes = form.sizes.enumerated().map { abs($1.cost) * sizeUnit[$0] / steps }
    let largest = hourly.max() ?? 0
    hourly.removeAll { $0 == 0 }
    return Self.power(max(median(hourly), median(ofSizes), largest / 1000))
  }

  private func scaled() -> BlockForm {
    var result = form
    let sizeUnit = sizeUnits()
    let money = moneyUnit(sizeUnit)
    var sumUnit = [Double](repeating: 0, count: form.sums.count)
    for (j, column) in form.columns.enumerated() {
      for entry in column.sums {
        let part = entry.coefficient.meanMagnitude * columnUnit[j] * Double(form.steps)
        sumUnit[entry.row] = max(sumUnit[entry.row], part)
      }
    }
    for (k, size) in form.sizes.enumerated() {
      for entry in size.sums {
        sumUnit[entry.row] = max(sumUnit[entry.row], abs(entry.coefficient) * sizeUnit[k])
      }
    }
    sumUnit = sumUnit.map(Self.power)
    for j in result.columns.indices {
      let unit = columnUnit[j]
      for e in result.columns[j].entries.indices {
        let r = result.columns[j].entries[e].row
        result.columns[j].entries[e].coefficient = result.columns[j].entries[e].coefficient * (unit / rowUnit[r])
      }
      for e in result.columns[j].sums.indices {
        let r = result.columns[j].sums[e].row
        result.columns[j].sums[e].coefficient = result.columns[j].sums[e].coefficient * (unit / sumUnit[r])
      }
      result.columns[j].cost = result.columns[j].cost * (unit / money)
      result.columns[j].offset = result.columns[j].offset * (1 / unit)
      result.columns[j].implied /= unit
      if let reference = result.columns[j].reference {
        result.columns[j].factor = result.columns[j].factor * bySize(reference, sizeUnit, 1 / unit)
      }
    }
    for r in result.rows.indices { result.rows[r].rhs = result.rows[r].rhs * (1 / rowUnit[r]) }
    for s in result.links.indices {
      result.links[s].rhs = result.links[s].rhs * (1 / rowUnit[form.rows.count + s])
    }
    for e in result.sizeEntries.indices {
      let entry = result.sizeEntries[e]
      result.sizeEntries[e].coefficient =
        (entry.coefficient * bySize(entry.reference, sizeUnit, 1 / rowUnit[entry.row])).compact
    }
    for k in result.sizes.indices {
      result.sizes[k].width /= sizeUnit[k]
      result.sizes[k].cost *= sizeUnit[k] / money
      for e in result.sizes[k].sums.indices {
        result.sizes[k].sums[e].coefficient *= sizeUnit[k] / sumUnit[result.sizes[k].sums[e].row]
      }
    }
    for r in result.sums.indices {
      result.sums[r].rhs /= sumUnit[r]
      result.sums[r].width /= sumUnit[r]
    }
    result.units = .init(rows: rowUnit, columns: columnUnit, sizes: sizeUnit, sums: sumUnit, money: money)
    return result
  }

  /// `factor * unit of the capacity acting`, as a profile.
  private func bySize(_ reference: CapacityReference, _ sizeUnit: [Double], _ factor: Double) -> Profile {
    switch reference {
    case .one(let k): .constant(sizeUnit[k] * factor)
    case .byStep(let indices): Profile.series(indices.map { $0 < 0 ? 0 : sizeUnit[Int($0)] * factor }).compact
    }
  }
}
