import { mkdirSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { type Defect, mutations, rowsOf } from '../corpus/mutations.ts'
import { organizationsOf, randomFrom } from '../corpus/organizations.ts'
import { wordings } from '../corpus/wordings.ts'
import { documents } from './documents.ts'
import { styles } from './styles.ts'

// Prints reports that nobody has tuned the judge to: documents, styles and wordings combined at random, every second
// one with a defect. `node lab/judge/prints/make.ts FOLDER [count] [seed]`, then `measure.ts --folder FOLDER`.
const [folder = 'prints', count = '100', seed = '1'] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const random = randomFrom(Number(seed))
const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage()
const manifest: unknown[] = []
for (let at = 0; at < Number(count); at += 1) {
  const [layout, style, wording] = [documents, styles, wordings].map((table) => pick(Object.keys(table)))
  const organizations = organizationsOf(Number(seed) * 10_000 + at, pick([4, 9, 25, 60]))
  const rows = rowsOf(organizations, wordings[wording!]!)
  const mutation = at % 2 === 1 ? pick(Object.keys(mutations)) : null
  let defect: Defect | null = null
  if (mutation) {
    defect = mutations[mutation]!(rows, organizations, wordings[wording!]!, random)
    if (!defect) continue
  }
  const body = documents[layout!]!(rows, wordings[wording!]!)
  await page.setContent(`<meta charset="utf-8"><style>${styles[style!]}</style><h1>Usage</h1>${body}`)
  const file = [String(at).padStart(3, '0'), layout, style, wording, ...(mutation ? [mutation] : [])]
    .join('-')
    .replaceAll(' ', '-')
  writeFileSync(
    `${folder}/${file}.pdf`,
    await page.pdf({ format: 'A4', margin: { top: '40px', bottom: '40px', left: '40px', right: '40px' } }),
  )
  manifest.push({
    file: `${file}.pdf`,
    organizations,
    verdict: defect ? 'nonconforming' : 'conforming',
    defect,
  })
}
await browser.close()
writeFileSync(`${folder}/manifest.json`, JSON.stringify(manifest))
