import type { TextLayer } from '../../pages/page.ts'
import type { Understood } from '../reading/read.ts'
import { bounds } from './weights.ts'

/** All pages of a document of ordinary size; of a larger one, pages with names on them, spread over it. */
export function sampleOf(
  planes: TextLayer[],
  { subjects, contents }: Pick<Understood, 'subjects' | 'contents'>,
): TextLayer[] {
  const quantities = planes.reduce(
    (sum, { lines }) =>
      sum +
      lines.reduce(
        (count, { segments }) =>
          segments.reduce((all, segment) => all + contents.get(segment)!.values.length, count),
        0,
      ),
    0,
  )
  const affordable = Math.floor((bounds.mostQuantities / Math.max(1, quantities)) * planes.length)
  const most = Math.min(bounds.mostPages, Math.max(bounds.fewestPages, affordable))
  if (planes.length <= most) return planes
  const named = new Set(subjects.map(({ plane }) => plane))
  const telling = named.size > 0 ? planes.filter((plane) => named.has(plane)) : planes
  const step = Math.ceil(telling.length / most)
  return telling.filter((_, at) => at % step === 0)
}
