/** A code span; a backtick in it would end it. */
export const code = (value: string) => `\`${value.replaceAll('`', "'")}\``

/** Escapes text that may come from a contract or a deployment, so that it is neither markup nor a mention. */
export const text = (value: string) =>
  value
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>|~#@]/g, (character) => (character === '<' ? '&lt;' : `\\${character}`))
