import { visible } from '../../../../spec/visible.ts'

/** HTML that is safe to write: only the templates of this suite make it. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Markup | false | undefined | Part[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template in which everything but nested templates is escaped, for text and quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + write(parts[index - 1]) + string))
}

function write(part: Part): string {
  if (part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(write).join('')
  if (part instanceof Markup) return part.text
  return visible(String(part)).replaceAll(/[&<>"']/g, (character) => entities[character]!)
}
