import TulouQuantities

extension SurfaceExplorer {
  /// The first pair and measure as SVG: places side by side, whatever lies between them.
  func drawing(width: Double) -> Drawing {
    let pair = first
    let (xSize, ySize) = pairs[pair]
    let (xTexts, xUnit) = labels(xSize), (yTexts, yUnit) = labels(ySize)
    let shown = cells.filter { $0.pair == pair }
    let values = shown.filter(\.isFeasible).map { $0.values[0] }.filter(\.isFinite)
    let low = values.min() ?? 0, high = max(values.max() ?? 1, low + 1e-9 * max(1, abs(low)))
    let scale = scale(0)
    let left = 20 + (yTexts.map(\.drawnWidth).max() ?? 2) * Frame.font, right = width - 110
    let top = 26.0, bottom = top + max(200, min(340, 30 * Double(yTexts.count)))
    let wide = (right - left) / Double(max(1, xTexts.count)), tall = (bottom - top) / Double(max(1, yTexts.count))
    var drawing = Drawing(width: width, height: bottom + 44)
    for cell in shown {
      let fill =
        cell.isFeasible
        ? Ramp.colour((cell.values[0] - low) / (high - low)).hex : Colour.lost.hex
      let x = left + Double(cell.x) * wide, y = bottom - Double(cell.y + 1) * tall
      drawing.rectangle(
        x: x, y: y, width: wide - 1, height: tall - 1, fill: fill,
        title: cell.isFeasible ? cell.name + ": " + Scale.text(cell.values[0], measures[0].unit) : broken)
      guard !cell.isFeasible else { continue }
      // A cross besides the grey, for print and for eyes that see no difference.
      drawing.line(
        x + wide * 0.4, y + tall * 0.35, x + wide * 0.6, y + tall * 0.65, style: "stroke=\"#666\" stroke-width=\"1\"")
      drawing.line(
        x + wide * 0.6, y + tall * 0.35, x + wide * 0.4, y + tall * 0.65, style: "stroke=\"#666\" stroke-width=\"1\"")
    }
    let everyX = max(1, Int(saturating: (44 / wide).rounded(.up))),
      everyY = max(1, Int(saturating: (18 / tall).rounded(.up)))
    for (i, text) in xTexts.enumerated() where i % everyX == 0 {
      drawing.text(text, x: left + (Double(i) + 0.5) * wide, y: bottom + 17, anchor: .middle, kind: "m")
    }
    for (i, text) in yTexts.enumerated() where i % everyY == 0 {
      drawing.text(text, x: left - 6, y: bottom - (Double(i) + 0.5) * tall + 4, anchor: .end, kind: "m")
    }
    drawing.text(Frame.label(sizes[ySize].column.title, yUnit), x: 4, y: 12, kind: "m")
    drawing.text(
      Frame.label(sizes[xSize].column.title, xUnit), x: (left + right) / 2, y: bottom + 37, anchor: .middle, kind: "m")
    let steps = 20, barTop = top + 18
    let part = (bottom - barTop) / Double(steps)
    for i in 0..<steps {
      drawing.rectangle(
        x: right + 14, y: bottom - part * Double(i + 1), width: 14, height: part + 0.4,
        fill: Ramp.colour((Double(i) + 0.5) / Double(steps)).hex)
    }
    drawing.text(scale.unit, x: right + 14, y: top + 8, kind: "m")
    for share in [0.0, 0.5, 1.0] {
      drawing.text(
        NumberText.significant((low + (high - low) * share) / scale.factor, digits: 4), x: right + 32,
        y: bottom - (bottom - barTop) * share + 4, kind: "m")
    }
    return drawing
  }
}
