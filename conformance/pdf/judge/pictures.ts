import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { PDFParse } from 'pdf-parse'
import { mostPictures } from '../limits.ts'
import type { Box } from '../pages/matrix.ts'
import type { Finding, Judgement } from './judging/finding.ts'

type CanvasLibrary = typeof import('@napi-rs/canvas')
type Context = ReturnType<ReturnType<CanvasLibrary['createCanvas']>['getContext']>

/** The library that pdf-parse draws with: a dependency of pdf-parse, not ours. */
async function canvasOfPdfParse(): Promise<CanvasLibrary> {
  const require = createRequire(import.meta.resolve('pdf-parse'))
  return import(pathToFileURL(require.resolve('@napi-rs/canvas')).href)
}

/** A page drawn as PNG. */
export interface Picture {
  page: number
  png: Uint8Array
}

const scale = 2
const green = '#1a7f37'
const red = '#cf222e'

/** The pages as PNG: confirmed figures in green; findings in red, with what was expected. */
export async function drawPages(
  bytes: Uint8Array,
  judgement: Judgement,
  most = mostPictures,
): Promise<Picture[]> {
  const { createCanvas, loadImage } = await canvasOfPdfParse()
  const parser = new PDFParse({ data: Uint8Array.from(bytes), verbosity: 0 })
  try {
    const { pages } = await parser.getScreenshot({
      scale,
      first: most,
      imageBuffer: true,
      imageDataUrl: false,
    })
    const pictures: Picture[] = []
    for (const { data, pageNumber } of pages) {
      const image = await loadImage(Buffer.from(data))
      const canvas = createCanvas(image.width, image.height)
      const context = canvas.getContext('2d')
      context.drawImage(image, 0, 0)
      mark(context, image.width, pageNumber, judgement)
      pictures.push({ page: pageNumber, png: canvas.toBuffer('image/png') })
    }
    return pictures
  } finally {
    await parser.destroy()
  }
}

function mark(context: Context, width: number, page: number, { findings, confirmed }: Judgement): void {
  for (const { box } of confirmed.filter((each) => each.page === page)) {
    frame(context, box, green, 1.5)
    context.fillStyle = `${green}18`
    context.fillRect(box.x0 * scale, box.y0 * scale, (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale)
  }
  const taken: Box[] = []
  for (const { box, ...finding } of findings.filter((each) => each.page === page)) {
    if (!box) continue
    frame(context, box, red, 3)
    const label = [
      labelOf(finding),
      finding.expected === undefined ? '' : `expected ${finding.expected}`,
      finding.found === undefined ? '' : `found ${finding.found.slice(0, 40)}`,
    ]
    note(context, width, box, label.filter(Boolean).join(', '), taken)
  }
}

function labelOf({ kind, field }: Omit<Finding, 'box'>): string {
  const [first, ...rest] = field?.split('.') ?? []
  const type = rest.at(-1)
  if (type === undefined) return kind.replace('-', ' ')
  if (first === 'limits') return `${type} limit`
  return rest[0] === 'subtree_usage' ? `${type} with all below` : `${type} usage`
}

function frame(context: Context, box: Box, color: string, line: number): void {
  context.strokeStyle = color
  context.lineWidth = line
  const [x, y] = [box.x0 * scale - 3, box.y0 * scale - 2]
  context.strokeRect(x, y, (box.x1 - box.x0) * scale + 6, (box.y1 - box.y0) * scale + 4)
}

/** A label beside the box, moved down until it covers no earlier label. */
function note(context: Context, width: number, box: Box, text: string, taken: Box[]): void {
  context.font = '14px Roboto, Arial, "DejaVu Sans", "Liberation Sans", sans-serif'
  const labelWidth = context.measureText(text).width + 12
  const x0 = Math.max(4, Math.min(box.x1 * scale + 8, width - labelWidth - 4))
  let y0 = box.y0 * scale - 4
  const hits = (other: Box) =>
    x0 < other.x1 && other.x0 < x0 + labelWidth && y0 < other.y1 && other.y0 < y0 + 20
  for (let tries = 0; tries < 40 && taken.some(hits); tries += 1) y0 += 21
  taken.push({ x0, y0, x1: x0 + labelWidth, y1: y0 + 20 })
  context.fillStyle = red
  context.fillRect(x0, y0, labelWidth, 20)
  context.fillStyle = '#ffffff'
  context.fillText(text, x0 + 6, y0 + 15)
}
