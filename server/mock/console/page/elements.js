/** Creates an element with attributes, `on…` listeners, and children that are elements or text (never markup). */
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

/** Fills a select with `[value, text]` pairs; the selected value stays if it is still among them. */
export function fillSelect(select, options) {
  const { value } = select
  select.replaceChildren(...options.map(([key, text]) => element('option', { value: key }, text)))
  if (options.some(([key]) => key === value)) select.value = value
}

/** Shows a message for a moment, and announces it to screen readers. A new element restarts the animation. */
export function say(text) {
  byId('status').replaceChildren(element('span', {}, text))
}

/** Replaces the content of the page by an error message. */
export function showError({ message }) {
  document.querySelector('main').replaceChildren(element('p', { class: 'error', role: 'alert' }, message))
}
