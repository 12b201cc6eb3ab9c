import { type Dictionary, isCount, type Value } from './values.ts'

/** Undoes a PNG predictor (ISO 32000-2 §7.4.4.4), which cross-reference and object streams use; others are left. */
export function undoPredictor(
  data: Buffer,
  parameters: Dictionary | undefined,
  resolve: (value: Value | undefined) => Value | undefined,
): Buffer {
  const number = (key: string, otherwise: number) => {
    const value = resolve(parameters?.get(key))
    return isCount(value) && value > 0 ? value : otherwise
  }
  if (number('Predictor', 1) < 10) return data
  const bits = number('Colors', 1) * number('BitsPerComponent', 8)
  const pixel = Math.max(1, bits >> 3)
  const row = (bits * number('Columns', 1) + 7) >> 3
  return row > 0 && row <= data.length ? undoPng(data, row, pixel) : data
}

function undoPng(data: Buffer, row: number, pixel: number): Buffer {
  const rows = Math.floor(data.length / (row + 1))
  const out = Buffer.alloc(rows * row)
  for (let r = 0; r < rows; r++) {
    const type = data[r * (row + 1)]
    const from = r * (row + 1) + 1
    const to = r * row
    for (let i = 0; i < row; i++) {
      const left = i >= pixel ? out[to + i - pixel]! : 0
      const up = r > 0 ? out[to + i - row]! : 0
      const corner = i >= pixel && r > 0 ? out[to + i - row - pixel]! : 0
      out[to + i] = data[from + i]! + predicted(type, left, up, corner)
    }
  }
  return out
}

function predicted(type: number | undefined, left: number, up: number, corner: number): number {
  if (type === 1) return left
  if (type === 2) return up
  if (type === 3) return (left + up) >> 1
  return type === 4 ? paeth(left, up, corner) : 0
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [number, number, number]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
