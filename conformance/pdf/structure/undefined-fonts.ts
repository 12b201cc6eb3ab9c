import { Keyword, Lexer } from './lexer.ts'
import type { PdfObjects } from './objects.ts'
import type { Leaf } from './pages.ts'
import type { Problem } from './problem.ts'
import { type Dictionary, dictionaryOf, isName, Name, Stream } from './values.ts'

/** Forms inside each other that are followed. */
const deepestForm = 12

const selection = /\/([^\s()<>[\]{}/%]{0,200})\s{1,20}[-+.\d]{1,30}\s{1,20}Tf/g
const shows = new Set(['Tj', 'TJ', "'", '"'])

/**
 * Text set in fonts that the resources do not define (ISO 32000-2 §9.3.1): readers show nothing in its place, an error,
 * or a font of their own.
 */
export function findUndefinedFonts(objects: PdfObjects, leaves: Leaf[]): Problem[] {
  const names = new Set<string>()
  const pages = leaves.flatMap(({ page, resources }, index) => {
    const found = fontsOfContent(objects, contentOf(objects, page), resources, [])
    for (const name of found) names.add(name)
    return found.length > 0 ? [index + 1] : []
  })
  if (pages.length === 0) return []
  const listed = [...names].slice(0, 5).map((name) => `/${name}`)
  const where = `${pages.slice(0, 5).join(', ')}${pages.length > 5 ? ', …' : ''}`
  const message = `text on page ${where} of ${leaves.length} is set in ${listed.join(', ')}, which no font resource defines`
  return [{ code: 'undefined-font', severity: 'defect', section: '9.3.1', message }]
}

/** The names of undefined fonts in which the content shows text, and the forms that it draws. */
function fontsOfContent(
  objects: PdfObjects,
  content: string,
  resources: Dictionary | undefined,
  inside: Stream[],
): string[] {
  const fonts = objects.dictionary(resources, 'Font')
  const isDefined = (name: string) => dictionaryOf(objects.get(fonts, name)) !== undefined
  // Reading content token by token takes long: it is left out where every name that may be one of a font is defined.
  const isSuspect = [...content.matchAll(selection)].some(([, name = '']) => !isDefined(name))
  const own = isSuspect ? undefinedIn(content, isDefined) : []
  const forms = objects.dictionary(resources, 'XObject') ?? new Map()
  const drawn = [...forms.keys()].flatMap((name) => {
    const form = objects.get(forms, name)
    const isForm = form instanceof Stream && isName(objects.get(form.dictionary, 'Subtype'), 'Form')
    return isForm && content.includes(`/${name} `) ? [form] : []
  })
  if (inside.length === deepestForm) return own
  return [
    ...own,
    ...drawn.flatMap((form) =>
      inside.some(({ start }) => start === form.start)
        ? []
        : fontsOfContent(
            objects,
            textOf(objects, form),
            // A form without resources has those of the page (ISO 32000-2 §7.8.3).
            objects.dictionary(form.dictionary, 'Resources') ?? resources,
            [...inside, form],
          ),
    ),
  ]
}

function undefinedIn(content: string, isDefined: (name: string) => boolean): string[] {
  const found = new Set<string>()
  const lexer = new Lexer(content, 0)
  const saved: (string | undefined)[] = []
  let font: string | undefined
  let name: string | undefined
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    if (token instanceof Name) name = token.value
    if (!(token instanceof Keyword)) continue
    const { value } = token
    if (value === 'Tf') font = name === undefined || isDefined(name) ? undefined : name
    // Its dictionary may set the font as well.
    else if (value === 'gs') font = undefined
    else if (value === 'q') saved.push(font)
    else if (value === 'Q') font = saved.pop()
    else if (value === 'ID') lexer.position = endOfInlineImage(content, lexer.position)
    else if (shows.has(value) && font !== undefined) found.add(font)
  }
  return [...found]
}

function endOfInlineImage(content: string, from: number): number {
  const end = /\sEI(?=\s|$)/g
  end.lastIndex = from
  return end.exec(content) ? end.lastIndex : content.length
}

/** The content of a page: one stream, or several that are read as one (ISO 32000-2 §7.8.2). */
function contentOf(objects: PdfObjects, page: Dictionary): string {
  const contents = objects.get(page, 'Contents')
  const streams = Array.isArray(contents) ? contents.map(objects.resolve) : [contents]
  return streams.map((stream) => (stream instanceof Stream ? textOf(objects, stream) : '')).join('\n')
}

/** Empty where the stream cannot be decoded, or too much was read before. */
function textOf(objects: PdfObjects, stream: Stream): string {
  const { data } = objects.decode(stream)
  return data && objects.budget.readSyntax(data.length) ? data.toString('latin1') : ''
}
