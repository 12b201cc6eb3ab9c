import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One font file of a family: it holds the glyphs of some code points and no others. */
export interface FontFile {
  id: string
  path: string
  covers(codePoint: number): boolean
}

// Each family is cut into many small files; what a file holds stands in the family's unicode.json.
const scripts: Record<string, string[] | 'numbered'> = {
  'noto-sans': [
    'latin',
    'latin-ext',
    'vietnamese',
    'cyrillic',
    'cyrillic-ext',
    'greek',
    'greek-ext',
    'devanagari',
  ],
  'noto-sans-arabic': ['arabic'],
  'noto-sans-hebrew': ['hebrew'],
  'noto-sans-thai': ['thai'],
  'noto-sans-symbols': ['symbols'],
  'noto-sans-sc': 'numbered',
  'noto-sans-jp': 'numbered',
  'noto-sans-kr': 'numbered',
  'noto-emoji': 'numbered',
}
const general = ['noto-sans', 'noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-thai', 'noto-sans-symbols']

/** Families in the order in which a cluster of `text` is looked up in them. */
export function familiesFor(text: string, isEmoji: boolean): string[] {
  // Unified ideographs have national shapes; the syllables beside them say which are meant.
  const han = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? ['noto-sans-jp', 'noto-sans-sc', 'noto-sans-kr']
    : /\p{Script=Hangul}/u.test(text)
      ? ['noto-sans-kr', 'noto-sans-sc', 'noto-sans-jp']
      : ['noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr']
  return isEmoji ? ['noto-emoji', ...general, ...han] : [...general, ...han, 'noto-emoji']
}

/** Every family there is. */
export const families = Object.keys(scripts)

const shipped = fileURLToPath(new URL('./fonts', import.meta.url))

/** Where a family's files are: beside this module in the package, a development dependency before it is built. */
export function folderOf(family: string): string {
  return existsSync(shipped)
    ? join(shipped, family)
    : dirname(createRequire(import.meta.url).resolve(`@fontsource-variable/${family}/package.json`))
}

const opened = new Map<string, FontFile[]>()

/** The files of a family, as its npm package `@fontsource-variable/<family>` has them. */
export function filesOf(family: string): FontFile[] {
  const known = opened.get(family)
  if (known) return known
  const folder = folderOf(family)
  const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>
  const wanted = scripts[family]!
  const subsets = Object.keys(ranges).filter((key) =>
    wanted === 'numbered' ? key.startsWith('[') : wanted.includes(key),
  )
  const files = subsets.map((key): FontFile => {
    const id = `${family}-${key.replace(/[[\]]/g, '')}`
    const spans = ranges[key]!.split(',').map(parseRange)
    return {
      id,
      path: join(folder, 'files', `${id}-wght-normal.woff2`),
      covers: (codePoint) => spans.some(([first, last]) => first <= codePoint && codePoint <= last),
    }
  })
  opened.set(family, files)
  return files
}

function parseRange(range: string): [number, number] {
  const [first, last] = range.slice(2).split('-')
  return [Number.parseInt(first!, 16), Number.parseInt(last ?? first!, 16)]
}
