import { control, tokenFor } from './control.js'
import { byId, element, fillSelect, say } from './elements.js'

const defects = [
  ['', 'Valid for an hour'],
  ['expired', 'Expired'],
  ['not-yet-valid', 'Not yet valid'],
  ['wrong-audience', 'Wrong audience'],
  ['wrong-issuer', 'Wrong issuer'],
  ['wrong-signature', 'Wrong signature'],
  ['alg-none', 'Unsigned (alg none)'],
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
    await navigator.clipboard.writeText(text)
    say(`Copied ${what} for ${chosen.name}.`)
  }
  const token = () => tokenFor(chosen.name, byId('defect').value)
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
