/**
 * Each row of equal width as what differs from the one before (ISO 32000-1 §7.4.4.4, PNG "up"). Rows that count upwards
 * are alike then, and compress well.
 */
export function differencesOf(data: Buffer, width: number): Buffer {
  const rows = data.length / width
  const coded = Buffer.alloc(rows * (width + 1))
  for (let row = 0; row < rows; row++) {
    coded[row * (width + 1)] = 2
    for (let at = 0; at < width; at++) {
      const place = row * width + at
      coded[row * (width + 1) + 1 + at] = data[place]! - (row === 0 ? 0 : data[place - width]!)
    }
  }
  return coded
}
