import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { ContentInterpreter } from './content-interpreter.ts'
import type { GraphicsState } from './graphics-state.ts'
import { boxAround, identity, intersect, type Matrix, times } from './matrix.ts'
import type { PageContent } from './page-content.ts'

type Operators = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>

const names: (keyof typeof OPS)[] = []
for (const [name, code] of Object.entries(OPS)) names[code] = name as keyof typeof OPS

/** Runs the operators of a page (ISO 32000-2 annex A), as pdf.js lists them, and says what they draw where. */
export function interpretPage(
  page: PDFPageProxy,
  operators: Operators,
  isVisible: (optionalContentGroup: string) => boolean,
): PageContent {
  const interpreter = new ContentInterpreter(page)
  const { transform } = page.getViewport({ scale: 1 })
  const stack: GraphicsState[] = []
  const { fnArray, argsArray } = operators
  for (let index = 0; index < fnArray.length; index += 1) {
    const args = argsArray[index]
    switch (names[fnArray[index]!]) {
      case 'save':
        stack.push({ ...interpreter.state })
        break
      case 'restore':
        interpreter.state = stack.pop() ?? interpreter.state
        break
      case 'transform':
        interpreter.state.ctm = times(interpreter.state.ctm, args)
        break
      case 'paintFormXObjectBegin':
        stack.push({ ...interpreter.state })
        if (args[0]) interpreter.state.ctm = times(interpreter.state.ctm, args[0])
        if (args[1]) {
          const [x0, y0, x1, y1] = args[1]
          interpreter.state.clip = intersect(
            interpreter.state.clip,
            boxAround(interpreter.state.ctm, x0, y0, x1, y1),
          )
        }
        break
      case 'beginAnnotation':
        interpreter.isInAnnotation = true
        stack.push({ ...interpreter.state })
        interpreter.state.ctm = times(times(transform as unknown as Matrix, args[2]), args[3])
        break
      case 'endAnnotation':
        interpreter.isInAnnotation = false
        interpreter.state = stack.pop() ?? interpreter.state
        break
      case 'paintFormXObjectEnd':
        interpreter.state = stack.pop() ?? interpreter.state
        break
      case 'beginGroup':
        stack.push({ ...interpreter.state })
        if (args[0]?.matrix) interpreter.state.ctm = times(interpreter.state.ctm, args[0].matrix)
        break
      case 'endGroup':
        interpreter.state = stack.pop() ?? interpreter.state
        break
      case 'beginMarkedContentProps':
        interpreter.visibility.push(args[0] !== 'OC' || !args[1]?.id || isVisible(args[1].id))
        break
      case 'beginMarkedContent':
        interpreter.visibility.push(true)
        break
      case 'endMarkedContent':
        interpreter.visibility.pop()
        break
      case 'setGState':
        for (const [key, value] of args[0]) {
          if (key === 'ca') interpreter.state.fillAlpha = value
          else if (key === 'CA') interpreter.state.strokeAlpha = value
          else if (key === 'BM') interpreter.state.blend = String(value)
          else if (key === 'Font') [interpreter.state.font, interpreter.state.size] = value
        }
        break
      case 'setFillRGBColor':
        interpreter.state.fill = args[0]
        break
      case 'setStrokeRGBColor':
        interpreter.state.stroke = args[0]
        break
      case 'setFillColorN':
      case 'setFillTransparent':
        interpreter.state.fill = null
        break
      case 'setStrokeColorN':
      case 'setStrokeTransparent':
        interpreter.state.stroke = null
        break
      case 'beginText':
        interpreter.startLine(identity)
        break
      case 'setFont':
        interpreter.state.font = args[0]
        interpreter.state.size = args[1]
        break
      case 'setCharSpacing':
        interpreter.state.charSpace = args[0]
        break
      case 'setWordSpacing':
        interpreter.state.wordSpace = args[0]
        break
      case 'setHScale':
        interpreter.state.scale = args[0] / 100
        break
      case 'setLeading':
        interpreter.state.leading = args[0]
        break
      case 'setTextRise':
        interpreter.state.rise = args[0]
        break
      case 'setTextRenderingMode':
        interpreter.state.mode = args[0]
        break
      case 'setLeadingMoveText':
        interpreter.state.leading = -args[1]
        interpreter.moveLine(args[0], args[1])
        break
      case 'moveText':
        interpreter.moveLine(args[0], args[1])
        break
      case 'setTextMatrix':
        interpreter.startLine(Array.from(args[0] ?? args) as unknown as Matrix)
        break
      case 'nextLine':
        interpreter.moveLine(0, -interpreter.state.leading)
        break
      case 'showText':
      case 'showSpacedText':
        interpreter.showText(args[0])
        break
      case 'nextLineShowText':
      case 'nextLineSetSpacingShowText':
        interpreter.moveLine(0, -interpreter.state.leading)
        interpreter.showText(args.at(-1))
        break
      case 'clip':
      case 'eoClip':
        interpreter.isClipping = true
        break
      case 'constructPath':
        interpreter.constructPath(args[0], args[1]?.[0] ?? null)
        break
      case 'paintImageXObject':
      case 'paintInlineImageXObject':
      case 'paintImageXObjectRepeat':
        interpreter.drawImage(args[0])
        break
      case 'paintImageMaskXObject':
      case 'paintImageMaskXObjectRepeat':
        interpreter.countImage()
        break
    }
  }
  return interpreter.content
}
