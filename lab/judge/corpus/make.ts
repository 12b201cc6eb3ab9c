import { mkdirSync, writeFileSync } from 'node:fs'
import { layouts } from './layouts.ts'
import { mutations, show } from './mutations.ts'
import { organizationsOf, randomFrom, renamed } from './organizations.ts'
import { rareLayouts } from './rare-layouts.ts'
import { wordings } from './wordings.ts'

/** Writes `files/`: for every layout a right file and wrong ones, with what must be said of them. */
const folder = new URL('./files/', import.meta.url)
mkdirSync(folder, { recursive: true })
const kinds = Object.keys(mutations)
const manifest = []
let turn = 0
for (const [layout, draw] of Object.entries(layouts))
  for (const style of ['plain', 'both', 'german'] as const) {
    const seed = 100 + turn
    const organizations = organizationsOf(seed, 9)
    const name = `${layout}-${style}`
    const right = show(organizations, wordings[style]!)
    writeFileSync(new URL(`${name}.pdf`, folder), await draw(right, wordings[style]!))
    manifest.push({ file: `${name}.pdf`, seed, verdict: 'conforming', defect: null })
    for (const kind of [kinds[turn % kinds.length]!, kinds[(turn + 4) % kinds.length]!]) {
      const shown = structuredClone(right)
      const defect = mutations[kind]!(shown, organizations, wordings[style]!, randomFrom(seed))
      if (!defect) continue
      const file = `${name}-${kind.replaceAll(' ', '-')}.pdf`
      writeFileSync(new URL(file, folder), await draw(shown, wordings[style]!))
      manifest.push({ file, seed, verdict: 'nonconforming', defect })
    }
    turn += 1
  }
const named = ['Users', 'Total']
for (const [file, draw, names] of [
  ['tiles.pdf', rareLayouts.tiles!, []],
  ['turnedHeads.pdf', rareLayouts.turnedHeads!, []],
  ['miniTables-label-names.pdf', layouts.miniTables!, named],
  ['longTable-label-names.pdf', layouts.longTable!, named],
] as const) {
  const organizations = renamed(organizationsOf(200, 9), names)
  writeFileSync(new URL(file, folder), await draw(show(organizations, wordings.plain!), wordings.plain!))
  manifest.push({ file, seed: 200, names, verdict: 'conforming', defect: null })
}
for (const [layout, wording, kinds] of [
  ['centredHeads', 'basque', ['wrong limit', 'zero as unlimited', 'foreign organization']],
  [
    'overview',
    'plain',
    ['wrong usage', 'missing organization', 'garbled name', 'foreign organization', 'repeated row'],
  ],
  ['abreast', 'german', ['swapped rows', 'limit lost']],
] as const) {
  const seed = 300
  const style = wordings[wording]!
  const draw = rareLayouts[layout]!
  const organizations = organizationsOf(seed, 9)
  const right = show(organizations, style)
  writeFileSync(new URL(`${layout}.pdf`, folder), await draw(right, style))
  manifest.push({ file: `${layout}.pdf`, seed, verdict: 'conforming', defect: null })
  for (const kind of kinds) {
    const shown = structuredClone(right)
    const defect = mutations[kind]!(shown, organizations, style, randomFrom(seed))
    if (!defect) continue
    const file = `${layout}-${kind.replaceAll(' ', '-')}.pdf`
    writeFileSync(new URL(file, folder), await draw(shown, style))
    manifest.push({ file, seed, verdict: 'nonconforming', defect })
  }
}
writeFileSync(new URL('manifest.json', folder), `${JSON.stringify(manifest, null, 2)}\n`)
