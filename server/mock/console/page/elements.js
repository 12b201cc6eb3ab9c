/** Makes an element: attributes, `on…` listeners, and children that are elements or text (never markup). */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value)
    else if (value === true) made.setAttribute(key, '')
    else if (value !== undefined && value !== false) made.setAttribute(key, value)
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}

export const byId = (id) => document.getElementById(id)

/** Fills a select with `[value, text]` pairs and keeps what was chosen where it is still there. */
export function fillSelect(select, options) {
  const { value } = select
  select.replaceChildren(...options.map(([key, text]) => element('option', { value: key }, text)))
  if (options.some(([key]) => key === value)) select.value = value
}

/** Tells everybody, also those who only listen. A new element each time: the old one has faded away. */
export function say(text) {
  byId('status').replaceChildren(element('span', {}, text))
}

/** In the place of everything else: why there is nothing to show. */
export function giveUp({ message }) {
  document.querySelector('main').replaceChildren(element('p', { class: 'error', role: 'alert' }, message))
}
