/**
 * Makes one tab stop of the elements in `container` that match `selector`: arrow keys, Home and End move the focus
 * between them. `columns`: how many stand side by side. Call the result after the elements have changed.
 */
export function moveByArrows(container, selector, { columns = () => 1 } = {}) {
  const items = () => [...container.querySelectorAll(selector)].filter((item) => item.offsetParent)
  const select = (item) => {
    for (const other of container.querySelectorAll(`${selector}[tabindex="0"]`)) other.tabIndex = -1
    item.tabIndex = 0
  }
  const refresh = () => {
    const all = items()
    for (const item of container.querySelectorAll(selector)) item.tabIndex = -1
    if (all.length > 0) select(all.find((item) => item === document.activeElement) ?? all[0])
  }
  container.addEventListener('focusin', ({ target }) => target.matches(selector) && select(target))
  container.addEventListener('keydown', (event) => {
    const { target, key } = event
    if (!target.matches(selector) || event.altKey || event.ctrlKey || event.metaKey) return
    const all = items()
    const position = all.indexOf(target)
    const isText = target instanceof HTMLInputElement
    const next = {
      ArrowUp: position - columns(),
      ArrowDown: position + columns(),
      ...(isText && { Enter: position + columns() }),
      ...(isText && isCaretAt(target, 'start') && { ArrowLeft: position - 1 }),
      ...(isText && isCaretAt(target, 'end') && { ArrowRight: position + 1 }),
      ...(!isText && { Home: 0, End: all.length - 1 }),
    }[key]
    const item = all[next]
    if (next !== undefined) event.preventDefault()
    if (!item) return
    item.focus()
    item.select?.()
  })
  return refresh
}

const isCaretAt = ({ value, selectionStart, selectionEnd }, edge) =>
  edge === 'start' ? selectionStart === 0 : selectionEnd === value.length
