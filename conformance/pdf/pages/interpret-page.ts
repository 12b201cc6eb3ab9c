import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { ContentInterpreter, type GraphicsState } from './content-interpreter.ts'
import { boxAround, identity, intersect, type Matrix, times } from './matrix.ts'
import { hideCovered } from './occlusion.ts'
import type { PageContent } from './page-content.ts'

type Operators = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>

const names: (keyof typeof OPS)[] = []
for (const [name, code] of Object.entries(OPS)) names[code] = name as keyof typeof OPS

/** Follows the page's drawing operators and notes text, areas and lines as they come to stand on the page. */
export function interpretPage(
  page: PDFPageProxy,
  operators: Operators,
  layers: (id: string) => boolean,
): PageContent {
  const pen = new ContentInterpreter(page)
  const { transform } = page.getViewport({ scale: 1 })
  const stack: GraphicsState[] = []
  const { fnArray, argsArray } = operators
  for (let index = 0; index < fnArray.length; index += 1) {
    const args = argsArray[index]
    switch (names[fnArray[index]!]) {
      case 'save':
        stack.push({ ...pen.state })
        break
      case 'restore':
        pen.state = stack.pop() ?? pen.state
        break
      case 'transform':
        pen.state.ctm = times(pen.state.ctm, args)
        break
      case 'paintFormXObjectBegin':
        stack.push({ ...pen.state })
        if (args[0]) pen.state.ctm = times(pen.state.ctm, args[0])
        if (args[1]) {
          const [x0, y0, x1, y1] = args[1]
          pen.state.clip = intersect(pen.state.clip, boxAround(pen.state.ctm, x0, y0, x1, y1))
        }
        break
      case 'beginAnnotation':
        stack.push({ ...pen.state })
        pen.state.ctm = times(times(transform as unknown as Matrix, args[2]), args[3])
        break
      case 'paintFormXObjectEnd':
      case 'endAnnotation':
        pen.state = stack.pop() ?? pen.state
        break
      case 'beginGroup':
        stack.push({ ...pen.state })
        if (args[0]?.matrix) pen.state.ctm = times(pen.state.ctm, args[0].matrix)
        break
      case 'endGroup':
        pen.state = stack.pop() ?? pen.state
        break
      case 'beginMarkedContentProps':
        pen.visibility.push(args[0] !== 'OC' || !args[1]?.id || layers(args[1].id))
        break
      case 'beginMarkedContent':
        pen.visibility.push(true)
        break
      case 'endMarkedContent':
        pen.visibility.pop()
        break
      case 'setGState':
        for (const [key, value] of args[0]) {
          if (key === 'ca') pen.state.fillAlpha = value
          else if (key === 'CA') pen.state.strokeAlpha = value
          else if (key === 'BM') pen.state.blend = String(value)
          else if (key === 'Font') [pen.state.font, pen.state.size] = value
        }
        break
      case 'setFillRGBColor':
        pen.state.fill = args[0]
        break
      case 'setStrokeRGBColor':
        pen.state.stroke = args[0]
        break
      case 'setFillColorN':
      case 'setFillTransparent':
        pen.state.fill = null
        break
      case 'setStrokeColorN':
      case 'setStrokeTransparent':
        pen.state.stroke = null
        break
      case 'beginText':
        pen.text = identity
        pen.line = identity
        break
      case 'setFont':
        pen.state.font = args[0]
        pen.state.size = args[1]
        break
      case 'setCharSpacing':
        pen.state.charSpace = args[0]
        break
      case 'setWordSpacing':
        pen.state.wordSpace = args[0]
        break
      case 'setHScale':
        pen.state.scale = args[0] / 100
        break
      case 'setLeading':
        pen.state.leading = args[0]
        break
      case 'setTextRise':
        pen.state.rise = args[0]
        break
      case 'setTextRenderingMode':
        pen.state.mode = args[0]
        break
      case 'setLeadingMoveText':
        pen.state.leading = -args[1]
        pen.line = times(pen.line, [1, 0, 0, 1, args[0], args[1]])
        pen.text = pen.line
        break
      case 'moveText':
        pen.line = times(pen.line, [1, 0, 0, 1, args[0], args[1]])
        pen.text = pen.line
        break
      case 'setTextMatrix':
        pen.line = Array.from(args[0] ?? args) as unknown as Matrix
        pen.text = pen.line
        break
      case 'nextLine':
        pen.line = times(pen.line, [1, 0, 0, 1, 0, -pen.state.leading])
        pen.text = pen.line
        break
      case 'showText':
      case 'showSpacedText':
        pen.show(args[0])
        break
      case 'nextLineShowText':
      case 'nextLineSetSpacingShowText':
        pen.line = times(pen.line, [1, 0, 0, 1, 0, -pen.state.leading])
        pen.text = pen.line
        pen.show(args.at(-1))
        break
      case 'clip':
      case 'eoClip':
        pen.clipping = true
        break
      case 'constructPath':
        pen.path(args[0], args[1]?.[0] ?? null)
        break
      case 'paintImageXObject':
      case 'paintInlineImageXObject':
      case 'paintImageXObjectRepeat':
        pen.picture(args[0])
        break
      case 'paintImageMaskXObject':
      case 'paintImageMaskXObjectRepeat':
        pen.result.images += 1
        break
    }
  }
  hideCovered(pen.result, pen.orders)
  return pen.result
}
