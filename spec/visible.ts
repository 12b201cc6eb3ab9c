/**
 * Untrusted text made safe to print: control characters, which steer terminals, and direction overrides, which
 * reorder what follows, are replaced by visible symbols. Line feeds and tabs stay.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\0-\x08\x0b-\x1f]/g, (control) => String.fromCodePoint(0x2400 + control.charCodeAt(0)))
    .replaceAll(
      /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/g,
      (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`,
    )
}

/** At most `most` characters, and how many more there were. */
export function bounded(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length - most} more characters)`
}
