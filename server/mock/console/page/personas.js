import { copy } from './clipboard.js'
import { control, tokenFor } from './control.js'
import { byId, element, fillSelect } from './elements.js'

/** The list of personas, the selected one, and the buttons that copy its token. */
export async function startPersonas() {
  const { personas, tokenDefects } = await control('personas')
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
        element('span', {}, element('b', {}, persona.name), ' ', element('small', {}, describe(persona))),
      ),
    ),
  )
  fillSelect(byId('defect'), [
    ['', 'Valid for 1 hour'],
    ...tokenDefects.map(({ name, label }) => [name, label]),
  ])
  const token = () => {
    const { value: defect } = byId('defect')
    return tokenFor(chosen.name, defect ? { defect } : {})
  }
  byId('copy-token').addEventListener('click', async () => copy(`a token for ${chosen.name}`, await token()))
  byId('copy-curl').addEventListener('click', async () => {
    const url = `${location.origin}/workspaces/${byId('workspace').value}/organizations/usage.pdf`
    await copy(
      `a curl command for ${chosen.name}`,
      `curl -sS --fail-with-body -o usage.pdf ${url} -H 'Authorization: Bearer ${await token()}'`,
    )
  })
  return {
    names: personas.map(({ name }) => name),
    chosen: () => chosen?.name,
    onChange: (listener) => listeners.push(listener),
  }
}

function describe({ displayName, memberships }) {
  const roles = [...new Set(memberships.map(({ role }) => role))].join(', ')
  const { length } = memberships
  if (length === 0) return `${displayName}, no workspaces`
  return `${displayName}, ${roles} of ${length} workspace${length === 1 ? '' : 's'}`
}
