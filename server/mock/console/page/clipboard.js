import { say } from './elements.js'

/** Copies text, and says so: `what` as in "a token for viewer". */
export async function copy(what, text) {
  // Browsers provide the clipboard only to pages of localhost or over TLS.
  if (!navigator.clipboard) return void prompt(`Copy ${what}:`, text)
  await navigator.clipboard.writeText(text)
  say(`Copied ${what}.`)
}
