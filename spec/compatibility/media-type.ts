/** A media type or a range of them, as `content` names it (OAS 3.0.3 §4.7.13): `text/plain; charset=utf-8`, `image/*`. */
interface MediaType {
  name: string
  parameters: string[]
}

/**
 * One spelling of a name: upper case and blanks do not matter (RFC 9110 §8.3.1), and JSON knows no `charset`
 * (RFC 8259 §11).
 */
export function mediaTypeName(text: string): string {
  const { name, parameters } = parsed(text)
  return [name, ...parameters].join(';')
}

/** Whether the first says the second as well and more: `text/*` or `text/plain` of `text/plain; charset=utf-8`. */
export function isWider(wide: string, narrow: string): boolean {
  const [range, type] = [parsed(wide), parsed(narrow)]
  const pattern = range.name.replace(/\*$/, '')
  const contains =
    range.name === type.name ||
    range.name === '*/*' ||
    (pattern !== range.name && type.name.startsWith(pattern))
  const holds = range.parameters.every((parameter) => type.parameters.includes(parameter))
  return contains && holds && mediaTypeName(wide) !== mediaTypeName(narrow)
}

function parsed(text: string): MediaType {
  const [name = '', ...parameters] = text
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const isJson = /[/+]json$/.test(name)
  return {
    name,
    parameters: parameters.filter((parameter) => !(isJson && parameter.startsWith('charset='))).sort(),
  }
}
