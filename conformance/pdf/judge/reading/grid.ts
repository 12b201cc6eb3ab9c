import type { Box } from '../../pages/matrix.ts'

/** Cells of a table's body that stand below each other: from where to where they reach. */
export interface Band {
  x0: number
  x1: number
  cells: number
  /** How many of its cells hold figures, and how many name organizations. */
  figures: number
  names: number
}

export interface GridCell extends Pick<Box, 'x0' | 'x1'> {
  hasFigures: boolean
  hasNames: boolean
}

/** As many of a hundred rows may have a cell that reaches into the next column. */
const strays = 5

/** The columns of a table's body: where cells stand below each other in more than a few rows. */
export function bandsOf(rows: GridCell[][]): Band[] {
  const tabular = rows.filter((row) => row.length > 1 && row.some(({ hasFigures }) => hasFigures))
  const cells = tabular.flat()
  const few = Math.floor((strays * tabular.length) / 100)
  const starts = Float64Array.from(cells, ({ x0 }) => x0).sort()
  const ends = Float64Array.from(cells, ({ x1 }) => x1 - 0.5).sort()
  const bands: Band[] = []
  let open: number | undefined
  for (let [started, ended] = [0, 0]; ended < ends.length; ) {
    const isStart = started < starts.length && starts[started]! < ends[ended]!
    const x = isStart ? starts[started++]! : ends[ended++]!
    if (started - ended > few) open ??= x
    else if (open !== undefined) {
      bands.push({ x0: open, x1: x + 0.5, cells: 0, figures: 0, names: 0 })
      open = undefined
    }
  }
  for (const { x0, x1, hasFigures, hasNames } of cells) {
    const over = bands.filter((band) => band.x0 < x1 && x0 < band.x1)
    const [band] = over
    if (!band || over.length > 1) continue
    band.cells += 1
    if (hasFigures) band.figures += 1
    if (hasNames) band.names += 1
  }
  return bands
}

/** How far a column may stand aside of its head, as a share of the usual distance between heads. */
const reach = 0.75

/**
 * Which head each column stands under, by index: in the order of both, each head with at most one column, so that
 * together they stand aside as little as possible. Heads may be centred, or set to the other side than their cells.
 */
export function headsOf(bands: Band[], heads: Pick<Box, 'x0' | 'x1'>[]): (number | undefined)[] {
  const pitch = pitchOf(heads)
  const alone = reach * pitch
  const apart = (band: Band, head: Pick<Box, 'x0' | 'x1'>) => {
    const away = Math.min(
      Math.abs(band.x0 - head.x0),
      Math.abs(band.x1 - head.x1),
      Math.abs(band.x0 + band.x1 - head.x0 - head.x1) / 2,
    )
    // Words name a column of their own only right below its head: elsewhere they are labels of rows.
    return band.figures > 0 || away < 0.2 * pitch ? away : Number.POSITIVE_INFINITY
  }
  // Least cost of pairing the first i columns with the first j heads.
  const costs = Array.from({ length: bands.length + 1 }, () => new Array<number>(heads.length + 1).fill(0))
  const at = (i: number, j: number) => costs[i]![j]!
  for (let i = 0; i <= bands.length; i += 1)
    for (let j = 0; j <= heads.length; j += 1) {
      if (i === 0 && j === 0) continue
      const skipBand =
        i > 0 ? at(i - 1, j) + (bands[i - 1]!.figures > 0 ? alone : 0) : Number.POSITIVE_INFINITY
      const skipHead = j > 0 ? at(i, j - 1) + 0.25 * pitch : Number.POSITIVE_INFINITY
      const pair =
        i > 0 && j > 0 ? at(i - 1, j - 1) + apart(bands[i - 1]!, heads[j - 1]!) : Number.POSITIVE_INFINITY
      costs[i]![j] = Math.min(skipBand, skipHead, pair)
    }
  const found = new Array<number | undefined>(bands.length).fill(undefined)
  let [i, j] = [bands.length, heads.length]
  while (i > 0 && j > 0) {
    const cost = at(i, j)
    if (cost === at(i - 1, j - 1) + apart(bands[i - 1]!, heads[j - 1]!)) {
      found[i - 1] = j - 1
      i -= 1
      j -= 1
    } else if (cost === at(i, j - 1) + 0.25 * pitch) j -= 1
    else i -= 1
  }
  return found
}

function pitchOf(heads: Pick<Box, 'x0' | 'x1'>[]): number {
  const middles = heads.map(({ x0, x1 }) => (x0 + x1) / 2)
  const steps = middles.slice(1).map((middle, at) => middle - middles[at]!)
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 60
}
