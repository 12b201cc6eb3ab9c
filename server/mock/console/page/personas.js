import { control, tokenFor } from './control.js'
import { byId, element, fillSelect, say } from './elements.js'

const defects = [
  ['', 'Valid for an hour'],
  ['expired', 'Expired'],
  ['not-yet-valid', 'Not yet valid'],
  ['wrong-audience', 'Wrong audience'],
  ['wrong-issuer', 'Wrong issuer'],
  ['wrong-signature', 'Wrong signature'],
  ['wrong-type', 'Wrong type'],
  ['without-subject', 'Without a subject'],
  ['alg-none', 'Unsigned (alg none)'],
  ['alg-hs256', 'Signed with the public key'],
]

/** The personas and who of them is chosen. */
export async function startPersonas() {
  const { personas } = await control('personas')
  const listeners = []
  let chosen = personas.find(({ name }) => name === localStorage.getItem('persona')) ?? personas[0]
  byId('persona-list').append(
    ...personas.map((persona) =>
      element(
        'label',
        { class: 'persona' },
        element('input', {
          type: 'radio',
          name: 'persona',
          value: persona.name,
          checked: persona === chosen,
          onchange: () => {
            chosen = persona
            localStorage.setItem('persona', persona.name)
            for (const listener of listeners) listener()
          },
        }),
        element('span', {}, element('b', {}, persona.name), ` ${describe(persona)}`),
      ),
    ),
  )
  fillSelect(byId('defect'), defects)
  const copy = async (what, text) => {
    // Browsers give pages of other machines no clipboard, unless they come over TLS.
    if (!navigator.clipboard) return void prompt(`Copy ${what} for ${chosen.name} from here:`, text)
    await navigator.clipboard.writeText(text)
    say(`Copied ${what} for ${chosen.name}.`)
  }
  const token = () => {
    const { value: defect } = byId('defect')
    return tokenFor(chosen.name, defect ? { defect } : {})
  }
  byId('copy-token').addEventListener('click', async () => copy('a token', await token()))
  byId('copy-curl').addEventListener('click', async () => {
    const url = `${location.origin}/workspaces/${byId('workspace').value}/organizations/usage.pdf`
    await copy(
      'a curl command',
      `curl -sS --fail-with-body -o usage.pdf ${url} -H 'Authorization: Bearer ${await token()}'`,
    )
  })
  return {
    names: personas.map(({ name }) => name),
    chosen: () => chosen.name,
    onChange: (listener) => listeners.push(listener),
  }
}

function describe({ displayName, memberships }) {
  const roles = [...new Set(memberships.map(({ role }) => role))].join(', ')
  const { length } = memberships
  if (length === 0) return `${displayName}, member of nothing`
  return `${displayName}, ${roles} of ${length} workspace${length === 1 ? '' : 's'}`
}
