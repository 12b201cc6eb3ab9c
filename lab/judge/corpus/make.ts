import { mkdirSync, writeFileSync } from 'node:fs'
import { type Draw, layouts } from './layouts.ts'
import { type Defect, mutations, rowsOf, type Wording } from './mutations.ts'
import { organizationsOf, randomFrom, renamed } from './organizations.ts'
import { rareLayouts } from './rare-layouts.ts'
import { wordings } from './wordings.ts'

/** A file of the corpus, with what must be said of it. */
export interface CorpusEntry {
  file: string
  /** Of its organizations, and of the random choices of its defect. */
  seed: number
  /** Names of the first organizations, where they are not the seed's own. */
  names?: readonly string[]
  verdict: 'conforming' | 'nonconforming'
  defect: Defect | null
}

interface CorpusFile extends CorpusEntry {
  bytes: Buffer
}

/** Organizations in each report. */
const size = 9

/** A right report, and one with each of these mutations that its figures allow. */
async function reportsOf(
  name: string,
  draw: Draw,
  wording: Wording,
  seed: number,
  kinds: readonly string[],
): Promise<CorpusFile[]> {
  const organizations = organizationsOf(seed, size)
  const right = rowsOf(organizations, wording)
  const files: CorpusFile[] = [
    { file: `${name}.pdf`, seed, verdict: 'conforming', defect: null, bytes: await draw(right, wording) },
  ]
  for (const kind of kinds) {
    const rows = structuredClone(right)
    const defect = mutations[kind]!(rows, organizations, wording, randomFrom(seed))
    if (!defect) continue
    const file = `${name}-${kind.replaceAll(' ', '-')}.pdf`
    files.push({ file, seed, verdict: 'nonconforming', defect, bytes: await draw(rows, wording) })
  }
  return files
}

/** Every layout in three wordings; two mutations each, in turn. */
async function commonReports(): Promise<CorpusFile[]> {
  const kinds = Object.keys(mutations)
  const files: CorpusFile[] = []
  let turn = 0
  for (const [layout, draw] of Object.entries(layouts))
    for (const style of ['plain', 'both', 'german'] as const) {
      const chosen = [turn, turn + 4].map((at) => kinds[at % kinds.length]!)
      files.push(...(await reportsOf(`${layout}-${style}`, draw, wordings[style]!, 100 + turn, chosen)))
      turn += 1
    }
  return files
}

/** Right reports that a reader of tables or of names may take for something else. */
async function ambiguousReports(): Promise<CorpusFile[]> {
  const seed = 200
  const wording = wordings.plain!
  const labels = ['Users', 'Total']
  const files: CorpusFile[] = []
  for (const [file, draw, names] of [
    ['tiles.pdf', rareLayouts.tiles!, []],
    ['turnedHeads.pdf', rareLayouts.turnedHeads!, []],
    ['miniTables-label-names.pdf', layouts.miniTables!, labels],
    ['longTable-label-names.pdf', layouts.longTable!, labels],
  ] as const) {
    const rows = rowsOf(renamed(organizationsOf(seed, size), names), wording)
    files.push({ file, seed, names, verdict: 'conforming', defect: null, bytes: await draw(rows, wording) })
  }
  return files
}

async function rareReports(): Promise<CorpusFile[]> {
  const files: CorpusFile[] = []
  for (const [layout, wording, kinds] of [
    ['centredHeads', 'basque', ['wrong limit', 'zero as unlimited', 'foreign organization']],
    [
      'overview',
      'plain',
      ['wrong usage', 'missing organization', 'garbled name', 'foreign organization', 'repeated row'],
    ],
    ['abreast', 'german', ['swapped rows', 'limit lost']],
  ] as const)
    files.push(...(await reportsOf(layout, rareLayouts[layout]!, wordings[wording]!, 300, kinds)))
  return files
}

/** Writes the corpus into a folder: the files, and `manifest.json` with an entry for each. */
export async function makeCorpus(folder: URL): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const files = [...(await commonReports()), ...(await ambiguousReports()), ...(await rareReports())]
  for (const { file, bytes } of files) writeFileSync(new URL(file, folder), bytes)
  const manifest = files.map(({ bytes: _, ...entry }): CorpusEntry => entry)
  writeFileSync(new URL('manifest.json', folder), `${JSON.stringify(manifest, null, 2)}\n`)
}

if (import.meta.main) await makeCorpus(new URL('./files/', import.meta.url))
