import { PDFParse } from 'pdf-parse'
import { mostPictures } from '../../limits.ts'
import type { Judgement } from '../judging/finding.ts'
import { canvasOfPdfParse, scale } from './canvas.ts'
import { legendHeight, markCompeting } from './competing.ts'
import { disputesOn, titleOf } from './disputes.ts'
import { markFindings } from './findings.ts'

/** A page drawn as PNG. */
export interface Picture {
  page: number
  png: Uint8Array
}

/** The pages with what is as expected, what is wrong, and what could not be decided marked on them. */
export async function drawPages(
  bytes: Uint8Array,
  judgement: Judgement,
  most = mostPictures,
): Promise<Picture[]> {
  const { createCanvas, loadImage } = await canvasOfPdfParse()
  const parser = new PDFParse({ data: Uint8Array.from(bytes), verbosity: 0 })
  const { competing } = judgement
  try {
    const { pages } = await parser.getScreenshot({
      scale,
      first: most,
      imageBuffer: true,
      imageDataUrl: false,
    })
    const pictures: Picture[] = []
    for (const { data, pageNumber: page } of pages) {
      const image = await loadImage(Buffer.from(data))
      const disputes = competing ? disputesOn(page, competing) : []
      const canvas = createCanvas(image.width, image.height + legendHeight(disputes))
      const context = canvas.getContext('2d')
      context.drawImage(image, 0, 0)
      markFindings(context, image.width, page, judgement)
      if (competing && disputes.length > 0) markCompeting(context, image, page, disputes, titleOf(competing))
      pictures.push({ page, png: canvas.toBuffer('image/png') })
    }
    return pictures
  } finally {
    await parser.destroy()
  }
}
