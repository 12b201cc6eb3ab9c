import type { TextLayer } from '../../pages/page.ts'
import type { Understood } from '../reading/read.ts'
import { bounds } from '../weights.ts'

/** All pages of a document of ordinary size; of a larger one, pages with names on them, spread over it. */
export function sampleOf(
  layers: TextLayer[],
  { anchors, contents }: Pick<Understood, 'anchors' | 'contents'>,
): TextLayer[] {
  const quantities = layers.reduce(
    (sum, { lines }) =>
      sum +
      lines.reduce(
        (count, { segments }) =>
          segments.reduce((all, segment) => all + contents.get(segment)!.values.length, count),
        0,
      ),
    0,
  )
  const affordable = Math.floor((bounds.mostQuantities / Math.max(1, quantities)) * layers.length)
  const most = Math.min(bounds.mostPages, Math.max(bounds.fewestPages, affordable))
  if (layers.length <= most) return layers
  const named = new Set(anchors.map(({ layer }) => layer))
  const telling = named.size > 0 ? layers.filter((layer) => named.has(layer)) : layers
  const step = Math.ceil(telling.length / most)
  return telling.filter((_, at) => at % step === 0)
}
